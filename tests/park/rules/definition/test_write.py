"""A plan that is written as a definition reads back as it was."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.park.rules.definition.making import park

from shulian.kit.text import Text
from shulian.park.errors import DefinitionUnwritable
from shulian.park.rules.definition.read import read
from shulian.park.rules.definition.write import write
from shulian.park.types import (
    Entrance,
    Mesh,
    ParkPlan,
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

DEMO = Path(__file__).parents[4] / "demo" / "shulian"
PARK = SpaceId("p")
HOME = Place(PARK, 121.6, 31.2)

METRES = st.floats(-9_999, 9_999)
MILLIMETRES = st.integers(-4_000_000, 4_000_000).map(lambda millimetres: millimetres / 1000)
UNSAFE = "<\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
WORDS = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp"], exclude_characters=UNSAFE),
    max_size=8,
)
TRICKY = st.sampled_from(
    ["", "no", "1:30", "12", "1e5", "0x1F", "~", "null", "2023-06-30", "- a", "a: b", "#", "'", '"']
)
TEXTS = st.builds(Text, st.one_of(WORDS, TRICKY), st.one_of(WORDS, TRICKY))
DATES = st.one_of(st.none(), st.dates(date(1900, 1, 1), date(2199, 12, 31)))
AREAS = st.one_of(st.none(), st.floats(0, 1e9))
KINDS = st.sampled_from(
    [SpaceKind.HALL, SpaceKind.OFFICE, SpaceKind.CORRIDOR, SpaceKind.SEAT, SpaceKind.PLAZA]
)


def _prism(east: float, north: float, size: float, base: float, height: float) -> Prism:
    shell = ((east, north), (east + size, north), (east + size, north + size), (east, north + size))
    third = size / 3
    low, high = (east + third, north + third), (east + 2 * third, north + 2 * third)
    hole = (low, (low[0], high[1]), high, (high[0], low[1]))
    return Prism((shell, hole), base, base + height)


PRISMS = st.builds(
    _prism, METRES, METRES, st.floats(1, 500), st.floats(-50, 300), st.floats(0, 300)
)
CORNERS = st.lists(st.tuples(MILLIMETRES, MILLIMETRES, MILLIMETRES), min_size=3, max_size=9)
POINTS: st.SearchStrategy[list[Point]] = st.lists(st.tuples(METRES, METRES), max_size=3)
SHAPED = st.one_of(st.none(), st.lists(PRISMS, max_size=2))


@st.composite
def shapes(draw: st.DrawFn) -> Shape | None:
    prisms = draw(SHAPED)
    if prisms is None:
        return None
    corners = draw(st.one_of(st.just(()), CORNERS))
    mesh = Mesh(tuple(corners[: len(corners) // 3 * 3])) if corners else None
    return Shape(tuple(prisms), mesh, tuple(draw(POINTS)))


@st.composite
def spaces(draw: st.DrawFn, name: str, parent: Space | None, kind: SpaceKind, order: int) -> Space:
    storey = kind is SpaceKind.STOREY
    return Space(
        SpaceId(name),
        parent.id if parent else None,
        kind,
        draw(TEXTS),
        draw(TEXTS),
        order if storey else draw(st.one_of(st.just(order), st.integers(-99, 99))),
        draw(shapes()),
        draw(AREAS),
        draw(st.one_of(st.none(), st.integers(0, 10_000))),
        draw(DATES),
        draw(st.sampled_from(SpaceStatus)),
        draw(st.sampled_from([None, "https://example.org/a?b=1#c", "http://x.org"])),
    )


BELOW = {
    SpaceKind.PARK: (SpaceKind.SITE, SpaceKind.BUILDING),
    SpaceKind.SITE: (SpaceKind.PHASE, SpaceKind.BUILDING),
    SpaceKind.PHASE: (SpaceKind.BUILDING,),
    SpaceKind.BUILDING: (SpaceKind.STOREY,),
}
"""What may stand in a level, in the order a definition lists it; places come last."""


@st.composite
def plans(draw: st.DrawFn) -> ParkPlan:
    """Plans in the order a reader tells them: each space before what stands in it."""
    found: list[Space] = []

    def grow(name: str, parent: Space | None, kind: SpaceKind, order: int) -> None:
        space = draw(spaces(name, parent, kind, order))
        if kind is SpaceKind.STOREY and space.shape is not None:
            # one above the other, as storeys stand
            raised = Prism(_prism(0.5, 0.25, 30, 0, 1).rings, order * 4.0, order * 4.0 + 4.0)
            space = replace(space, shape=Shape((raised,), None, space.shape.doors))
        found.append(space)
        for level in (*BELOW.get(kind, ()), None):
            most = max(0, min(2, 8 - len(found)))
            for place in range(draw(st.integers(0, most))):
                grow(f"{name}-{(level or 'x')[:2]}{place}", space, level or draw(KINDS), place)

    grow("p", None, SpaceKind.PARK, 0)
    place = Place(
        PARK,
        draw(st.floats(-180, 180)),
        draw(st.floats(-85, 85)),
        draw(st.sampled_from(["Asia/Shanghai", "UTC"])),
        draw(st.one_of(st.none(), st.builds(Entrance, METRES, METRES, st.floats(-360, 360)))),
    )
    return ParkPlan(place, tuple(found), tuple(draw(scenes())))


@st.composite
def scenes(draw: st.DrawFn) -> list[Scenery]:
    return [
        Scenery(
            SceneryId(f"s{place}"),
            PARK,
            draw(st.sampled_from(SceneryKind)),
            draw(TEXTS),
            tuple(prism.rings for prism in draw(st.lists(PRISMS, max_size=2))),
            tuple(draw(POINTS)),
        )
        for place in range(draw(st.integers(0, 3)))
    ]


@settings(max_examples=60, deadline=None)
@given(plans())
def test_any_plan_reads_back_as_it_was(plan: ParkPlan) -> None:
    assert read(write(plan)).plan == plan


def test_the_demo_reads_back_as_it_was() -> None:
    demo = read({path.name: path.read_bytes() for path in DEMO.iterdir()})

    assert read(write(demo.plan)) == demo


def test_writing_twice_gives_the_same_files() -> None:
    plan = park("sites: [{id: s, spaces: [{id: a, kind: plaza, box: [4, 3]}]}]").plan

    assert write(read(write(plan)).plan) == write(plan)


def test_an_export_reads_like_a_document() -> None:
    written = write(
        park("""
            name: {zh: 园, en: Park}
            entrance: {east: 3, north: 0.5}
            sites:
              - id: s
                name: {zh: 地块, en: Site}
                spaces: [{id: a, kind: plaza, box: [4, 3], ground: {kind: paved}}]
        """).plan
    )

    assert {name: content.decode() for name, content in written.items()} == {
        "park.yaml": """\
