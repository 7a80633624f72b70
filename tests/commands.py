"""The command line in tests: real processes, with an environment that holds what a test says."""

import contextlib
import os
import queue
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Generator, Iterable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from tests.processes import DEADLINE

ENGLISH: Mapping[str, str] = {"LANG": "C.UTF-8"}
CHINESE: Mapping[str, str] = {"LANG": "zh_CN.UTF-8", "PYTHONUTF8": "1"}


@dataclass(frozen=True)
class Said:
    """What a command that has ended said, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def complaint(self) -> str:
        """The one line of a command that failed as it should: politely, and without a traceback."""
        assert (self.code != 0, self.out) == (True, ""), self
        lines = self.err.splitlines()
        assert len(lines) == 1, self.err
        assert lines[0].startswith("shulian: "), self.err
        return lines[0].removeprefix("shulian: ")


class Running:
    """A command that runs, and the lines it says."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process
        self.out: list[str] = []
        """The lines of its standard output so far."""
        self.err: list[str] = []
        """The lines of its standard error so far."""
        self._news: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        assert process.stdout
        assert process.stderr
        streams = ((process.stdout, self.out), (process.stderr, self.err))
        self._readers = [threading.Thread(target=self._read, args=pair) for pair in streams]
        for reader in self._readers:
            reader.start()

    def until(self, pattern: str) -> "re.Match[str]":
        """Wait for a line, of either stream, that holds `pattern`."""
        ends = 0
        while ends < len(self._readers):
            line = self._news.get(timeout=DEADLINE)
            ends += line is None
            if line is not None and (found := re.search(pattern, line)):
                return found
        raise AssertionError(f"ended without {pattern!r}: {self.out} {self.err}")

    def end(self, number: signal.Signals | None = None) -> int:
        """Its exit code, once it has ended, by itself or by a signal."""
        if number is not None:
            self.process.send_signal(number)
        code = self.process.wait(DEADLINE)
        for reader in self._readers:
            reader.join(DEADLINE)
        return code

    def _read(self, stream: IO[str], lines: list[str]) -> None:
        with stream:
            for line in stream:
                lines.append(line.rstrip("\n"))
                self._news.put(line.rstrip("\n"))
        self._news.put(None)


def command_line(words: Iterable[object]) -> list[str]:
    """How a command is run."""
    return [sys.executable, "-m", "shulian.cli", *map(str, words)]


def surroundings(home: Path, given: Mapping[str, object]) -> dict[str, str]:
    """A whole environment: a home of its own, what a test gives, and nothing of ours."""
    around = os.environ  # noqa: TID251  # a process that a test starts is found and measured by it
    ours = {name: value for name, value in around.items() if name.startswith("COVERAGE")}
    plain = {"PATH": around["PATH"], "HOME": str(home), **ENGLISH}
    return {**plain, **ours, **{name: str(value) for name, value in given.items()}}


def run(*words: object, home: Path, says: str | None = None, **given: object) -> Said:
    """Run a command to its end; `given` are variables of its environment."""
    done = subprocess.run(
        command_line(words),
        env=surroundings(home, given),
        input=says,
        stdin=subprocess.DEVNULL if says is None else None,
        capture_output=True,
        text=True,
        check=False,
        timeout=2 * DEADLINE,
        cwd=home,
    )
    return Said(done.returncode, done.stdout, done.stderr)


@contextmanager
def running(*words: object, home: Path, **given: object) -> Generator[Running]:
    """A command that runs until the end of the block."""
    with subprocess.Popen(
        command_line(words),
        env=surroundings(home, given),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=home,
    ) as process:
        one = Running(process)
        try:
            yield one
        finally:
            process.terminate()
            try:
                process.wait(DEADLINE)
            finally:
                process.kill()


_PORTS = range(20_000, 32_000, 2)
"""Below those that Linux gives to any connection: none of ours is taken while it waits for use."""


def free_port() -> int:
    """A port of this machine that nobody listens on, nor on the one after it.

    As long as this process lives no other one that asks here is given either of them.
    """
    first = os.getpid() % len(_PORTS)
    return next(
        port
        for port in (*_PORTS[first:], *_PORTS[:first])
        if _bound(port) and _bound(port + 1) and _marked(port)
    )


def _bound(port: int) -> bool:
    """Whether one could listen on a port."""
    with socket.socket() as attempt, contextlib.suppress(OSError):
        attempt.bind(("127.0.0.1", port))
        return True
    return False


def _marked(port: int) -> bool:
    """Whether nobody had marked a port as theirs; from now on, until this process ends, we have."""
    with socket.socket(socket.AF_UNIX) as mark, contextlib.suppress(OSError):
        mark.bind(f"\0shulian-test-port-{port}")
        mark.detach()
        return True
    return False
