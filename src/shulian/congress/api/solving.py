"""Timetables that solve themselves: a search begun, followed and ended.

A search works on a copy of the draft. Until somebody applies what it found the draft stays as it
is, whatever becomes of the search.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from shulian.congress.api.congresses import subject
from shulian.congress.api.drafts import surroundings, whole
from shulian.congress.api.rights import planned
from shulian.congress.api.tidings import tell_searches
from shulian.congress.errors import SolveUnknown
from shulian.congress.rules.timetable.problem import Weights
from shulian.congress.store import congresses
from shulian.congress.store import solves as store
from shulian.congress.types import (
    CongressId,
    Programme,
    Reason,
    Solve,
    SolveId,
    SolveState,
    SolveTimetable,
    Surroundings,
)
from shulian.identity.api import record
from shulian.identity.types import Actor
from shulian.kit.db import Db
from shulian.kit.errors import Invalid
from shulian.kit.ids import new_id
from shulian.kit.jobs import enqueue, name_of

LONGEST_SOLVE = 600
"""[s]."""
USUAL_MOVE = Weights().move
DEAREST_MOVE = 10_000
"""What it costs that a session moves, where as few as can be are to."""
LARGEST_SEED = 999_999_999
LOST_AFTER = timedelta(seconds=30)
"""A search that is not heard of for so long is dead."""


def begin_solve(
    db: Db,
    actor: Actor,
    wanted: CongressId,
    *,
    seconds: int,
    seed: int = 0,
    move: int = USUAL_MOVE,
    now: datetime,
) -> Solve:
    """Search a timetable for the present draft, where each session that moves costs `move`.

    Raises Invalid, and SolveRuns where one goes on.
    """
    there = planned(db, actor, wanted, locked=True)
    for name, value, least, most in (
        ("seconds", seconds, 1, LONGEST_SOLVE),
        ("move", move, 0, DEAREST_MOVE),
        ("seed", seed, 0, LARGEST_SEED),
    ):
        if not least <= value <= most:
            raise Invalid(fields={name: f"congress.{name}_wrong"}, most=most)
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
        move=move,
    )
    store.put_new(db, new)
    enqueue(db, SolveTimetable(new.id), alone=name_of(SolveTimetable))
    told = {"seconds": seconds, "seed": seed, "move": move}
    record(db, actor, "congress.solve", subject(wanted), None, told, now=now)
    tell_searches(db, wanted)
    return new


def newest_solve(db: Db, actor: Actor, wanted: CongressId) -> Solve | None:
    """The last search for a timetable of a congress, for those who make it."""
    planned(db, actor, wanted)
    return store.newest(db, wanted)


def solve_of(db: Db, actor: Actor, congress: CongressId, wanted: SolveId) -> Solve:
    """One search of a congress, for those who make it; raises SolveUnknown."""
    planned(db, actor, congress)
    found = store.get(db, wanted)
    if found.congress != congress:
        raise SolveUnknown
    return found


def cancel_solve(db: Db, actor: Actor, wanted: SolveId, *, now: datetime) -> Solve:
    """Have a search end; the best that it has found stays. One that ended stays as it is."""
    before = locked_solve(db, actor, wanted)
    if not before.live:
        return before
    store.ask_to_stop(db, wanted)
    if before.state is SolveState.WAITING:
        store.put(db, replace(before, state=SolveState.CANCELLED, beat=now))
    record(db, actor, "congress.cancel_solve", subject(before.congress), None, None, now=now)
    tell_searches(db, before.congress)
    return store.get(db, wanted)


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
    draft = whole(db, congresses.get(db, solve.congress))
    running = replace(
        solve,
        state=SolveState.RUNNING,
        started=now,
        beat=now,
        versions={one.id: one.version for one in draft.sessions},
    )
    store.put(db, running)
    tell_searches(db, solve.congress)
    return running, draft, surroundings(db, draft, now=now)


def note_solve(db: Db, solve: Solve, *, now: datetime) -> bool:
    """Keep how far a search is; answers whether it is to go on. For the job."""
    kept = store.get(db, solve.id, lock=True)
    if kept.state is not SolveState.RUNNING:
        return False
    store.put(db, replace(solve, beat=now))
    if _seen(solve) != _seen(kept):
        tell_searches(db, solve.congress)
    return not kept.stop


def end_solve(
    db: Db,
    solve: Solve,
    state: SolveState,
    *,
    reasons: tuple[Reason, ...] = (),
    now: datetime,
) -> None:
    """Keep how a search ended, with the best it found. For the job.

    One that was given up for lost stays so: what it found may have been applied since.
    """
    if store.get(db, solve.id, lock=True).state is not SolveState.RUNNING:
        return
    ended = replace(solve, state=state, reasons=reasons, explains=False, beat=now)
    store.put(db, ended)
    tell_searches(db, solve.congress)


def end_lost_solves(db: Db, *, now: datetime) -> int:
    """End the searches whose process is dead; answers how many."""
    lost = store.silent(db, since=now - LOST_AFTER)
    for one in lost:
        found = store.get(db, one, lock=True)
        if found.state is SolveState.RUNNING and found.beat < now - LOST_AFTER:
            end_solve(db, found, SolveState.FAILED, now=now)
    return len(lost)


def locked_solve(db: Db, actor: Actor, wanted: SolveId) -> Solve:
    """A search of a congress that the actor makes, locked; raises SolveUnknown and Refused."""
    found = store.get(db, wanted)
    planned(db, actor, found.congress, locked=True)
    return store.get(db, wanted, lock=True)


def _seen(solve: Solve) -> tuple[object, ...]:
    """What of a search those who watch it are told of."""
    return solve.cost, solve.bound, solve.explains
