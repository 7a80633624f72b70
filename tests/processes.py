"""Other processes in tests: Python programs that speak line by line, with deadlines."""

import os
import selectors
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager

DEADLINE = 60.0
"""[s] after which a test that waits for another process fails."""


class Talker:
    """A running program of ours and the lines that it prints."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.process = process
        self._unread = b""

    def line(self) -> str:
        """The next line; "" when there is none to come."""
        while b"\n" not in self._unread:
            piece = self._piece()
            if not piece:
                break
            self._unread += piece
        line, _, self._unread = self._unread.partition(b"\n")
        return line.decode()

    def until(self, wanted: str) -> list[str]:
        """The lines up to the first that holds `wanted`."""
        lines: list[str] = []
        while wanted not in (lines or [""])[-1]:
            lines.append(self.line())
            assert lines[-1], f"ended without {wanted!r}: {lines}"
        return lines

    def rest(self) -> list[str]:
        """Every line until the end."""
        lines: list[str] = []
        while line := self.line():
            lines.append(line)
        return lines

    def send(self, number: signal.Signals) -> None:
        """Signal the program."""
        self.process.send_signal(number)

    def end(self) -> int:
        """Its exit code, when it has ended."""
        return self.process.wait(DEADLINE)

    def _piece(self) -> bytes:
        output = self.process.stdout
        assert output is not None
        with selectors.DefaultSelector() as selector:
            selector.register(output, selectors.EVENT_READ)
            assert selector.select(DEADLINE), f"silent after {self._unread!r}"
        return os.read(output.fileno(), 1 << 16)


@contextmanager
def talking(
    program: str,
    *arguments: object,
    before: Sequence[str] = (),
    python: str = sys.executable,
    path: Sequence[str] = (),
) -> Generator[Talker]:
    """Run the Python `program` with `arguments`; it is killed at the end of the block.

    before  a command that runs it: unshare …
    path    folders in which it finds modules first
    """
    command = [*before, python, "-u", "-c", program, *map(str, arguments)]
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "PYTHONPATH": ":".join(path)},
        cwd="/",
    ) as process:
        try:
            yield Talker(process)
        finally:
            process.kill()


def wait_until(condition: Callable[[], bool]) -> None:
    """Return when `condition` holds."""
    pause, deadline = threading.Event(), time.monotonic() + DEADLINE
    while not condition():
        assert time.monotonic() < deadline, "what should have come did not"
        pause.wait(0.005)


def wait_until_gone(pid: int) -> None:
    """Return when the process `pid` has ended, whosever child it is."""
    try:
        process = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    try:
        with selectors.DefaultSelector() as selector:
            selector.register(process, selectors.EVENT_READ)
            assert selector.select(DEADLINE), f"process {pid} lives on"
    finally:
        os.close(process)
