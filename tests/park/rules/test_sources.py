"""Files are read as what they are: a definition, or GeoJSON."""

import gzip
import json

import pytest

from shulian.kit.text import Text
from shulian.park.errors import (
    DefinitionBroken,
    ImportEmpty,
    ImportMalformed,
    ImportRefused,
    ImportTooLarge,
)
from shulian.park.rules.sources import read
from shulian.park.types import SpaceId, SpaceKind

YAML = """
id: yq
name: {zh: 御桥, en: Yuqiao}
origin: [121.58, 31.15]
""".encode()
SQUARE = [[121.5, 31.2], [121.501, 31.2], [121.501, 31.201], [121.5, 31.201], [121.5, 31.2]]
MAP = json.dumps(
    {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "id": "way/1",
                "properties": {"building": "yes", "height": "20"},
                "geometry": {"type": "Polygon", "coordinates": [SQUARE]},
            }
        ],
    }
).encode()


def kinds(files: dict[str, bytes]) -> list[SpaceKind]:
    return [space.kind for space in read(files).plan.spaces]


@pytest.mark.parametrize(
    "files",
    [
        {"park.yaml": YAML},
        {"PARK.YML": YAML},
        {"yuqiao.yaml": YAML},
        {"demo/park.yaml": YAML},
        {"demo\\park.yaml": YAML},
        {"demo/park.yaml": YAML, "demo/ground.geojson": MAP, "other.geojson": MAP},
        {"park.yaml": YAML, "sites/park.yaml": b"nonsense: ["},
    ],
)
def test_yaml_is_a_definition(files: dict[str, bytes]) -> None:
    plan = read(files).plan

    assert (plan.place.park, [one.name for one in plan.spaces]) == (
        "yq",
        [Text("御桥", "Yuqiao")],
    )


@pytest.mark.parametrize(
    "files",
    [
        {"city.geojson": MAP},
        {"city.json": MAP},
        {"city.geojson.gz": gzip.compress(MAP)},
        {"city": MAP},
        {"city/buildings.geojson": MAP, "city/README.md": b"# not a map", "city/x.txt": b"\0"},
    ],
)
def test_anything_else_is_geojson(files: dict[str, bytes]) -> None:
    assert kinds(files) == [SpaceKind.PARK, SpaceKind.SITE, SpaceKind.BUILDING]


@pytest.mark.parametrize(
    ("files", "park"),
    [
        ({"city.geojson": MAP}, "city"),
        ({"Lu Jia Zui.geojson.gz": gzip.compress(MAP)}, "lu-jia-zui"),
        ({"maps/lujiazui_osm/b.geojson": MAP, "maps/lujiazui_osm/a.geojson": MAP}, "lujiazui-osm"),
        ({"maps/b.geojson": MAP}, "b"),
        ({"陆家嘴.geojson": MAP}, "park"),
    ],
)
def test_a_map_is_named_for_its_files(files: dict[str, bytes], park: str) -> None:
    assert read(files).plan.place.park == park


def test_a_map_is_called_what_it_is_told() -> None:
    found = read(
        {"city.geojson": MAP},
        park=SpaceId("ljz"),
        name=Text("陆家嘴", "Lujiazui"),
        origin=(121.5, 31.2),
        timezone="Asia/Tokyo",
    ).plan

    assert (found.place.park, found.spaces[0].name) == ("ljz", Text("陆家嘴", "Lujiazui"))
    assert (found.place.longitude, found.place.latitude, found.place.timezone) == (
        121.5,
        31.2,
        "Asia/Tokyo",
    )


@pytest.mark.parametrize(
    ("files", "failure"),
    [
        ({}, ImportEmpty),
        ({"city.geojson": b""}, ImportMalformed),
        ({"city.geojson": b"nonsense"}, ImportMalformed),
        ({"README.md": b"# not a map"}, ImportRefused),
        ({"a.yaml": YAML, "b.yaml": YAML}, DefinitionBroken),
        ({"park.yaml": b"id: ["}, DefinitionBroken),
        ({"park.yaml": b""}, DefinitionBroken),
    ],
)
def test_what_is_neither_is_refused(files: dict[str, bytes], failure: type[Exception]) -> None:
    with pytest.raises(failure):
        read(files)


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = gzip.compress(b"[" + b" " * 10_000_000)

    with pytest.raises(ImportTooLarge):
        read({"city.geojson.gz": bomb}, limit=1_000_000)
