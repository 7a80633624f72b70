"""Memory that is no longer used goes back to the system, and what gave it back works on."""

import ctypes
from pathlib import Path

from shulian.kit.memory import give_back, rest

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


def test_memory_between_what_is_in_use_is_given_back() -> None:
    pieces = [bytearray(16_000) for _ in range(5_000)]
    kept = pieces[::100]  # so that none of it can be given back at the end of the heap alone
    pieces.clear()
    before = _written()
    give_back()

    assert before - _written() > 40_000
    assert all(not any(piece) for piece in kept)


def _written() -> int:
    """How much memory that lies in no file this process has [kB]."""
    told = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in told if line.startswith("RssAnon:"))
