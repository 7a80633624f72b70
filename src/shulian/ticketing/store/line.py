"""The line before a sale: everyone's turn, and how the line stood when it last moved."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Row
from sqlalchemy.dialects.postgresql import insert

from shulian.identity.types import PersonId
from shulian.kit.db import Db
from shulian.ticketing import tables
from shulian.ticketing.types import OccasionId, Turn, TurnNumber, TurnState

_t = tables.turn.c
_l = tables.line.c

_PLACE = (_t.arrived, _t.number)
"""What says who comes first: when somebody reached a process, and not when that had time for them;
of the same instant the number."""
_OPEN = _t.done.is_(None)
_CALLED = _OPEN & _t.until.is_not(None)
_WAITING = _OPEN & _t.until.is_(None)


@dataclass(frozen=True, slots=True)
class Standing:
    """A turn, and the line around it."""

    turn: Turn
    ahead: int
    """Those before it who are still in line."""
    waiting_ahead: int
    """Those of them who are not called."""
    refused: tuple[int, int] | None
    """How many were ahead and how many tickets were left, of one who was refused."""
    moved: datetime | None
    """When the line moved last; none: never."""
    left: int
    """What was left then."""
    ended: int
    over: timedelta
    """How many turns of those called came to an end, in which time, as it was then."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many are in a line."""

    called: int
    waiting: int


def _standing() -> sa.Select[Any]:
    other = tables.turn.alias()
    before = (
        sa.select(
            sa.func.count().label("ahead"),
            sa.func.count().filter(other.c.until.is_(None)).label("waiting_ahead"),
        )
        .where(
            other.c.occasion == _t.occasion,
            other.c.done.is_(None),
            sa.tuple_(other.c.arrived, other.c.number) < sa.tuple_(*_PLACE),
        )
        .correlate(tables.turn)
        .lateral("before")
    )
    return (
        sa.select(
            tables.turn,
            before.c.ahead.label("now_ahead"),
            before.c.waiting_ahead,
            _l.moved,
            _l.left.label("line_left"),
            _l.ended,
            _l.over,
        )
        .select_from(
            tables.turn.join(before, sa.true()).outerjoin(tables.line, _l.occasion == _t.occasion)
        )
        .where(_t.occasion == sa.bindparam("occasion"), _t.person == sa.bindparam("person"))
        .order_by(_t.number.desc())
        .limit(1)
    )


_ARRIVE = insert(tables.turn).on_conflict_do_nothing()
_STANDING = _standing()
_COUNTS = sa.select(
    sa.func.count().filter(_t.until > sa.bindparam("now")),
    sa.func.count().filter(_t.until.is_(None)),
).where(_t.occasion == sa.bindparam("occasion"), _OPEN)
_TRY_LOCK = sa.text("select pg_try_advisory_xact_lock(hashtextextended(:name, 2))")
_LOCK = sa.text("select pg_advisory_xact_lock(hashtextextended(:name, 2))")
"""Written once: putting a statement together takes as long as the database takes for it."""


def arrive(db: Db, occasion: OccasionId, person: PersonId, *, now: datetime) -> None:
    """Give somebody the next number, unless they are in line already."""
    values = {
        "occasion": occasion,
        "person": person,
        "state": TurnState.WAITING.value,
        "arrived": now,
    }
    db.execute(_ARRIVE, values)


def find(db: Db, occasion: OccasionId, person: PersonId) -> Standing | None:
    """The last turn that somebody had, and how it stands."""
    row = db.execute(_STANDING, {"occasion": occasion, "person": person}).one_or_none()
    if row is None:
        return None
    return Standing(
        _turn(row),
        row.now_ahead,
        row.waiting_ahead,
        None if row.ahead is None else (row.ahead, row.left),
        row.moved,
        row.line_left or 0,
        row.ended or 0,
        timedelta(seconds=row.over or 0),
    )


def try_lock(db: Db, occasion: OccasionId) -> bool:
    """Whether nobody else moves this line until our transaction ends."""
    return bool(db.scalar(_TRY_LOCK, {"name": str(occasion)}))


def lock(db: Db, occasion: OccasionId) -> None:
    """Wait until nobody else moves this line; from then on nobody does, as above."""
    db.execute(_LOCK, {"name": str(occasion)})


