"""A library whose work is done gives back the memory of its code, and can still be called."""

import ctypes
from pathlib import Path

from shulian.kit.memory import rest

LIBRARY = "liblzma"
"""One of the system's that Python uses, and that nobody calls meanwhile."""


def _resident() -> int:
    """How much of its code is in memory [kB]."""
    ours, total = False, 0
    for line in Path("/proc/self/smaps").read_text().splitlines():
        words = line.split()
        if not words[0].endswith(":"):
            ours = words[1] == "r-xp" and Path(words[-1]).name.startswith(LIBRARY)
        elif ours and words[0] == "Rss:":
            total += int(words[1])
    return total


def test_code_that_rests_takes_no_memory_until_it_is_called() -> None:
    library = ctypes.CDLL(f"{LIBRARY}.so.5")
    version = library.lzma_version_number()
    before = _resident()
    rest(LIBRARY)
    after = _resident()

    assert (before > 0, after) == (True, 0)
    assert library.lzma_version_number() == version


def test_a_library_that_is_not_there_is_no_matter() -> None:
    before = _resident()
    rest("libnothing")

    assert _resident() == before
