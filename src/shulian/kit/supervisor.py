"""Runs the processes of Shulian together: starts them, hears them, revives them, stops them all.

It stays in memory as long as they run, so it imports next to nothing.
"""

import contextlib
import signal
import socket
import sys
import time
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from types import FrameType
from urllib.parse import urlsplit

from shulian.kit.child import Child, Hear

Probe = Callable[[], bool]
"""Whether something is so now; answers soon and never raises."""

FAILED = 1
"""Exit code: something could not start, or ended too often."""
HURRIED = 130
"""Exit code: asked twice to stop, so everything was killed."""

_LOOK = 0.05
"""[s] between two looks while something is not ready yet."""
_NEEDS_LOOK = 1.0
"""[s] between two looks at what we need but do not run."""


@dataclass(frozen=True)
class Program:
    """A process to run; its standard output and error are our log."""

    name: str
    argv: Sequence[str]
    ready: Probe | None = None
    """Asked after the first start until it says yes; None: ready as soon as it runs."""
    env: Mapping[str, str] | None = None
    """The whole environment; None: ours."""
    patience: float = 0.0
    """[s] to be ready, where that may take longer than `Limits.patience`."""


@dataclass(frozen=True)
class Limits:
    """How long we wait, and how often we try; times in seconds."""

    patience: float = 60.0
    """For everything to be ready; a program may ask for more."""
    grace: float = 10.0
    """For each program to end when asked to, before it is killed."""
    restarts: int = 5
    """Of one program within `span`; one more and we give up."""
    span: float = 60.0
    pause: float = 0.5
    """Before the first restart; each further one within `span` waits twice as long."""


@dataclass
class _Run:
    """A program and what became of it so far."""

    program: Program
    child: Child
    ready: bool = False
    ends: list[float] = field(default_factory=list[float])
    """When it ended, within the last `span`."""
    due: float | None = None
    """When to start it again."""


def responds(url: str) -> Probe:
    """A probe: whether a GET of the http `url` is answered with a 2xx status."""
    parts = urlsplit(url)
    place = (parts.hostname or "localhost", parts.port or 80)
    request = f"GET {parts.path or '/'} HTTP/1.0\r\nHost: {parts.netloc}\r\n\r\n".encode()

    def probe() -> bool:
        try:
            with socket.create_connection(place, timeout=1.0) as connection:
                connection.sendall(request)
                return connection.recv(12)[9:10] == b"2"  # "HTTP/1.1 204"
        except OSError:
            return False

    return probe


def to_stderr(line: str) -> None:
    """Write a line of the log."""
    with contextlib.suppress(OSError, ValueError):  # nobody reads it any more
        sys.stderr.write(line + "\n")
        sys.stderr.flush()


