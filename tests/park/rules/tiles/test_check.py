"""The checker finds each fault that is planted in a tileset that was in order."""

from collections.abc import Callable
from typing import Any

import msgspec
import numpy as np
import pytest

from shulian.park.rules.tiles.bodies import from_shapes
from shulian.park.rules.tiles.check import check
from shulian.park.rules.tiles.glb import pack, unpack
from shulian.park.rules.tiles.gltf import Table, write_glb
from shulian.park.rules.tiles.massing import massing
from shulian.park.rules.tiles.metadata import Column
from shulian.park.rules.tiles.problems import Problem
from shulian.park.types import Prism, Shape

Files = dict[str, bytes]
Document = dict[str, Any]
EXTERIOR, SCENERY, STOREY = "exterior/r.glb", "scenery/r.glb", "storeys/tower-0.glb"
METADATA = "EXT_structural_metadata"


def codes(problems: list[Problem]) -> set[tuple[str, str]]:
    return {(problem.file, problem.code) for problem in problems}


def with_json(files: Files, path: str, change: Callable[[Document], object]) -> Files:
    document = msgspec.json.decode(files[path])
    change(document)
    return files | {path: msgspec.json.encode(document)}


def with_document(files: Files, path: str, change: Callable[[Document], object]) -> Files:
    text, binary = unpack(files[path])
    document = msgspec.json.decode(text)
    change(document)
    return files | {path: pack(document, binary)}


def with_values(
    files: Files, path: str, view: Callable[[Document], int], put: bytes, at: int = 0
) -> Files:
    """The file with other bytes in one of its buffer views."""
    text, binary = unpack(files[path])
    document = msgspec.json.decode(text)
    begin = document["bufferViews"][view(document)]["byteOffset"] + at
    return files | {path: pack(document, binary[:begin] + put + binary[begin + len(put) :])}


def primitive(document: Document) -> Document:
    return document["meshes"][0]["primitives"][0]


def attribute(name: str) -> Callable[[Document], int]:
    return lambda document: document["accessors"][primitive(document)["attributes"][name]][
        "bufferView"
    ]


def indices(document: Document) -> int:
    return document["accessors"][primitive(document)["indices"]]["bufferView"]


def table(document: Document) -> Document:
    return document["extensions"][METADATA]["propertyTables"][0]


def declared(document: Document) -> Document:
    classes = document["extensions"][METADATA]["schema"]["classes"]
    return next(iter(classes.values()))["properties"]


def view_of(document: Document, column: str, part: str = "values") -> Document:
    return document["bufferViews"][table(document)["properties"][column][part]]


def first_tile(document: Document) -> Document:
    return document["root"]["children"][0]


FAULTS_OF_THE_TILESET: dict[str, tuple[str, Callable[[Document], object]]] = {
    "version": ("version", lambda d: d["asset"].update(version="1.0")),
    "no root": ("structure", lambda d: d.pop("root")),
    "no refinement": ("structure", lambda d: d["root"].pop("refine")),
    "no children": ("structure", lambda d: d["root"].update(children=[])),
    "a box of 11 numbers": (
        "structure",
        lambda d: first_tile(d)["boundingVolume"].update(box=[0.0] * 11),
    ),
    "a box of no number": (
        "structure",
        lambda d: first_tile(d)["boundingVolume"]["box"].__setitem__(3, None),
    ),
    "a box too small": (
        "box",
        lambda d: first_tile(d)["boundingVolume"].update(
            box=[20, 20, 45, *np.eye(3).ravel().tolist()]
        ),
    ),
    "a box inside out": (
        "box",
        lambda d: first_tile(d)["boundingVolume"]["box"].__setitem__(3, -40.0),
    ),
    "a leaning box": ("box", lambda d: first_tile(d)["boundingVolume"]["box"].__setitem__(4, 1.0)),
    "a parent too small": (
        "box",
        lambda d: d["root"]["boundingVolume"].update(
            box=[20, 20, 45, *(30 * np.eye(3)).ravel().tolist()]
        ),
    ),
    "a negative error": ("structure", lambda d: first_tile(d).update(geometricError=-1)),
    "an error that rises": ("error", lambda d: first_tile(d).update(geometricError=1e6)),
    "an error above the tileset's": ("error", lambda d: d.update(geometricError=1)),
    "no transform": ("transform", lambda d: d["root"].pop("transform")),
    "a transform that stretches": (
        "transform",
        lambda d: d["root"]["transform"].__setitem__(0, 2.0),
    ),
    "a transform of a child": (
        "transform",
        lambda d: first_tile(d).update(transform=d["root"]["transform"]),
    ),
    "content that is not there": (
        "content",
        lambda d: first_tile(d)["content"].update(uri="exterior/r9.glb"),
    ),
    "content twice": (
        "content",
        lambda d: d["root"]["children"].append(first_tile(d)),
    ),
}

