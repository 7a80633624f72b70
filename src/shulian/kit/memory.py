"""Memory that is no longer used, given back to the system."""

import ctypes
from pathlib import Path

_MAPS = Path("/proc/self/maps")
_DONTNEED = 4
"""Of Linux (madvise(2)); for pages of a file that were never written: take them out of memory."""


def rest(library: str) -> None:
    """Have the code of a loaded library take no memory until it is called again.

    library  how its file's name begins

    What lies in memory of it is what stands in the file, and comes back from there. Where the
    system is no Linux nothing happens.
    """
    if not _MAPS.exists():
        return
    for line in _MAPS.read_text().splitlines():
        span, kind, offset, _, _, *path = line.split(maxsplit=5)
        # the part at the beginning of the file is never written, and nor is code
        if (
            path
            and Path(path[0]).name.startswith(library)
            and (kind == "r-xp" or (kind == "r--p" and int(offset, 16) == 0))
        ):
            begin, end = (int(number, 16) for number in span.split("-"))
            ctypes.CDLL(None).madvise(
                ctypes.c_void_p(begin), ctypes.c_size_t(end - begin), _DONTNEED
            )


def give_back() -> None:
    """Return to the system what malloc keeps between the things that are in use.

    A process that has had a busy hour would keep that hour's memory for ever. Where the C library
    is not glibc nothing happens.
    """
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
