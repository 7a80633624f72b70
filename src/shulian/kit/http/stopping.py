"""What must end before a server that is asked to stop waits for its open answers.

A server stops its application last, after every answer has ended; a live channel never would.
"""

import asyncio
import signal
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from types import FrameType

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def before_stopping(act: Callable[[], None]) -> Generator[None]:
    """Within the block, do `act` in the running loop when the process is asked to stop.

    Whatever the server does at that signal, it does as well.
    """
    if threading.current_thread() is not threading.main_thread():
        yield  # signals reach the main thread alone; who runs a server beside it stops it by hand
        return
    loop = asyncio.get_running_loop()
    servers = {number: signal.getsignal(number) for number in _SIGNALS}

    def heard(number: int, frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(act)
        handler = servers[signal.Signals(number)]
        if callable(handler):
            handler(number, frame)

    for number in _SIGNALS:
        signal.signal(number, heard)
    try:
        yield
    finally:
        for number, handler in servers.items():
            signal.signal(number, handler)
