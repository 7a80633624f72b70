"""Whether a tileset and every file of it is in order, also where general validators do not look.

They know glTF or 3D Tiles, but not whether boxes hold what they promise, whether property tables
fit their buffers, or whether one id names one thing.
"""

from collections import Counter
from collections.abc import Iterator, Mapping

import msgspec
import numpy as np

from shulian.park.rules.tiles.bodies import Floats
from shulian.park.rules.tiles.check_content import Checked, check_content
from shulian.park.rules.tiles.document import Storey, Tile, Tileset
from shulian.park.rules.tiles.problems import Problem

FOLDERS = {"exterior": "building", "scenery": "scenery", "storeys": "space"}
"""The class of the features of each folder's files."""

NEAR = 0.05
"""How far content may reach out of its box [m]: rounding of positions in the widest tiles."""

Fault = tuple[str, str]
"""Code and words of a problem."""


def check(files: Mapping[str, bytes]) -> list[Problem]:
    """All faults of the files of a tileset, by their paths; none if it is in order."""
    contents = {
        path: check_content(path, data) for path, data in files.items() if path.endswith(".glb")
    }
    problems = [problem for each in contents.values() for problem in each.problems]
    problems += [
        Problem(path, "class", f"{checked.name} is not what {path} should hold")
        for path, checked in contents.items()
        if checked.name not in ("", FOLDERS.get(path.partition("/")[0]))
    ]
    for path, faults in (
        ("tileset.json", _tileset(files, contents)),
        ("storeys.json", _storeys(files, contents)),
        ("trees.bin", _trees(files)),
    ):
        problems += [Problem(path, code, words) for code, words in faults]
    return problems + list(_twice(contents))


def _tileset(files: Mapping[str, bytes], contents: Mapping[str, Checked]) -> Iterator[Fault]:
    try:
        document = msgspec.json.decode(files.get("tileset.json", b""), type=Tileset)
    except msgspec.DecodeError as problem:
        yield "structure", str(problem)
        return
    if document.asset.version != "1.1":
        yield "version", f"3D Tiles {document.asset.version} is not 1.1"
    if document.root.refine is None:
        yield "structure", "the root does not say how it is refined"
    if document.root.geometric_error > document.geometric_error:
        yield "error", "the root's geometric error is larger than the tileset's"
    yield from _transform(document.root.transform)
    yield from _tile(document.root, contents)
    named = Counter(uri for uri in _uris(document.root))
    for uri, times in named.items():
        if times > 1:
            yield "content", f"{uri} is the content of {times} tiles"
    for path in contents:
        if not path.startswith("storeys/") and path not in named:
            yield "content", f"no tile names {path}"


def _transform(matrix: list[float] | None) -> Iterator[Fault]:
    """The root's transform turns and moves, and changes no length."""
    if matrix is None:
        yield "transform", "the root has no transform to the earth"
        return
    square = np.array(matrix).reshape(4, 4).T
    turn = square[:3, :3]
    if not np.allclose(turn @ turn.T, np.eye(3), atol=1e-9) or matrix[3::4] != [0, 0, 0, 1]:
        yield "transform", "the root's transform is no rotation and translation"


def _tile(tile: Tile, contents: Mapping[str, Checked]) -> Iterator[Fault]:
    """A tile holds its content and its children, whose errors are not above its own."""
    name = tile.content.uri if tile.content else "a tile without content"
    low, high = _corners(tile)
    if not (high >= low).all() or np.any(np.delete(tile.bounding_volume.box[3:], [0, 4, 8])):
        yield "box", f"the box of {name} is not upright"
    if tile.content:
        checked = contents.get(tile.content.uri)
        if checked is None:
            yield "content", f"{name} is not there"
        elif checked.bounds is not None and not _within(checked.bounds, low, high):
            yield "box", f"{name} reaches out of its box"
    for child in tile.children:
        if not _within(np.concatenate(_corners(child)), low, high):
            yield "box", f"a child reaches out of the box of {name}"
        if child.geometric_error > tile.geometric_error:
            yield "error", f"a child of {name} has a larger geometric error"
        if child.transform is not None:
            yield "transform", f"a child of {name} has a transform of its own"
        yield from _tile(child, contents)


def _storeys(files: Mapping[str, bytes], contents: Mapping[str, Checked]) -> Iterator[Fault]:
    """Every storey stands in a building of the tileset, and its file within its bounds."""
    try:
        found = msgspec.json.decode(files.get("storeys.json", b""), type=dict[str, list[Storey]])
    except msgspec.DecodeError as problem:
        yield "structure", str(problem)
        return
    buildings = {each for tile in contents.values() if tile.name == "building" for each in tile.ids}
    for building in sorted(found.keys() - buildings):
        yield "building", f"there is no building {building}"
    listed = [storey for storeys in found.values() for storey in storeys]
    for storey in listed:
        checked = contents.get(storey.uri)
        if checked is None:
            yield "content", f"{storey.uri} is not there"
        elif checked.bounds is not None:
            west, south, east, north = storey.bounds
            low, high = np.array([west, south, -np.inf]), np.array([east, north, np.inf])
            if not _within(checked.bounds, low, high):
                yield "box", f"{storey.uri} reaches out of its bounds"
    for uri in {path for path in contents if path.startswith("storeys/")} - {s.uri for s in listed}:
        yield "content", f"no building has {uri}"


def _trees(files: Mapping[str, bytes]) -> Iterator[Fault]:
    data = files.get("trees.bin")
    if data is None or len(data) % 12:
        yield "structure", "there are no whole triples of numbers"
    elif not np.isfinite(np.frombuffer(data, "<f4")).all():
        yield "finite", "a number of a tree is none"


def _twice(contents: Mapping[str, Checked]) -> Iterator[Problem]:
    """An id names one feature of the whole tileset; parts of spaces are counted in their file."""
    seen: dict[tuple[str, str], str] = {}
    for path, checked in contents.items():
        for each in checked.ids if checked.name != "space" else ():
            first = seen.setdefault((checked.name, each), path)
            if first != path or checked.ids.count(each) > 1:
                yield Problem(path, "id", f"{each} is in {first} already")


def _uris(tile: Tile) -> Iterator[str]:
    if tile.content:
        yield tile.content.uri
    for child in tile.children:
        yield from _uris(child)


def _corners(tile: Tile) -> tuple[Floats, Floats]:
    """Smallest and largest corner of the tile's box, whose axes are upright."""
    box = np.array(tile.bounding_volume.box)
    half = box[[3, 7, 11]]
    return box[:3] - half, box[:3] + half


def _within(bounds: Floats, low: Floats, high: Floats) -> bool:
    return bool((bounds[:3] >= low - NEAR).all() and (bounds[3:] <= high + NEAR).all())
