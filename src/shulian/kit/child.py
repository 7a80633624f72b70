"""A process that we start and that never outlives us."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from shulian.kit import launch

Hear = Callable[[str], None]
"""Takes one line of what a process says, without its end."""

_LONGEST_LINE = 1 << 16
"""[bytes] of one line of output; a longer one comes in pieces."""
_LAST_WORDS = 2.0
"""[s] that output may still arrive after the process has ended."""


class Child:
    """A running process in a session of its own; it gets the signal `death` when we die.

    Linux sends that signal when the *thread* that started the process ends, so every child has a
    thread that starts it and lives until it has ended. Whatever the process leaves behind in its
    process group is killed with it.
    """

    def __init__(
        self,
        argv: Sequence[str | Path],
        *,
        hear: Hear,
        death: signal.Signals = signal.SIGKILL,
        on_end: Callable[[], None] = lambda: None,
        account: int | None = None,
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
        stdin: int = subprocess.DEVNULL,
        keep: Sequence[int] = (),
    ) -> None:
        """Start `argv`; OSError where no process can be made.

        hear     gets each line of standard output and error, in a thread of its own
        on_end   called once, in a thread of its own, when the process has ended
        account  user and group id to run as, for root
        env      the whole environment; None: ours
        stdin    file descriptor that it reads
        keep     file descriptors that stay open in the process
        """
        self.code: int | None = None
        """Exit code, negative for a signal; None while it runs."""
        self._hear, self._on_end = hear, on_end
        self._lock = threading.Lock()
        self._started, self._ended = threading.Event(), threading.Event()
        self._error: OSError | None = None
        self._process: subprocess.Popen[bytes] | None = None
        command = [sys.executable, "-I", "-S", launch.__file__, str(os.getpid()), str(int(death))]
        command += [str(-1 if account is None else account), *map(str, argv)]

        def start() -> subprocess.Popen[bytes]:
            return subprocess.Popen(  # noqa: S603  the caller names a program, not a shell line
                command,
                stdin=stdin,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                cwd=cwd,
                env=env,
                pass_fds=tuple(keep),
                start_new_session=True,
            )

        threading.Thread(target=self._live, args=(start,), daemon=True).start()
        self._started.wait()
        if self._error:
            raise self._error

    @property
    def pid(self) -> int:
        """Its process id, also the id of its group and session."""
        return self._running().pid

    def wait(self, timeout: float | None = None) -> int | None:
        """Exit code when it has ended; None when it still runs after `timeout` [s]."""
        return self.code if self._ended.wait(timeout) else None

    def send(self, number: signal.Signals) -> None:
        """Signal it, if it still runs."""
        with self._lock:
            if self.code is None:
                os.kill(self.pid, number)

    def kill(self) -> None:
        """End it and its whole group at once, and wait for that."""
        self.send(signal.SIGKILL)
        self.wait()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            raise RuntimeError("no process was started")
        return self._process

    def _live(self, start: Callable[[], subprocess.Popen[bytes]]) -> None:
        try:
            process = self._process = start()
        except OSError as error:
            self._error = error
            return
        finally:
            self._started.set()
        reader = threading.Thread(target=self._read, daemon=True)
        reader.start()
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
        with self._lock:  # until it is reaped nobody else can have its id
            _kill_group(process.pid)
            self.code = process.wait()
        reader.join(_LAST_WORDS)
        self._ended.set()
        self._on_end()

    def _read(self) -> None:
        output = self._running().stdout
        if output is None:
            return
        with output:
            while line := output.readline(_LONGEST_LINE):
                self._hear(line.decode(errors="replace").rstrip("\r\n"))


def _kill_group(group: int) -> None:
    try:
        os.killpg(group, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return  # nobody is left in it
