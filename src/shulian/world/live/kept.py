"""A crowd in a file, which outlives the process that works on it."""

from pathlib import Path

import numpy as np

from shulian.world.rules.crowd import Crowd, crowd_in, size_of
from shulian.world.types import MOST_SLOTS


def kept_crowd(path: Path, slots: int = MOST_SLOTS) -> Crowd:
    """The crowd in the file `path`: the kernel keeps it when this process is killed.

    A file that is missing or of another size begins empty.
    """
    size = size_of(slots)
    if not path.exists() or path.stat().st_size != size:
        path.write_bytes(bytes(size))
    return crowd_in(np.asarray(np.memmap(path, np.uint8, "r+")), slots)
