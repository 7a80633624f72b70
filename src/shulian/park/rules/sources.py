"""What files are given for an import, and which reader they are for."""

import re
from collections.abc import Mapping
from pathlib import PurePosixPath

from shulian.kit.text import Text
from shulian.park.rules.definition.read import read as read_definition
from shulian.park.rules.geojson.read import LIMIT
from shulian.park.rules.geojson.read import read as read_geojson
from shulian.park.types import Import, SpaceId

ENTRY = "park.yaml"
"""The file of a definition that holds the park itself."""

_YAML = (".yaml", ".yml")
_MESHES = (".glb",)
_GEOJSON = (".geojson", ".json", ".geojsonl", ".geojsons", ".ndjson", ".jsonl")
_UNSAFE = re.compile(r"[^a-z0-9]+")
_LONGEST = 60


def read(
    files: Mapping[str, bytes],
    *,
    park: SpaceId | None = None,
    name: Text | None = None,
    origin: tuple[float, float] | None = None,
    timezone: str | None = None,
    limit: int = LIMIT,
) -> Import:
    """The park in `files`: a definition if there is YAML among them, else GeoJSON, even gzipped.

    files   content by name, folders with slashes: a folder of files, or some
    park, name, origin, timezone   what GeoJSON does not say of itself; a definition does.
            Without an id the park is named for the folder or the first file.
    limit   [byte] GeoJSON may have together, unpacked

    Raises the failures below `park.errors.ImportRefused`, ImportTooLarge and ImportCrowded.
    """
    clean = {_path(given): content for given, content in files.items()}
    entry = _entry(clean)
    if entry is not None:
        folder = entry.parent
        return read_definition(
            {
                str(path.relative_to(folder)): content
                for path, content in clean.items()
                if path.is_relative_to(folder)
            },
            entry=entry.name,
        )
    maps = {path: content for path, content in clean.items() if _plain(path).endswith(_GEOJSON)}
    chosen = maps or clean
    return read_geojson(
        [(str(path), content) for path, content in sorted(chosen.items())],
        park=park or _id_for(chosen),
        name=name or Text(),
        origin=origin,
        timezone=timezone,
        limit=limit,
    )


def is_of_a_park(name: str) -> bool:
    """Whether a file of that name can be part of a park: YAML, GeoJSON or a mesh."""
    plain = _plain(PurePosixPath(name))
    return plain.endswith(_GEOJSON) or name.lower().endswith((*_YAML, *_MESHES))


def _path(given: str) -> PurePosixPath:
    return PurePosixPath(given.replace("\\", "/"))


def _entry(files: Mapping[PurePosixPath, bytes]) -> PurePosixPath | None:
    """The definition's first file: the uppermost `park.yaml`, or the only YAML there is."""
    written = [path for path in files if path.suffix.lower() in _YAML]
    named = [path for path in written if path.stem.lower() == PurePosixPath(ENTRY).stem]
    if not named and len(written) > 1:
        return min(written, key=_height).with_name(ENTRY)
    return min(named or written, key=_height, default=None)


def _height(path: PurePosixPath) -> tuple[int, str]:
    return len(path.parts), str(path)


def _plain(path: PurePosixPath) -> str:
    return path.name.lower().removesuffix(".gz")


def _id_for(files: Mapping[PurePosixPath, bytes]) -> SpaceId:
    """An id made of the name of the folder that holds several files, or of the first file."""
    first = min(files, key=str, default=PurePosixPath(ENTRY))
    words = first.parent.name if len(files) > 1 else ""
    words = words or _plain(first).partition(".")[0]
    return SpaceId(_UNSAFE.sub("-", words.lower()).strip("-")[:_LONGEST] or "park")
