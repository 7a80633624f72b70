"""Timetables that solve themselves: a search begun, followed, ended, and its result made the draft.

A search works on a copy of the draft. Until somebody applies what it found the draft stays as it
is, whatever becomes of the search.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from shulian.congress.api.congresses import subject
from shulian.congress.api.drafts import surroundings, whole
from shulian.congress.api.rights import planned
from shulian.congress.api.sessions import place_sessions
from shulian.congress.errors import NothingFound
from shulian.congress.store import congresses
from shulian.congress.store import solves as store
from shulian.congress.types import (
    CongressId,
    Placement,
    Programme,
    Reason,
    SessionId,
    Solve,
    SolveId,
    SolveState,
    SolveTimetable,
    Surroundings,
)
from shulian.identity.api import record
from shulian.identity.types import Actor
from shulian.kit.bus import Bus
from shulian.kit.db import Db
from shulian.kit.errors import Invalid
from shulian.kit.ids import new_id
from shulian.kit.jobs import enqueue, name_of
from shulian.kit.live import announce_anew

LONGEST_SOLVE = 600
"""[s]."""
LOST_AFTER = timedelta(seconds=30)
"""A search that is not heard of for so long is dead."""


@dataclass(frozen=True, slots=True)
class Applied:
    """What became of the draft when a search's timetable was applied."""

    moved: int
    """Sessions that are elsewhere now."""
    left: tuple[SessionId, ...]
    """Sessions that somebody changed meanwhile, or that are gone: they stay as they are."""
    undo: Mapping[SessionId, Placement | None]
    """Where those that moved were before."""


def begin_solve(
    db: Db,
    actor: Actor,
    wanted: CongressId,
    *,
    seconds: int,
    seed: int = 0,
    now: datetime,
) -> Solve:
    """Search a timetable for the present draft; raises Invalid, and SolveRuns where one goes on."""
    there = planned(db, actor, wanted, locked=True)
    if not 1 <= seconds <= LONGEST_SOLVE:
        raise Invalid(fields={"seconds": "congress.seconds_wrong"}, most=LONGEST_SOLVE)
    draft = whole(db, there)
    new = Solve(
        id=SolveId(new_id(now)),
        congress=wanted,
        by=actor.person,
        seconds=seconds,
        seed=seed,
        state=SolveState.WAITING,
        begun=now,
        beat=now,
        versions={one.id: one.version for one in draft.sessions},
    )
    store.put_new(db, new)
    enqueue(db, SolveTimetable(new.id), alone=name_of(SolveTimetable))
    told = {"seconds": seconds, "seed": seed}
    record(db, actor, "congress.solve", subject(wanted), None, told, now=now)
    _tell(db, wanted)
    return new


def newest_solve(db: Db, actor: Actor, wanted: CongressId) -> Solve | None:
    """The last search for a timetable of a congress, for those who make it."""
    planned(db, actor, wanted)
    return store.newest(db, wanted)


def cancel_solve(db: Db, actor: Actor, wanted: SolveId, *, now: datetime) -> Solve:
    """Have a search end; the best that it has found stays. One that ended stays as it is."""
    before = _own(db, actor, wanted)
    if not before.live:
        return before
    store.ask_to_stop(db, wanted)
    if before.state is SolveState.WAITING:
        store.put(db, replace(before, state=SolveState.CANCELLED, beat=now))
    record(db, actor, "congress.cancel_solve", subject(before.congress), None, None, now=now)
    _tell(db, before.congress)
    return store.get(db, wanted)


def apply_solve(db: Db, bus: Bus, actor: Actor, wanted: SolveId, *, now: datetime) -> Applied:
    """Make what a search found the draft, but for sessions that were changed meanwhile.

    Raises SolveUnknown, Refused, NothingFound.
    """
    solve = _own(db, actor, wanted)
    if not solve.places:
        raise NothingFound
    draft = whole(db, congresses.lock(db, solve.congress))
    known = {one.id: one for one in draft.sessions}
    halls = {one.space for one in draft.halls}
    fit = {
        which: where
        for which, where in solve.places.items()
        if which in known
        and known[which].version == solve.versions.get(which)
        and where.hall in halls
    }
    moved = {which: where for which, where in fit.items() if known[which].placed != where}
    place_sessions(
        db,
        bus,
        actor,
        solve.congress,
        moved,
        versions={which: known[which].version for which in moved},
        now=now,
    )
    store.put(db, replace(solve, applied=now))
    left = tuple(which for which in solve.places if which not in fit)
    _tell(db, solve.congress)
    return Applied(len(moved), left, {which: known[which].placed for which in moved})


def start_solve(
    db: Db, wanted: SolveId, *, now: datetime
) -> tuple[Solve, Programme, Surroundings] | None:
    """What a search works on, as it begins; none where nothing is to be searched any more.

    For the job. One that ran already is taken up by nobody: its process died half-way.
    """
    solve = store.get(db, wanted, lock=True)
    if solve.state is SolveState.RUNNING:
        end_solve(db, solve, SolveState.FAILED, now=now)
        return None
    if solve.state is not SolveState.WAITING:
        return None
    running = replace(solve, state=SolveState.RUNNING, beat=now)
    store.put(db, running)
    _tell(db, solve.congress)
    draft = whole(db, congresses.get(db, solve.congress))
    return running, draft, surroundings(db, draft, now=now)


def note_solve(db: Db, solve: Solve, *, now: datetime) -> bool:
    """Keep how far a search is; answers whether it is to go on. For the job."""
    kept = store.get(db, solve.id, lock=True)
    if kept.state is not SolveState.RUNNING:
        return False
    store.put(db, replace(solve, beat=now))
    if (solve.cost, solve.bound) != (kept.cost, kept.bound):
        _tell(db, solve.congress)
    return not kept.stop


def end_solve(
    db: Db,
    solve: Solve,
    state: SolveState,
    *,
    reasons: tuple[Reason, ...] = (),
    now: datetime,
) -> None:
    """Keep how a search ended, with the best it found. For the job."""
    store.put(db, replace(solve, state=state, reasons=reasons, beat=now))
    _tell(db, solve.congress)


def end_lost_solves(db: Db, *, now: datetime) -> int:
    """End the searches whose process is dead; answers how many."""
    lost = store.silent(db, since=now - LOST_AFTER)
    for one in lost:
        found = store.get(db, one, lock=True)
        if found.state is SolveState.RUNNING and found.beat < now - LOST_AFTER:
            end_solve(db, found, SolveState.FAILED, now=now)
    return len(lost)


def _own(db: Db, actor: Actor, wanted: SolveId) -> Solve:
    found = store.get(db, wanted)
    planned(db, actor, found.congress, locked=True)
    return store.get(db, wanted, lock=True)


def _tell(db: Db, congress: CongressId) -> None:
    """Have the pages of those who watch ask anew."""
    announce_anew(db, f"congress.solve/{congress}")
