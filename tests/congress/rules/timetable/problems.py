"""Small problems for tests of the timetable engine, and all of their solutions."""

from collections.abc import Iterator
from itertools import product

from hypothesis import strategies as st

from shulian.congress.rules.timetable import grid
from shulian.congress.rules.timetable.check import check
from shulian.congress.rules.timetable.problem import (
    DAY,
    Hall,
    Place,
    Problem,
    Session,
    Solution,
    Speaker,
    Stretch,
    Weights,
)
from shulian.congress.types import Level, Rule

NINE = 9 * 60
TWO_DAYS = (Stretch(0, DAY), Stretch(DAY, 2 * DAY))
MORNING = Stretch(NINE, NINE + 180)
SECOND = Stretch(DAY + NINE, DAY + NINE + 60)
LARGE = Hall("large", 100, (MORNING, SECOND), "Large hall")
SMALL = Hall("small", 10, (MORNING,), "Small hall")


def two_days(*sessions: Session, speakers: tuple[Speaker, ...] = ()) -> Problem:
    """A problem of a large and a small hall on two days, in steps of an hour."""
    return Problem((LARGE, SMALL), sessions, speakers, days=TWO_DAYS, step=60)


def solutions(problem: Problem) -> Iterator[Solution]:
    """Every way to give each session a hall and a start of the grid at which any hall is open."""
    open_ = [
        sorted(
            {
                Place(hall.id, start)
                for hall in problem.halls
                for other in problem.halls
                for start in grid.inside(grid.starts(problem, one), other.hours, one.minutes)
            }
            | ({one.placed} if one.placed else set())
        )
        for one in problem.sessions
    ]
    for places in product(*open_):
        yield Solution(dict(zip((one.id for one in problem.sessions), places, strict=True)))


def cheapest(problem: Problem) -> int | None:
    """What the best of all solutions costs; none: there is none."""
    reports = (check(problem, one) for one in solutions(problem))
    return min((one.cost for one in reports if not one.broken), default=None)


_SPANS = st.sampled_from(
    [
        (),
        (MORNING,),
        (SECOND,),
        (Stretch(NINE, NINE + 60),),
        (Stretch(NINE + 60, NINE + 180), SECOND),
    ]
)
_NAMES = st.lists(st.sampled_from(["ann", "bo"]), unique=True, max_size=2).map(tuple)
_PLACES = st.sampled_from([None, Place("large", NINE), Place("small", NINE + 30)])


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    """Two or three sessions in two halls, with rules of any level."""
    sessions = tuple(_session(draw, number) for number in range(draw(st.integers(2, 3))))
    speakers = tuple(
        Speaker(name, name, draw(_SPANS), draw(_SPANS), draw(st.booleans()))
        for name in ("ann", "bo")
    )
    rules = [rule for rule in Rule if rule not in {Rule.HALL_TAKEN, Rule.OUTSIDE}]
    weights = {name: draw(st.integers(0, 9)) for name in Weights.__dataclass_fields__}
    return Problem(
        halls=(LARGE, Hall("small", 10, (MORNING,), taken=draw(_SPANS)[:1])),
        sessions=sessions,
        speakers=speakers,
        days=TWO_DAYS,
        step=60,
        buffer=draw(st.sampled_from([0, 30])),
        rests=draw(st.booleans()),
        walks={("large", "small"): draw(st.sampled_from([0, 20]))},
        levels={rule: draw(st.sampled_from(Level)) for rule in rules},
        weights=Weights(**weights),
    )


def _session(draw: st.DrawFn, number: int) -> Session:
    placed = draw(_PLACES)
    return Session(
        f"s{number}",
        draw(st.sampled_from([30, 60, 90])),
        title=f"Session {number}",
        forum=draw(st.sampled_from(["", "f", "g"])),
        theme=draw(st.sampled_from(["", "t"])),
        attendance=draw(st.sampled_from([0, 5, 20, 120])),
        speakers=draw(_NAMES),
        organizers=draw(_NAMES),
        plenary=draw(st.booleans()),
        aside=draw(st.booleans()),
        halls=draw(st.sampled_from([(), (), ("large",)])),
        within=draw(_SPANS),
        placed=placed,
        pinned=placed is not None and draw(st.booleans()),
    )
