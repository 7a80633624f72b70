"""Files of a park on disk: read for an import, written for an export."""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from shulian.kit.errors import NotFound, TooLarge, Unavailable

_MOST_FILES = 500
_LIMIT = 256 << 20
"""[bytes] that files for one import may have together on disk."""


class FileMissing(NotFound):
    """There is no file at `path`."""

    code = "cli.file_missing"


class FileUnreadable(Unavailable):
    """The file at `path` cannot be read, for `reason`."""

    code = "cli.file_unreadable"


class FilesTooLarge(TooLarge):
    """The files have together more than `limit` megabytes."""

    code = "cli.files_too_large"


class FilesTooMany(TooLarge):
    """There are more than `limit` files."""

    code = "cli.files_too_many"


class FolderUnwritable(Unavailable):
    """The folder `path` cannot be written, for `reason`."""

    code = "cli.folder_unwritable"


def read(paths: Iterable[Path]) -> dict[str, bytes]:
    """The content of every file of `paths`, by a name; folders stand for all files in them.

    A definition names its other files, so a YAML file brings those of its folder along.
    """
    found: dict[str, Path] = {}
    for path in paths:
        if not path.exists():
            raise FileMissing(path=str(path))
        whole = path.suffix.lower() in {".yaml", ".yml"} and path.is_file()
        folder = path if path.is_dir() else path.parent if whole else None
        if folder is None:
            found[f"{path.parent.name}/{path.name}"] = path
            continue
        for inner in sorted(folder.rglob("*")):
            if inner.is_file() and not inner.name.startswith("."):
                found[str(Path(folder.name) / inner.relative_to(folder))] = inner
                if len(found) > _MOST_FILES:
                    raise FilesTooMany(limit=_MOST_FILES)
    return _contents(found)


def write(folder: Path, files: Iterable[tuple[str, bytes]]) -> int:
    """Write files by name below `folder`; how many."""
    count = 0
    try:
        for name, content in files:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            count += 1
    except OSError as error:
        raise FolderUnwritable(path=str(folder), reason=os.strerror(error.errno or 0)) from error
    return count


def _contents(found: Mapping[str, Path]) -> dict[str, bytes]:
    try:
        if sum(path.stat().st_size for path in found.values()) > _LIMIT:
            raise FilesTooLarge(limit=_LIMIT >> 20)
        return {name: path.read_bytes() for name, path in found.items()}
    except OSError as error:
        raise FileUnreadable(
            path=str(error.filename), reason=os.strerror(error.errno or 0)
        ) from error
