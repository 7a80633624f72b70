"""The files of a small park, and of a large one."""

from dataclasses import replace
from datetime import date

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from shulian.kit.text import Text
from shulian.park.rules.tiles.build import ALWAYS, Buildings, build, exteriors
from shulian.park.rules.tiles.check import check
from shulian.park.rules.tiles.gltf import read_glb
from shulian.park.rules.tiles.storeys import StoreyModel
from shulian.park.types import (
    Place,
    Point,
    Prism,
    Scenery,
    SceneryId,
    SceneryKind,
    Shape,
    Space,
    SpaceId,
    SpaceKind,
    SpaceStatus,
)

PARK = SpaceId("park")
CORNERS = st.tuples(st.integers(-20, 20), st.integers(-20, 20)) | st.tuples(
    st.floats(-2000, 2000), st.floats(-2000, 2000)
)


def shed(number: int, east: float, north: float) -> Space:
    ring = ((east, north), (east + 9, north), (east + 9, north + 7), (east, north + 7))
    shape = Shape((Prism((ring,), 0, 4 + number % 9),))
    return Space(SpaceId(f"shed-{number}"), PARK, SpaceKind.BUILDING, Text(), shape=shape)


def sheds(count: int, width: float) -> Buildings:
    places: NDArray[np.float64] = np.random.default_rng(3).uniform(0, width, (count, 2))
    return exteriors([shed(number, *map(float, place)) for number, place in enumerate(places)])


def rows(data: bytes) -> list[dict[str, object]]:
    """The table of a tile, a dictionary a feature."""
    _, table = read_glb(data)
    columns = {
        name: column.tolist() if isinstance(column, np.ndarray) else column
        for name, column in table.columns.items()
    }
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def test_a_tileset_is_these_files(files: dict[str, bytes]) -> None:
    assert list(files) == [
        "exterior/r.glb",
        "scenery/r.glb",
        "storeys/c6f2154131cfdb7e656fe2d9ba7debce.glb",
        "storeys/tower-0.glb",
        "storeys.json",
        "trees.bin",
        "tileset.json",
    ]


def test_a_tileset_is_in_order(files: dict[str, bytes]) -> None:
    assert check(files) == []


def test_buildings_tell_what_is_known_of_them(files: dict[str, bytes]) -> None:
    assert rows(files["exterior/r.glb"]) == [
        {
            "id": "tower",
            "zh": "数链塔",
            "en": "Shulian Tower",
            "height": 90.0,
            "base": 0.0,
            "storeys": 2,
            "delivered": (date(2025, 6, 1) - date(1970, 1, 1)).days,
            "status": list(SpaceStatus).index(SpaceStatus.BUILDING),
            "enterable": 1,
        },
        {
            "id": "tent",
            "zh": "帐篷",
            "en": "",
            "height": 15.0,
            "base": 0.0,
            "storeys": 4,
            "delivered": (date(2024, 1, 1) - date(1970, 1, 1)).days,
            "status": list(SpaceStatus).index(SpaceStatus.OPEN),
            "enterable": 0,
        },
        {
            "id": "court",
            "zh": "",
            "en": "Court",
            "height": pytest.approx(21.6),
            "base": 0.0,
            "storeys": 6,
            "delivered": ALWAYS,
            "status": list(SpaceStatus).index(SpaceStatus.OPEN),
            "enterable": 0,
        },
    ]


def test_scenery_stands_in_the_order_it_is_painted(files: dict[str, bytes]) -> None:
    kinds = list(SceneryKind)

    assert rows(files["scenery/r.glb"]) == [
        {"id": "lawn", "zh": "lawn", "en": "lawn", "kind": kinds.index(SceneryKind.GREEN)},
        {"id": "street", "zh": "street", "en": "street", "kind": kinds.index(SceneryKind.ROAD)},
    ]


def test_storeys_are_listed_from_the_lowest_up(files: dict[str, bytes]) -> None:
    name = {"zh": "层", "en": "Storey"}
    place = {"height": 5.0, "center": [20, 20], "bounds": [0, 0, 40, 40]}

    assert msgspec.json.decode(files["storeys.json"]) == {
        "tower": [
            {
                "id": "tower-0",
                "name": name,
                "order": 0,
                "base": 0.0,
                "uri": "storeys/tower-0.glb",
                **place,
            },
            {
                "id": "tower/2",
                "name": name,
                "order": 1,
                "base": 5.0,
                "uri": "storeys/c6f2154131cfdb7e656fe2d9ba7debce.glb",
                **place,
            },
        ]
    }


def test_trees_are_triples_of_numbers(files: dict[str, bytes]) -> None:
    assert np.frombuffer(files["trees.bin"], "<f4").reshape(-1, 3)[:, :2].tolist() == [
        [1, 2],
        [3, 4],
    ]


def test_the_same_park_gives_the_same_bytes(
    place: Place,
    spaces: list[Space],
    scenery: list[Scenery],
    storeys: list[StoreyModel],
    files: dict[str, bytes],
) -> None:
    assert dict(build(place, exteriors(spaces), scenery, storeys)) == files


def test_progress_counts_every_file(place: Place) -> None:
    seen: list[tuple[int, int]] = []
    files = list(
        build(place, sheds(1200, 800), progress=lambda done, total: seen.append((done, total)))
    )

    assert seen == [(number, len(files)) for number in range(1, len(files) + 1)]


def test_a_large_park_is_many_small_tiles_in_order(place: Place) -> None:
    files = dict(build(place, sheds(3000, 6000)))
    tiles = [rows(data) for path, data in files.items() if path.endswith(".glb")]

    assert check(files) == []
    assert max(map(len, tiles)) <= 500
    assert sorted(str(row["id"]) for tile in tiles for row in tile) == sorted(
        f"shed-{number}" for number in range(3000)
    )


def test_a_park_of_nothing_is_a_tileset_all_the_same(place: Place) -> None:
    files = dict(build(place, exteriors([])))

    assert list(files) == ["storeys.json", "trees.bin", "tileset.json"]
    assert check(files) == []


def test_a_date_holds_for_all_below_that_have_none(spaces: list[Space]) -> None:
    by_id = {space.id: space for space in spaces}

    assert exteriors(spaces) == Buildings(
        spaces=[by_id[SpaceId(each)] for each in ("tower", "tent", "court", "lost")],
        delivered=[date(2025, 6, 1), date(2024, 1, 1), None, None],
        storeys=[2, 0, 0, 0],
    )


def test_names_with_markup_and_other_scripts_stay_as_they_are(place: Place) -> None:
    name = Text("<b>楼</b> \x01", "🏢 'tower' \"B\"")
    named = replace(shed(1, 0, 0), name=name)
    row = rows(dict(build(place, exteriors([named])))["exterior/r.glb"])[0]

    assert (row["zh"], row["en"]) == (name.zh, name.en)


@settings(deadline=None)
@given(st.lists(st.lists(CORNERS, max_size=8), max_size=3), st.floats(-3, 60))
def test_nonsense_outlines_make_a_tileset_in_order(
    place: Place, outlines: list[list[Point]], top: float
) -> None:
    rings = tuple(map(tuple, outlines))
    space = Space(
        SpaceId("odd"), PARK, SpaceKind.BUILDING, Text(), shape=Shape((Prism(rings, 0, top),))
    )
    lawn = Scenery(SceneryId("lawn"), PARK, SceneryKind.GREEN, Text(), (rings, rings[1:]))

    assert check(dict(build(place, exteriors([space]), [lawn]))) == []
