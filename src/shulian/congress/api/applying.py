"""What a search found is made the draft, and taken back: nothing that others did is overwritten."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from shulian.congress.api.congresses import subject
from shulian.congress.api.drafts import whole
from shulian.congress.api.sessions import place_sessions
from shulian.congress.api.solving import locked_solve
from shulian.congress.api.tidings import tell_searches
from shulian.congress.errors import NothingFound, SolveNotApplied, SolveRuns
from shulian.congress.store import congresses
from shulian.congress.store import solves as store
from shulian.congress.types import Back, Placement, Programme, SessionId, Solve, SolveId
from shulian.identity.api import record
from shulian.identity.types import Actor
from shulian.kit.bus import Bus
from shulian.kit.db import Db


@dataclass(frozen=True, slots=True)
class Applied:
    """What became of the draft when a search's timetable was applied."""

    moved: int
    """Sessions that are elsewhere now."""
    left: tuple[SessionId, ...]
    """Sessions that somebody changed meanwhile, or that are gone: they stay as they are."""
    undo: Mapping[SessionId, Placement | None]
    """Where those that moved were before."""


@dataclass(frozen=True, slots=True)
class Undone:
    """What became of the draft when that was taken back."""

    moved: int
    """Sessions that are where they were before."""
    left: tuple[SessionId, ...]
    """Sessions that somebody has changed since, or that are gone: they stay as they are."""


def apply_solve(db: Db, bus: Bus, actor: Actor, wanted: SolveId, *, now: datetime) -> Applied:
    """Make what a search found the draft, but for sessions that were changed meanwhile.

    What it moved can be taken back by `undo_solve`. Raises SolveUnknown, Refused, SolveRuns while
    more may come of it, NothingFound.
    """
    solve = locked_solve(db, actor, wanted)
    if solve.live:
        raise SolveRuns
    if not solve.places:
        raise NothingFound
    draft = whole(db, congresses.lock(db, solve.congress))
    known = {one.id: one for one in draft.sessions}
    fit = _fitting(draft, solve.places, solve.versions)
    moved = {which: where for which, where in fit.items() if known[which].placed != where}
    versions = _placed(db, bus, actor, draft, moved, now)
    before = {which: known[which].placed for which in moved}
    left = tuple(which for which in solve.places if which not in fit)
    applied = replace(
        solve,
        applied=now,
        undone=None,
        undo={**solve.undo, **{one: Back(before[one], versions[one]) for one in moved}},
        stayed=left,
        versions={**solve.versions, **versions},
    )
    _keep(db, actor, applied, "congress.apply_solve", len(moved), now)
    return Applied(len(moved), left, before)


def undo_solve(db: Db, bus: Bus, actor: Actor, wanted: SolveId, *, now: datetime) -> Undone:
    """Have what a search moved be where it was, but for sessions that were changed since.

    Raises SolveUnknown, Refused, SolveNotApplied.
    """
    solve = locked_solve(db, actor, wanted)
    if solve.applied is None or solve.undone is not None:
        raise SolveNotApplied
    draft = whole(db, congresses.lock(db, solve.congress))
    before = {which: one.placed for which, one in solve.undo.items()}
    since = {which: one.version for which, one in solve.undo.items()}
    back = _fitting(draft, before, since)
    versions = _placed(db, bus, actor, draft, back, now)
    left = tuple(which for which in before if which not in back)
    undone = replace(
        solve, undone=now, undo={}, stayed=left, versions={**solve.versions, **versions}
    )
    _keep(db, actor, undone, "congress.undo_solve", len(back), now)
    return Undone(len(back), left)


def _fitting(
    draft: Programme,
    places: Mapping[SessionId, Placement | None],
    versions: Mapping[SessionId, int],
) -> Mapping[SessionId, Placement | None]:
    """Of `places` those whose session is as it was, and whose hall the congress still uses."""
    known = {one.id: one for one in draft.sessions}
    halls = {one.space for one in draft.halls}
    return {
        which: where
        for which, where in places.items()
        if which in known
        and known[which].version == versions.get(which)
        and (where is None or where.hall in halls)
    }


def _placed(
    db: Db,
    bus: Bus,
    actor: Actor,
    draft: Programme,
    moved: Mapping[SessionId, Placement | None],
    now: datetime,
) -> Mapping[SessionId, int]:
    """Place sessions of a locked draft; answers their versions since then."""
    before = {one.id: one.version for one in draft.sessions if one.id in moved}
    place_sessions(db, bus, actor, draft.congress.id, moved, versions=before, now=now)
    after = whole(db, draft.congress).sessions
    return {one.id: one.version for one in after if one.id in moved}


def _keep(db: Db, actor: Actor, solve: Solve, verb: str, moved: int, now: datetime) -> None:
    """Keep what became of a search in the draft, and tell."""
    store.put(db, solve)
    told = {"moved": moved, "left": len(solve.stayed)}
    record(db, actor, verb, subject(solve.congress), None, told, now=now)
    tell_searches(db, solve.congress)
