"""Files of a park on disk: read for an import, written for an export."""

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from shulian.kit.errors import Failure, NotFound, TooLarge, Unavailable
from shulian.park.rules.sources import is_of_a_park

_MOST_FILES = 500
"""That may be taken for one import."""
_MOST_SEEN = 100_000
"""That a folder may hold, with everything else that is in it."""
_LIMIT = 256 << 20
"""[bytes] that files for one import may have together on disk."""
_LIMIT_TILES = 4 << 30
"""[bytes] that a tileset may have."""


class FileMissing(NotFound):
    """There is no file at `path`."""

    code = "cli.file_missing"


class FileUnreadable(Unavailable):
    """The file at `path` cannot be read, for `reason`."""

    code = "cli.file_unreadable"


class NotAFile(Failure):
    """What stands at `path` is neither a file nor a folder."""

    code = "cli.not_a_file"


class FolderEmpty(NotFound):
    """No file of a park is in the folder `path`."""

    code = "cli.folder_empty"


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
    """The content of every file of `paths`, by a name; folders stand for a park's files in them.

    A definition names its other files, so a YAML file brings those of its folder along.
    """
    found: dict[str, Path] = {}
    try:
        for path in paths:
            found |= _found(path, found)
        if len(found) > _MOST_FILES:
            raise FilesTooMany(limit=_MOST_FILES)
        return _contents(found, _LIMIT)
    except OSError as error:
        raise FileUnreadable(path=str(error.filename), reason=_reason(error)) from error


def whole(folder: Path) -> dict[str, bytes]:
    """The content of every file below `folder`, by its path from there."""
    try:
        found = {str(path.relative_to(folder)): path for path in _below(folder)}
        return _contents(found, _LIMIT_TILES)
    except OSError as error:
        raise FileUnreadable(path=str(error.filename), reason=_reason(error)) from error


def write(folder: Path, files: Iterable[tuple[str, bytes]]) -> int:
    """Write files by name below `folder`; how many.

    They are written beside it first, so that a full disk leaves what was there as it was.
    """
    count = 0
    try:
        place = folder.absolute()
        place.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(dir=place.parent, prefix=f".{place.name}-"))
        try:
            for name, content in files:
                path = draft / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
                count += 1
            _move(draft, place)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    except OSError as error:
        raise FolderUnwritable(path=str(folder), reason=_reason(error)) from error
    return count


def _move(draft: Path, folder: Path) -> None:
    """Put every file of `draft` into its place below `folder`."""
    for path in _below(draft):
        place = folder / path.relative_to(draft)
        place.parent.mkdir(parents=True, exist_ok=True)
        path.replace(place)


def _found(path: Path, others: Mapping[str, Path]) -> dict[str, Path]:
    """The files that `path` stands for, by names that none of `others` has."""
    if path.is_dir():
        return _in_folder(path.absolute())
    if path.is_file():
        if path.suffix.lower() in {".yaml", ".yml"}:
            return _in_folder(path.absolute().parent) | {_short(path): path.absolute()}
        name = _short(path)
        return {str(path.absolute()).lstrip("/") if name in others else name: path.absolute()}
    if path.exists():
        raise NotAFile(path=str(path))
    raise FileMissing(path=str(path))


def _short(path: Path) -> str:
    return f"{path.absolute().parent.name}/{path.name}"


def _in_folder(folder: Path) -> dict[str, Path]:
    found = {
        f"{folder.name}/{path.relative_to(folder)}": path
        for path in _below(folder)
        if is_of_a_park(path.name)
    }
    if not found:
        raise FolderEmpty(path=str(folder))
    return found


def _below(folder: Path) -> Iterator[Path]:
    """Every file below `folder`, in order; nothing that is hidden."""
    count = 0
    for place, folders, names in os.walk(folder, onerror=_refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            count += 1
            if count > _MOST_SEEN:
                raise FilesTooMany(limit=_MOST_SEEN)
            path = Path(place) / name
            if not name.startswith(".") and path.is_file():
                yield path


def _refuse(error: OSError) -> None:
    raise error


def _contents(found: Mapping[str, Path], limit: int) -> dict[str, bytes]:
    if sum(path.stat().st_size for path in found.values()) > limit:
        raise FilesTooLarge(limit=limit >> 20)
    return {name: path.read_bytes() for name, path in found.items()}


def _reason(error: OSError) -> str:
    return error.strerror or str(error)