FAULTS_OF_A_TILE: dict[str, tuple[str, Callable[[Document], object]]] = {
    "version": ("version", lambda d: d["asset"].update(version="2.1")),
    "no mesh": ("glb", lambda d: d.pop("meshes")),
    "an extension not declared": (
        "extension",
        lambda d: d["extensionsUsed"].remove("EXT_mesh_features"),
    ),
    "quantization not required": ("extension", lambda d: d["extensionsRequired"].clear()),
    "a view past the buffer": (
        "glb",
        lambda d: d["bufferViews"][0].update(byteOffset=10**9),
    ),
    "an accessor past its view": ("glb", lambda d: d["accessors"][0].update(count=10**6)),
    "an accessor not there": ("glb", lambda d: primitive(d).update(indices=99)),
    "no normals": ("glb", lambda d: primitive(d)["attributes"].pop("NORMAL")),
    "fewer normals": ("glb", lambda d: d["accessors"][1].update(count=3)),
    "rows of two bytes": (
        "alignment",
        lambda d: d["bufferViews"][attribute("_FEATURE_ID_0")(d)].update(byteStride=2),
    ),
    "wrong extremes": ("extremes", lambda d: d["accessors"][0].update(max=[1, 1, 1])),
    "a node at no place": ("finite", lambda d: d["nodes"][0].update(translation=[1e300, 0, 0])),
    "half a triangle": (
        "indices",
        lambda d: d["accessors"][primitive(d)["indices"]].update(count=4),
    ),
    "fewer features than ids": (
        "features",
        lambda d: primitive(d)["extensions"]["EXT_mesh_features"]["featureIds"][0].update(
            featureCount=1
        ),
    ),
    "another attribute": (
        "features",
        lambda d: primitive(d)["extensions"]["EXT_mesh_features"]["featureIds"][0].update(
            attribute=1
        ),
    ),
    "an unknown class": ("class", lambda d: table(d).update({"class": "house"})),
    "a column missing from the class": ("columns", lambda d: declared(d).pop("height")),
    "a column missing from the table": (
        "columns",
        lambda d: table(d)["properties"].pop("height"),
    ),
    "a column of no class": (
        "columns",
        lambda d: table(d)["properties"].update(color={"values": 0}),
    ),
    "a column of another type": (
        "columns",
        lambda d: declared(d)["height"].update(componentType="FLOAT64"),
    ),
    "a column's view not there": (
        "views",
        lambda d: table(d)["properties"]["height"].update(values=99),
    ),
    "a column not on 8 bytes": ("alignment", lambda d: _shift(view_of(d, "height"))),
    "a column too short": ("length", lambda d: view_of(d, "height").update(byteLength=8)),
    "texts without offsets": (
        "offsets",
        lambda d: table(d)["properties"]["id"].pop("stringOffsets"),
    ),
    "too few offsets": (
        "offsets",
        lambda d: view_of(d, "id", "stringOffsets").update(byteLength=8),
    ),
    "texts longer than their offsets": ("offsets", lambda d: view_of(d, "id").update(byteLength=9)),
}


def _shift(view: Document) -> None:
    view["byteOffset"] += 4


@pytest.mark.parametrize("name", FAULTS_OF_THE_TILESET)
def test_a_fault_of_the_tileset_is_found(files: Files, name: str) -> None:
    code, change = FAULTS_OF_THE_TILESET[name]
    found = codes(check(with_json(files, "tileset.json", change)))

    assert ("tileset.json", code) in found
    assert {file for file, _ in found} == {"tileset.json"}


@pytest.mark.parametrize("name", FAULTS_OF_A_TILE)
def test_a_fault_of_a_tile_is_found(files: Files, name: str) -> None:
    code, change = FAULTS_OF_A_TILE[name]
    found = codes(check(with_document(files, EXTERIOR, change)))

    assert (EXTERIOR, code) in found


Look = Callable[[Document], int]


def texts(part: str) -> Look:
    return lambda document: table(document)["properties"]["id"][part]


def heights(document: Document) -> int:
    return table(document)["properties"]["height"]["values"]


