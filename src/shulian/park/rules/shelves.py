"""Where the files of scenes are kept: names that every store of files takes."""

import re
from hashlib import blake2b

from shulian.park.types import SpaceId

PACKED = ".gz"
"""What the name of a file's packed twin ends with."""

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,150}")


def folder(park: SpaceId, version: str) -> str:
    """Where the files of a version are kept."""
    return f"tiles/{_plain(park)}/{version}"


def kept_at(park: SpaceId, version: str, path: str) -> str:
    """Where the file at `path` of a version is kept, its name one that every store takes."""
    return "/".join([folder(park, version), *map(_plain, path.split("/"))])


def _plain(segment: str) -> str:
    if _PLAIN.fullmatch(segment):
        return segment
    return blake2b(segment.encode(), digest_size=16).hexdigest()
