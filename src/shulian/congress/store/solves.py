"""Searches for a timetable: how far they are, and the best that they have found."""

from datetime import datetime
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy import Row
from sqlalchemy.exc import IntegrityError

from shulian.congress import tables
from shulian.congress.errors import SolveRuns, SolveUnknown
from shulian.congress.types import (
    Back,
    CongressId,
    Placement,
    Reason,
    SessionId,
    Shortfall,
    Solve,
    SolveId,
    SolveState,
    Step,
)
from shulian.identity.types import PersonId
from shulian.kit.db import Db
from shulian.park.types import SpaceId

_s = tables.solve.c
_LIVE = (SolveState.WAITING.value, SolveState.RUNNING.value)


def put_new(db: Db, new: Solve) -> None:
    """Keep a new search; raises SolveRuns where one is under way."""
    try:
        with db.begin_nested():
            db.execute(sa.insert(tables.solve).values({"id": new.id, **_values(new)}))
    except IntegrityError as refusal:
        raise SolveRuns from refusal


def put(db: Db, solve: Solve) -> None:
    """Keep how far a search is; whether it is asked to stop stays as it is."""
    values = _values(solve)
    del values["stop"]
    db.execute(sa.update(tables.solve).where(_s.id == solve.id).values(values))


def ask_to_stop(db: Db, wanted: SolveId) -> None:
    """Ask a search to end."""
    db.execute(sa.update(tables.solve).where(_s.id == wanted).values(stop=True))


def get(db: Db, wanted: SolveId, *, lock: bool = False) -> Solve:
    """A search as it is."""
    query = sa.select(tables.solve).where(_s.id == wanted)
    row = db.execute(query.with_for_update() if lock else query).one_or_none()
    if row is None:
        raise SolveUnknown
    return _solve(row)


def newest(db: Db, congress: CongressId) -> Solve | None:
    """The last search for a timetable of a congress, if there was one."""
    query = sa.select(tables.solve).where(_s.congress == congress)
    row = db.execute(query.order_by(_s.begun.desc(), _s.id.desc()).limit(1)).one_or_none()
    return _solve(row) if row else None


def silent(db: Db, *, since: datetime) -> tuple[SolveId, ...]:
    """The searches that should run, and were not heard of since then."""
    query = sa.select(_s.id).where(_s.state == SolveState.RUNNING.value, _s.beat < since)
    return tuple(SolveId(row.id) for row in db.execute(query.order_by(_s.id)))


def any_unowned(db: Db, park: SpaceId, *, since: datetime) -> bool:
    """Whether a search that no person began goes on, or was heard of since then.

    Only congresses of `park` count that were never public.
    """
    query = (
        sa.select(_s.id)
        .join(tables.congress, tables.congress.c.id == _s.congress)
        .where(
            tables.congress.c.park == park,
            _s.by.is_(None),
            sa.or_(_s.state.in_(_LIVE), _s.beat >= since),
            ~sa.exists().where(tables.release.c.congress == _s.congress),
        )
    )
    return db.execute(query.limit(1)).one_or_none() is not None


def _values(solve: Solve) -> dict[str, Any]:
    return {
        "congress": solve.congress,
        "by": solve.by,
        "seconds": solve.seconds,
        "seed": solve.seed,
        "state": solve.state.value,
        "begun": solve.begun,
        "beat": solve.beat,
        "stop": solve.stop,
        "cost": solve.cost,
        "bound": solve.bound,
        "places": msgspec.to_builtins({str(one): where for one, where in solve.places.items()}),
        "versions": {str(one): version for one, version in solve.versions.items()},
        "reasons": msgspec.to_builtins(solve.reasons),
        "applied": solve.applied,
        "move": solve.move,
        "started": solve.started,
        "explains": solve.explains,
        "course": msgspec.to_builtins(solve.course),
        "missed": msgspec.to_builtins(solve.missed),
        "undo": msgspec.to_builtins({str(one): back for one, back in solve.undo.items()}),
        "stayed": [str(one) for one in solve.stayed],
        "undone": solve.undone,
    }


def _solve(row: Row[Any]) -> Solve:
    return Solve(
        id=SolveId(row.id),
        congress=CongressId(row.congress),
        by=PersonId(row.by) if row.by else None,
        seconds=row.seconds,
        seed=row.seed,
        state=SolveState(row.state),
        begun=row.begun,
        beat=row.beat,
        stop=row.stop,
        cost=row.cost,
        bound=row.bound,
        places=msgspec.convert(row.places, dict[SessionId, Placement]),
        versions=msgspec.convert(row.versions, dict[SessionId, int]),
        reasons=msgspec.convert(row.reasons, tuple[Reason, ...]),
        applied=row.applied,
        move=row.move,
        started=row.started,
        explains=row.explains,
        course=msgspec.convert(row.course, tuple[Step, ...]),
        missed=msgspec.convert(row.missed, tuple[Shortfall, ...]),
        undo=msgspec.convert(row.undo, dict[SessionId, Back]),
        stayed=msgspec.convert(row.stayed, tuple[SessionId, ...]),
        undone=row.undone,
    )