WRONG_VALUES: dict[str, tuple[str, Look, bytes, int]] = {
    "a vertex not there": ("indices", indices, b"\xff\xff", 0),
    "no normal": ("normals", attribute("NORMAL"), bytes(4), 0),
    "a feature not there": ("features", attribute("_FEATURE_ID_0"), b"\x09\x00", 0),
    "offsets from 3": ("offsets", texts("stringOffsets"), b"\x03", 0),
    "offsets that fall": ("offsets", texts("stringOffsets"), b"\xff\xff", 4),
    "an empty id": ("id", texts("stringOffsets"), b"\x09", 4),
    "an id twice": ("id", texts("values"), b"courttentcourt", 0),
    "no text": ("glb", texts("values"), b"\xff\xfe", 0),
    "a height of no number": ("finite", heights, b"\x00\x00\xc0\x7f", 0),
}


@pytest.mark.parametrize("name", WRONG_VALUES)
def test_a_wrong_value_is_found(files: Files, name: str) -> None:
    code, view, put, at = WRONG_VALUES[name]

    assert (EXTERIOR, code) in codes(check(with_values(files, EXTERIOR, view, put, at)))


@pytest.mark.parametrize("coordinate", [0, 1, 2])
def test_content_that_left_its_box_is_found(files: Files, coordinate: int) -> None:
    def move(document: Document) -> None:
        document["nodes"][0]["translation"][coordinate] += 0.5

    assert ("tileset.json", "box") in codes(check(with_document(files, EXTERIOR, move)))


WRONG_FILES: dict[str, tuple[Callable[[Files], object], set[tuple[str, str]]]] = {
    "no tileset": (lambda f: f.pop("tileset.json"), {("tileset.json", "structure")}),
    "no storeys": (lambda f: f.pop("storeys.json"), {("storeys.json", "structure")}),
    "no trees": (lambda f: f.pop("trees.bin"), {("trees.bin", "structure")}),
    "half a tree": (lambda f: f.update({"trees.bin": b"13" * 7}), {("trees.bin", "structure")}),
    "a tree nowhere": (
        lambda f: f.update({"trees.bin": b"\x00\x00\xc0\x7f" * 3}),
        {("trees.bin", "finite")},
    ),
    "no content": (lambda f: f.pop(SCENERY), {("tileset.json", "content")}),
    "no storey's file": (lambda f: f.pop(STOREY), {("storeys.json", "content")}),
    "nonsense": (lambda f: f.update({SCENERY: b"nonsense"}), {(SCENERY, "glb")}),
    "nonsense of a storey": (lambda f: f.update({STOREY: b"nonsense"}), {(STOREY, "glb")}),
    "a tile nobody names": (
        lambda f: f.update({"scenery/r1.glb": f[SCENERY]}),
        {("tileset.json", "content"), ("scenery/r1.glb", "id")},
    ),
    "a storey nobody names": (
        lambda f: f.update({"storeys/other.glb": f[STOREY]}),
        {("storeys.json", "content")},
    ),
    "buildings for scenery": (
        lambda f: f.update({SCENERY: f[EXTERIOR]}),
        {(SCENERY, "class"), (SCENERY, "id"), ("tileset.json", "box")},
    ),
}


@pytest.mark.parametrize("name", WRONG_FILES)
def test_a_wrong_file_is_found(files: Files, name: str) -> None:
    change, expected = WRONG_FILES[name]
    spoilt = dict(files)
    change(spoilt)

    assert codes(check(spoilt)) == expected


FAULTS_OF_THE_STOREYS: dict[str, tuple[str, Callable[[Document], object]]] = {
    "no such building": ("building", lambda d: d.update(ghost=d["tower"])),
    "out of its bounds": ("box", lambda d: d["tower"][0].update(bounds=[0, 0, 30, 40])),
    "no name": ("structure", lambda d: d["tower"][0].pop("name")),
}


@pytest.mark.parametrize("name", FAULTS_OF_THE_STOREYS)
def test_a_fault_of_the_storeys_is_found(files: Files, name: str) -> None:
    code, change = FAULTS_OF_THE_STOREYS[name]

    assert ("storeys.json", code) in codes(check(with_json(files, "storeys.json", change)))


def test_a_part_of_a_space_twice_is_found(files: Files) -> None:
    shape = Shape((Prism((((0, 0), (4, 0), (0, 4)),), 0, 1),))
    columns: dict[str, Column] = {
        "id": ["hall", "hall"],
        "zh": ["厅", "厅"],
        "en": ["Hall", "Hall"],
        "kind": np.array([5, 5], np.uint8),
        "part": np.array([1, 1], np.uint8),
    }
    glb = write_glb(massing(from_shapes([shape])), Table("space", columns))

    assert codes(check(files | {STOREY: glb})) == {(STOREY, "id")}
