"""A pure function called in a process of its own: what it takes of memory and time is bounded.

For what strangers send: a file that makes its reader grow or turn for ever ends that process, and
nothing else. The process is this module run as a program.
"""

import importlib
import resource
import sys
import tempfile
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import cast

import structlog

from shulian.kit.child import Child

_START = 15.0
"""[s] that a process may take to begin, on a machine that has other things to do."""
_LAST_WORDS = 5
"""Lines of a process that failed that go into the log."""

log = structlog.stdlib.get_logger("shulian.kit")


class Exhausted(Exception):  # a fact, for who asked
    """The function took more memory or time than it may, or broke."""


def call(function: str, content: bytes, *, memory: int, seconds: int) -> bytes:
    """What the function `module:name` makes of `content`; raises Exhausted.

    memory   [bytes] of addresses that it may use
    seconds  of computing
    """
    said: deque[str] = deque(maxlen=_LAST_WORDS)
    with tempfile.TemporaryDirectory(prefix="shulian-apart-") as folder:
        given, made = Path(folder) / "given", Path(folder) / "made"
        given.write_bytes(content)
        child = Child(
            [sys.executable, "-m", __name__, function, given, made, str(memory), str(seconds)],
            hear=said.append,
        )
        try:
            child.wait(_START + 2 * seconds)
        finally:
            child.kill()
        if child.code == 0:
            return made.read_bytes()
    log.warning("a process apart ended", function=function, code=child.code, said=list(said))
    raise Exhausted


def main(argv: Sequence[str]) -> None:
    """Call the function, within its limits."""
    function, given, made, memory, seconds = argv
    module, _, name = function.partition(":")
    run = cast("Callable[[bytes], bytes]", getattr(importlib.import_module(module), name))
    content = Path(given).read_bytes()
    _limit(resource.RLIMIT_AS, int(memory))
    _limit(
        resource.RLIMIT_CPU, int(resource.getrusage(resource.RUSAGE_SELF).ru_utime) + int(seconds)
    )
    Path(made).write_bytes(run(content))


def _limit(which: int, most: int) -> None:
    """Bound something of this process, unless it is bounded lower already."""
    _, hard = resource.getrlimit(which)
    bound = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(which, (bound, bound))


if __name__ == "__main__":
    main(sys.argv[1:])
