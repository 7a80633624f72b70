"""Whatever stands in a definition: it is read, or it is refused with a `DefinitionBroken`."""

from pathlib import Path
from typing import Any

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.park.rules.definition.making import files

from shulian.park.errors import DefinitionBroken
from shulian.park.rules.definition.read import read

DEMO = Path(__file__).parents[4] / "demo" / "shulian"
Entry = dict[str, Any]
Entries = st.SearchStrategy[Entry]
Values = st.SearchStrategy[Any]

NUMBERS: Values = st.one_of(st.floats(-80, 80).map(lambda n: round(n, 2)), st.integers(-40, 40))
LENGTHS: Values = st.one_of(st.floats(1, 90), st.sampled_from([0.01, 3.2, 18.0, 1e5]))
POINTS: Values = st.tuples(NUMBERS, NUMBERS)
SIZES: Values = st.tuples(LENGTHS, LENGTHS)
BARS: Values = st.tuples(st.floats(20, 90), st.floats(12, 40))
WINGS: Values = st.tuples(st.floats(30, 90), st.floats(30, 90), st.floats(6, 24))
COUNTS: Values = st.integers(1, 12)
NONSENSE: Values = st.sampled_from([None, True, "x", "", 1e9, -1, [], {}, [[1]], {"a": 1}])
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example]
KINDS: Values = st.sampled_from(
    ["hall", "lobby", "corridor", "stairs", "stage", "office", "plaza", "seat"]
)
_UNLUCKY = 90


def one(key: str, value: Values) -> Entries:
    """A mapping with this key; now and then its value is nonsense."""

    def pick(luck: int) -> Values:
        return NONSENSE if luck == _UNLUCKY else value

    return st.fixed_dictionaries({key: st.integers(0, _UNLUCKY).flatmap(pick)})


def some(**values: Values) -> Entries:
    """A mapping with a few of these keys."""
    chosen = st.lists(st.sampled_from(sorted(values)), max_size=4, unique=True)

    def pick(keys: list[str]) -> Entries:
        return joined(*(one(key, values[key]) for key in keys))

    return chosen.flatmap(pick)


def joined(*entries: Entries) -> Entries:
    """All keys of several mappings."""
    return st.tuples(*entries).map(_join)


def _join(parts: tuple[Entry, ...]) -> Entry:
    return {key: value for part in parts for key, value in part.items()}


def maybe(entries: Entries) -> Entries:
    """A mapping, or an empty one."""
    empty: Entries = st.builds(Entry)
    return st.one_of(empty, entries)


OUTLINES = st.one_of(
    one("box", SIZES),
    one("box", BARS),
    one("circle", LENGTHS),
    one("ell", WINGS),
    one("horseshoe", WINGS),
    one("court", WINGS),
    one("footprint", st.lists(POINTS, max_size=6)),
)
FRAMES = some(at=POINTS, turn=NUMBERS, fillet=st.floats(0, 9), smooth=st.booleans())
LAYOUTS = st.one_of(
    some(offices=COUNTS, labs=COUNTS, corridor=LENGTHS, core=SIZES, stairs=st.integers(1, 2)),
    some(halls=COUNTS, foyer=LENGTHS),
    one("open", KINDS),
)
BLOCKS = joined(
    one("rows", st.integers(1, 4)), one("per_row", st.integers(1, 4)), some(at=POINTS, turn=NUMBERS)
)
FURNITURE = st.one_of(one("seats", BLOCKS), one("booths", BLOCKS), one("tables", BLOCKS))
PLACES = joined(
    one("id", st.sampled_from(["-h", "-01", "-corridor", "-lobby", "x"])),
    maybe(one("kind", KINDS)),
    maybe(OUTLINES),
    FRAMES,
    maybe(FURNITURE),
    some(
        height=st.floats(0, 9),
        base=st.floats(0, 3),
        doors=st.lists(POINTS, max_size=2),
        ground=one("trees", st.floats(0.5, 30)),
    ),
)
STOREYS = joined(
    one("storeys", st.sampled_from([1, 2, "1-3", "B1", "2-9"])),
    maybe(OUTLINES),
    some(height=LENGTHS, at=POINTS, turn=NUMBERS, doors=st.lists(POINTS, max_size=2)),
    maybe(one("layout", LAYOUTS)),
    one("spaces", st.lists(PLACES, max_size=2)),
)
PARTS = joined(maybe(OUTLINES), FRAMES, some(base=st.floats(0, 9), top=st.floats(3, 90)))
BUILDINGS = joined(
    one("id", st.just("b")),
    OUTLINES,
    FRAMES,
    some(
        height=LENGTHS,
        crown=joined(one("inset", LENGTHS), one("height", LENGTHS)),
        stairs=st.lists(OUTLINES, max_size=2),
        parts=st.lists(PARTS, max_size=2),
        doors=st.lists(POINTS, max_size=2),
    ),
    one("storeys", st.lists(STOREYS, max_size=2)),
)
SCENES = joined(
    one("id", st.just("s")),
    one("kind", st.sampled_from(["road", "tree", "green", "water"])),
    st.one_of(OUTLINES, one("line", st.lists(POINTS, max_size=5))),
    FRAMES,
    some(width=LENGTHS, trees=st.floats(0.5, 20), walks=LENGTHS, points=st.lists(POINTS)),
)


def survive(definition: dict[str, bytes]) -> None:
    try:
        plan = read(definition).plan
    except DefinitionBroken as failure:
        assert isinstance(failure.params["line"], int)  # noqa: PT017 - either answer is right
    else:
        assert plan.spaces[0].parent is None


@settings(max_examples=150, deadline=None, suppress_health_check=SLOW)
@given(BUILDINGS, st.lists(SCENES, max_size=1))
def test_any_building_is_read_or_refused(building: Entry, scenes: list[Entry]) -> None:
    text = yaml.safe_dump({"buildings": [building], "scenery": scenes}, allow_unicode=True)

    survive(files(text))


@settings(max_examples=12, deadline=None, suppress_health_check=SLOW)
@given(st.data())
def test_a_damaged_demo_is_read_or_refused(data: st.DataObject) -> None:
    definition = {path.name: path.read_bytes() for path in DEMO.iterdir()}
    for _ in range(data.draw(st.integers(1, 5))):
        name = data.draw(st.sampled_from(sorted(definition)))
        begin = data.draw(st.integers(0, len(definition[name]) - 1))
        cut = data.draw(st.integers(0, 12))
        piece = data.draw(
            st.lists(st.sampled_from(b" \n:-[]{},.09azA*&!\"'<>\x00\xff"), max_size=4)
        )
        content = definition[name]
        definition[name] = content[:begin] + bytes(piece) + content[begin + cut :]

    survive(definition)
