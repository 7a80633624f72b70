"""What is kept and shown of a search for a timetable: its course, what it misses, what it moves."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from shulian.congress.rules.timetable.problem import Demand, Fault
from shulian.congress.types import (
    Placement,
    Programme,
    Session,
    SessionId,
    Shortfall,
    Solve,
    Step,
)

LONGEST_COURSE = 160
"""Steps that are kept of a search; a curve on a page has no more points."""
_BELOW = 6
"""Below the last bound a picture shows so large a part of what is above it."""


@dataclass(frozen=True, slots=True)
class Shift:
    """A session that a search would have elsewhere, or that it moved."""

    session: Session
    before: Placement | None
    after: Placement | None
    stays: bool = False
    """Whether somebody has changed it since the search began: it is left where it is."""


@dataclass(frozen=True, slots=True)
class Curve:
    """The course of a search in a picture of `width` by `height`, as SVG's polylines have it."""

    width: int
    height: int
    best: str
    """Points of the best so far, step by step; empty: there was none."""
    bound: str
    highest: int
    """The cost at the upper edge."""
    lowest: int
    """The cost at the lower edge; a bound below it lies on it."""
    seconds: float
    """At the right edge."""


def further(course: Sequence[Step], step: Step) -> tuple[Step, ...]:
    """A course with one step more; a long one is thinned out, its ends stay."""
    if course and (course[-1].cost, course[-1].bound) == (step.cost, step.bound):
        return tuple(course)
    if len(course) < LONGEST_COURSE:
        return (*course, step)
    return (*course[:1], *course[1:-1:2], course[-1], step)


def missed(faults: Iterable[Fault]) -> tuple[Shortfall, ...]:
    """The soft faults of a timetable by demand, the dearest first."""
    found: dict[Demand, list[Fault]] = defaultdict(list)
    for one in faults:
        if one.cost:
            found[one.demand].append(one)
    told = (
        Shortfall(
            str(demand),
            len(theirs),
            sum(one.amount for one in theirs),
            sum(one.cost for one in theirs),
        )
        for demand, theirs in found.items()
    )
    return tuple(sorted(told, key=lambda one: (-one.cost, one.demand)))


def shifts(programme: Programme, solve: Solve) -> tuple[Shift, ...]:
    """What the best of a search would move in a draft; of one that was applied, what it moved."""
    known = {one.id: one for one in programme.sessions}
    if solve.applied and not solve.undone:
        found = (
            Shift(known[which], back.placed, solve.places.get(which))
            for which, back in solve.undo.items()
            if which in known
        )
    else:
        halls = {hall.space for hall in programme.halls}
        found = (
            Shift(
                known[which],
                known[which].placed,
                where,
                known[which].version != solve.versions.get(which) or where.hall not in halls,
            )
            for which, where in solve.places.items()
            if which in known and known[which].placed != where
        )
    return tuple(sorted(found, key=_by_place))


def strangers(programme: Programme, solve: Solve) -> tuple[SessionId, ...]:
    """Sessions of a draft that came after a search had begun: it knows nothing of them."""
    return tuple(one.id for one in programme.sessions if one.id not in solve.versions)


def drawn(course: Sequence[Step], seconds: float, *, width: int, height: int) -> Curve | None:
    """The curves of the best so far and of the bound over `seconds`; none: nothing is known yet."""
    costs = [one.cost for one in course if one.cost is not None]
    if not course or not (costs or course[-1].bound):
        return None
    proven = course[-1].bound
    highest = max([*costs, proven])
    lowest = max(0, proven - (highest - proven) // _BELOW) if costs else 0
    long, high = max(seconds, course[-1].seconds, 0.1), max(highest - lowest, 1)

    def points(told: Sequence[tuple[float, int]]) -> str:
        """A stair: what was so stays so until the next step."""
        found: list[str] = []
        ends = [*(at for at, _ in told[1:]), long] if told else []
        for (start, value), end in zip(told, ends, strict=True):
            y = round((highest - max(value, lowest)) / high * height, 1)
            found += [f"{round(at / long * width, 1):g},{y:g}" for at in (start, end)]
        return " ".join(found)

    return Curve(
        width,
        height,
        points([(one.seconds, one.cost) for one in course if one.cost is not None]),
        points([(one.seconds, one.bound) for one in course]),
        highest,
        lowest,
        long,
    )


def _by_place(shift: Shift) -> tuple[bool, str, str, str]:
    """By where they go: those that go nowhere last."""
    where = shift.after
    start = where.start.isoformat() if where else ""
    return where is None, start, where.hall if where else "", str(shift.session.id)
