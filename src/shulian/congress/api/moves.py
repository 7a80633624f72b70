"""Moves in the timetable of a draft: several at once, and what would be wrong after them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from shulian.congress.api.drafts import seen, surroundings
from shulian.congress.api.sessions import MOST_PLACED, change_session, place_sessions
from shulian.congress.errors import DraftMoved, SessionUnknown
from shulian.congress.rules import conflicts as rules
from shulian.congress.rules import entries
from shulian.congress.types import (
    Conflict,
    CongressId,
    Minutes,
    Placement,
    Programme,
    Session,
    SessionId,
)
from shulian.identity.types import Actor
from shulian.kit.bus import Bus
from shulian.kit.db import Db
from shulian.kit.errors import Invalid


@dataclass(frozen=True, slots=True)
class Move:
    """What a session is to be in the timetable."""

    version: int
    """Of the session as one saw it."""
    placed: Placement | None
    minutes: Minutes | None = None
    """None: as long as it is."""
    pinned: bool | None = None


def move_sessions(
    db: Db,
    bus: Bus,
    actor: Actor,
    wanted: CongressId,
    moves: Mapping[SessionId, Move],
    *,
    now: datetime,
) -> None:
    """Place sessions, take them out, let them last otherwise, pin them: all of them, or none.

    Whoever calls undoes the transaction where this raises: SessionUnknown, Refused, DraftMoved
    with the first that is not what it was, HallUnknown, Invalid.
    """
    known = _known(seen(db, actor, wanted), moves)
    for which, move in moves.items():  # before anything is done, so that the first is told
        if known[which].version != move.version:
            raise DraftMoved(known[which])
    after = {which: _moved(known[which], move) for which, move in moves.items()}
    only_placed = {
        which: one.placed
        for which, one in after.items()
        if replace(one, placed=known[which].placed) == known[which]
    }
    place_sessions(
        db,
        bus,
        actor,
        wanted,
        only_placed,
        versions={which: known[which].version for which in only_placed},
        now=now,
    )
    for which, one in after.items():
        if which not in only_placed:
            change_session(db, bus, actor, one, now=now)


def foresee(
    db: Db, actor: Actor, wanted: CongressId, moves: Mapping[SessionId, Move], *, now: datetime
) -> tuple[Programme, tuple[Conflict, ...]]:
    """The draft after such moves, and what of them would be in conflict; nothing is stored.

    Raises what `draft` raises, SessionUnknown and Invalid. Versions do not count, nor whether the
    actor may move what is named.
    """
    draft = seen(db, actor, wanted)
    known = _known(draft, moves)
    after = {which: _moved(known[which], move) for which, move in moves.items()}
    for one in after.values():
        entries.demand(entries.session_faults(one))
    would = replace(draft, sessions=tuple(after.get(one.id, one) for one in draft.sessions))
    found = rules.conflicts(would, surroundings(db, would, now=now))
    return would, tuple(one for one in found if not moves.keys().isdisjoint(one.sessions))


def _known(draft: Programme, moves: Mapping[SessionId, Move]) -> dict[SessionId, Session]:
    if len(moves) > MOST_PLACED:
        raise Invalid(fields={"sessions": "congress.too_many_placed"}, most=MOST_PLACED)
    known = {one.id: one for one in draft.sessions}
    if not moves.keys() <= known.keys():
        raise SessionUnknown
    return known


def _moved(session: Session, move: Move) -> Session:
    return replace(
        session,
        placed=move.placed,
        minutes=session.minutes if move.minutes is None else move.minutes,
        pinned=session.pinned if move.pinned is None else move.pinned,
    )