def counts(db: Db, occasion: OccasionId, *, now: datetime) -> Counts:
    """How many are in line; those whose time to buy is over are not."""
    called, waiting = db.execute(_COUNTS, {"occasion": occasion, "now": now}).one()
    return Counts(called, waiting)


def end_late(db: Db, occasion: OccasionId, *, now: datetime) -> None:
    """End the turns of those who did not come or choose in time."""
    statement = sa.update(tables.turn).where(_t.occasion == occasion, _CALLED, _t.until <= now)
    db.execute(statement.values(state=TurnState.PASSED.value, done=now))


def end_bought(db: Db, occasion: OccasionId, person: PersonId, *, now: datetime) -> bool:
    """End the turn of one who bought; whether they were called."""
    statement = sa.update(tables.turn).where(
        _t.occasion == occasion, _t.person == person, _CALLED, _t.until > now
    )
    return db.execute(statement.values(state=TurnState.BOUGHT.value, done=now)).rowcount > 0


def call(db: Db, occasion: OccasionId, count: int, *, until: datetime) -> TurnNumber:
    """Call the first of those who wait, one at least; the highest number that was called."""
    first = (
        sa.select(_t.number).where(_t.occasion == occasion, _WAITING).order_by(*_PLACE).limit(count)
    )
    # asked again of the row itself: somebody may have left at this very moment
    statement = sa.update(tables.turn).where(_t.number.in_(first), _WAITING).returning(_t.number)
    numbers = db.scalars(statement.values(state=TurnState.CALLED.value, until=until)).all()
    return TurnNumber(max(numbers, default=0))


def refuse(db: Db, occasion: OccasionId, stay: int, *, left: int, now: datetime) -> None:
    """Refuse those who wait, but for the first `stay`; keep how it stood for each."""
    in_line = (
        sa.select(
            _t.number,
            _t.until,
            (sa.func.row_number().over(order_by=_PLACE) - 1).label("ahead"),
        )
        .where(_t.occasion == occasion, _OPEN)
        .subquery()
    )
    others = (
        sa.select(in_line.c.number, in_line.c.ahead)
        .where(in_line.c.until.is_(None))
        .order_by(in_line.c.ahead)
        .offset(stay)
        .subquery()
    )
    statement = sa.update(tables.turn).where(_t.number == others.c.number, _WAITING)
    db.execute(
        statement.values(state=TurnState.REFUSED.value, done=now, ahead=others.c.ahead, left=left)
    )


def put(
    db: Db,
    turn: Turn,
    state: TurnState,
    *,
    until: datetime | None = None,
    done: datetime | None = None,
    refused: tuple[int, int] | None = None,
) -> bool:
    """Let a turn be in that state; False where it is not as `turn` says any more.

    refused  with so many ahead, and so many tickets left
    """
    ahead, left = refused or (None, None)
    as_it_was = (_t.number == turn.number) & (_t.state == turn.state.value) & _OPEN
    statement = sa.update(tables.turn).where(as_it_was)
    values = {"state": state.value, "until": until, "done": done, "ahead": ahead, "left": left}
    return db.execute(statement.values(values)).rowcount > 0


def note_step(db: Db, occasion: OccasionId, *, left: int, pace: timedelta, now: datetime) -> None:
    """Keep how the line stands after it moved, and how fast it moved in the last `pace`."""
    ended = sa.select(sa.func.count(), sa.func.min(_t.arrived)).where(
        _t.occasion == occasion,
        _t.done > now - pace,
        _t.state.in_((TurnState.BOUGHT.value, TurnState.PASSED.value)),
    )
    count, first = db.execute(ended).one()
    over = min(pace, now - first).total_seconds() if count else 0.0
    values = {"occasion": occasion, "moved": now, "left": left, "ended": count, "over": over}
    statement = insert(tables.line).values(values)
    db.execute(statement.on_conflict_do_update(index_elements=["occasion"], set_=values))


def _turn(row: Row[Any]) -> Turn:
    return Turn(
        TurnNumber(row.number),
        OccasionId(row.occasion),
        PersonId(row.person),
        TurnState(row.state),
        row.arrived,
        row.until,
    )