class Supervisor:
    """Runs programs until it is asked to stop, or until one cannot be kept running."""

    def __init__(
        self,
        programs: Sequence[Program],
        *,
        needs: Mapping[str, Probe] | None = None,
        say: Hear = to_stderr,
        limits: Limits | None = None,
    ) -> None:
        """Prepare to run `programs`, which are stopped in the reverse order.

        needs  what must live on although we do not run it, by name: we stop when one says no
        say    takes each line of the log, from several threads
        """
        self._programs = programs
        self._needs = needs or {}
        self._say = say
        self._limits = limits or Limits()
        self._width = max((len(program.name) for program in programs), default=0)
        self._runs: dict[str, _Run] = {}
        self._news: SimpleQueue[str | signal.Signals] = SimpleQueue()
        """Signals for us, and names of programs that have ended."""

    def run(self, when_ready: Callable[[], None] = lambda: None) -> int:
        """Run everything to the end, from the main thread; an exit code.

        when_ready  called once, when every program is ready
        return      0 when SIGINT, SIGTERM or SIGHUP asked us to stop, else `FAILED` or `HURRIED`
        """
        with self._signals():
            try:
                code = self._watch(when_ready) if self._start() else FAILED
                return HURRIED if self._stop() else code
            finally:
                self._kill()

    @contextlib.contextmanager
    def _signals(self) -> Generator[None]:
        def tell(number: int, _frame: FrameType | None) -> None:
            self._news.put(signal.Signals(number))  # may interrupt the queue's own work

        numbers = [signal.SIGINT, signal.SIGTERM]
        if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # else nohup wants us to live on
            numbers.append(signal.SIGHUP)
        before = {number: signal.signal(number, tell) for number in numbers}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _start(self) -> bool:
        for program in self._programs:
            child = self._launch(program)
            if child is None:
                return False
            self._runs[program.name] = _Run(program, child, ready=program.ready is None)
        return True

    def _launch(self, program: Program) -> Child | None:
        """Start `program`; None, with a word why, where the system gives us no process."""
        try:
            return Child(
                program.argv,
                hear=lambda line: self._say(f"{program.name:<{self._width}} | {line}"),
                on_end=lambda: self._news.put(program.name),
                env=program.env,
            )
        except OSError as error:
            self._tell(f"{program.name} could not start: {error.strerror}")
            return None

    def _watch(self, when_ready: Callable[[], None]) -> int:
        """Keep everything running until we are to stop; an exit code."""
        begun = time.monotonic()
        waiting = True
        while True:
            if waiting and self._all_ready():
                waiting = False
                when_ready()
            if gone := [name for name, lives in self._needs.items() if not lives()]:
                self._tell(f"{gone[0]} has ended")
                return FAILED
            news = self._hear(_LOOK if waiting else self._until_next())
            if isinstance(news, signal.Signals):
                self._tell(f"stopping on {news.name}")
                return 0
            if news and not self._may_revive(self._runs[news]):
                return FAILED
            if waiting and self._is_late(time.monotonic() - begun):
                return FAILED
            if not self._revive():
                return FAILED

    def _hear(self, timeout: float | None) -> str | signal.Signals | None:
        try:
            return self._news.get(timeout=None if timeout is None else max(timeout, 0.0))
        except Empty:
            return None

    def _all_ready(self) -> bool:
        for run in self._runs.values():
            if not run.ready and run.program.ready and run.child.code is None:
                run.ready = run.program.ready()
        return all(run.ready for run in self._runs.values())

    def _is_late(self, waited: float) -> bool:
        """Whether something should be ready after `waited` [s] and is not; says what it is."""
        waits = [
            (max(run.program.patience, self._limits.patience), run.program.name)
            for run in self._runs.values()
            if not run.ready
        ]
        late = [(patience, name) for patience, name in waits if waited > patience]
        if late:
            names = ", ".join(name for _, name in late)
            self._tell(f"not ready after {min(late)[0]:g} s: {names}")
        return bool(late)

    def _until_next(self) -> float | None:
        """[s] until something is to be done; None: when there is news."""
        now = time.monotonic()
        times = [run.due - now for run in self._runs.values() if run.due is not None]
        return min([*times, *([_NEEDS_LOOK] if self._needs else [])], default=None)

    def _may_revive(self, run: _Run) -> bool:
        """Whether `run`, which has ended, is to start again; sets when."""
        name, code, now = run.program.name, run.child.code, time.monotonic()
        if not run.ready:
            self._tell(f"{name} could not start: {_ending(code)}")
            return False
        run.ends = [end for end in run.ends if now - end < self._limits.span] + [now]
        if len(run.ends) > self._limits.restarts:
            self._tell(f"{name} ended too often: {_ending(code)}")
            return False
        pause = self._limits.pause * 2 ** (len(run.ends) - 1)
        run.due = now + pause
        self._tell(f"{name} ended with {_ending(code)}; again in {pause:g} s")
        return True

    def _revive(self) -> bool:
        for run in self._runs.values():
            if run.due is not None and run.due <= time.monotonic():
                child = self._launch(run.program)
                if child is None:
                    return False
                run.child, run.due = child, None
        return True

    def _stop(self) -> bool:
        """End the programs one after the other, the last first; whether we were hurried."""
        for run in reversed(self._runs.values()):
            run.child.send(signal.SIGTERM)
            deadline = time.monotonic() + self._limits.grace
            while run.child.code is None and (left := deadline - time.monotonic()) > 0:
                if isinstance(self._hear(left), signal.Signals):
                    self._tell("killing everything")
                    return True
            if run.child.code is None:
                self._tell(f"{run.program.name} did not end in {self._limits.grace:g} s; killed")
                run.child.kill()
        return False

    def _kill(self) -> None:
        for run in self._runs.values():
            run.child.send(signal.SIGKILL)
        for run in self._runs.values():
            run.child.wait()

    def _tell(self, words: str) -> None:
        self._say(f"{'':<{self._width}} | {words}")


def _ending(code: int | None) -> str:
    return signal.Signals(-code).name if code is not None and code < 0 else f"exit code {code}"