id: p
name: {zh: 园, en: Park}
origin: [121.6, 31.2]
timezone: Asia/Shanghai
entrance: {east: 3, north: 0.5, heading: 0}
sites:
- s.yaml
scenery:
- scenery.yaml
""",
        "s.yaml": """\
id: s
name: {zh: 地块, en: Site}
spaces:
- id: a
  kind: plaza
  parts:
  - {footprint: [[-2, -1.5], [2, -1.5], [2, 1.5], [-2, 1.5]], base: 0, top: 0}
""",
        "scenery.yaml": """\
- id: a
  kind: paved
  areas:
  - {footprint: [[-2, -1.5], [2, -1.5], [2, 1.5], [-2, 1.5]]}
""",
    }


def test_files_of_sites_never_take_one_anothers_name() -> None:
    names = ["park", "Scenery", "a:b", "a_b"]
    root = Space(PARK, None, SpaceKind.PARK, Text())
    sites = [
        Space(SpaceId(name), PARK, SpaceKind.SITE, Text(), order=order)
        for order, name in enumerate(names)
    ]
    plan = ParkPlan(HOME, (root, *sites))
    written = write(plan)

    assert list(written) == ["park-2.yaml", "Scenery-2.yaml", "a_b.yaml", "a_b-2.yaml", "park.yaml"]
    assert read(written).plan == plan


@pytest.mark.parametrize(
    ("kind", "order"), [(SpaceKind.STOREY, 0), (SpaceKind.PHASE, 0), (SpaceKind.PARK, 0)]
)
def test_a_tree_that_no_definition_can_say_is_refused(kind: SpaceKind, order: int) -> None:
    root = Space(PARK, None, SpaceKind.PARK, Text())
    child = Space(SpaceId("a"), PARK, kind, Text(), order=order)

    with pytest.raises(DefinitionUnwritable) as caught:
        write(ParkPlan(HOME, (root, child)))

    assert caught.value.params == {"space": "a", "kind": kind, "parent": "p"}


def test_a_storey_higher_than_any_is_refused() -> None:
    root = Space(PARK, None, SpaceKind.PARK, Text())
    building = Space(SpaceId("b"), PARK, SpaceKind.BUILDING, Text())
    storey = Space(SpaceId("a"), building.id, SpaceKind.STOREY, Text(), order=200)

    with pytest.raises(DefinitionUnwritable):
        write(ParkPlan(HOME, (root, building, storey)))
