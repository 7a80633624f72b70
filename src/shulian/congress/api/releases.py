"""Releases: a draft made public under a name, its halls held, and those told whom it concerns."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from shulian.booking import api as ledger
from shulian.booking.errors import Taken
from shulian.booking.types import LONGEST_TITLE, BookingId, Claim, Holder
from shulian.congress.api.congresses import congress, subject
from shulian.congress.api.drafts import surroundings, whole
from shulian.congress.api.rights import planned
from shulian.congress.api.signs import show_signs_later
from shulian.congress.errors import HallsTaken, NameTaken, NothingNew, NotReady, ReleaseUnknown
from shulian.congress.events import Released
from shulian.congress.rules import changes as compare
from shulian.congress.rules import conflicts as rules
from shulian.congress.rules import days, entries
from shulian.congress.store import releases as store
from shulian.congress.types import (
    Change,
    CongressId,
    Level,
    Programme,
    Release,
    ReleaseId,
    Session,
    SessionId,
)
from shulian.identity.api import record
from shulian.identity.types import Actor
from shulian.kit.bus import Bus
from shulian.kit.db import Db
from shulian.kit.ids import new_id
from shulian.kit.text import Text
from shulian.park import api as park_api

SOURCE = "congress"
"""Whose bookings of the ledger those of sessions are."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What visitors see of a congress: a release, and the programme it made public."""

    release: Release
    programme: Programme


def release(
    db: Db,
    bus: Bus,
    actor: Actor,
    wanted: CongressId,
    *,
    name: str,
    note: Text = Text(),  # noqa: B008  # frozen
    now: datetime,
) -> Release:
    """Make what is placed in the draft public, for good, and hold its halls in the ledger.

    All halls are held, or nothing happens. Raises Invalid, NameTaken, NotReady with the conflicts
    that block, NothingNew, HallsTaken with the sessions whose halls something else has.
    """
    there = planned(db, actor, wanted, locked=True)
    called, said = " ".join(name.split()), entries.tidy(note)
    entries.demand({"name": entries.title_fault(Text(called)), "note": entries.about_fault(said)})
    draft = whole(db, there)
    found = rules.conflicts(draft, surroundings(db, draft, now=now))
    if blocking := [one for one in found if one.level is Level.BLOCK]:
        raise NotReady(blocking)
    before, after = store.newest(db, wanted), compare.public(draft)
    if before is not None and before[1] == after:
        raise NothingNew
    known = store.list_(db, wanted)
    if called in {one.name for one in known}:
        raise NameTaken(name=called)
    made = Release(
        id=ReleaseId(new_id(now)),
        congress=wanted,
        number=len(known) + 1,
        name=called,
        note=said,
        at=now,
        by=actor.person,
        changes=compare.changes(before[1] if before else None, after),
    )
    _hold(db, bus, before[1] if before else None, after, now=now)
    store.put_new(db, made, after)
    record(db, actor, "congress.release", subject(wanted), None, made, now=now)
    bus.publish(Released(made))
    show_signs_later(db, there.park)
    return made


def would_change(db: Db, actor: Actor, wanted: CongressId) -> tuple[Change, ...]:
    """What a release would change now, for those who make the congress."""
    there = planned(db, actor, wanted)
    before = store.newest(db, wanted)
    return compare.changes(before[1] if before else None, compare.public(whole(db, there)))


def releases(db: Db, actor: Actor, wanted: CongressId) -> tuple[Release, ...]:
    """The releases of a congress, the newest first; raises CongressUnknown."""
    congress(db, actor, wanted)
    return store.list_(db, wanted)


def shown(db: Db, actor: Actor, wanted: CongressId, number: int | None = None) -> Shown:
    """What visitors see, or what they saw as of the release `number`.

    Raises CongressUnknown and ReleaseUnknown.
    """
    congress(db, actor, wanted)
    found = store.newest(db, wanted) if number is None else store.get(db, wanted, number)
    if found is None:
        raise ReleaseUnknown
    return Shown(*found)


def _hold(db: Db, bus: Bus, before: Programme | None, after: Programme, *, now: datetime) -> None:
    """Hold the halls of `after` instead of those of `before`: all of them, or none.

    What stays where it was stays held. All the rest is given back first, so that sessions may take
    each other's halls.
    """
    had = {one.id: _place(one) for one in before.sessions} if before else {}
    has = {one.id: one for one in after.sessions}
    holds = store.holds(db, after.congress.id)
    gone = [which for which in holds if which not in has or _place(has[which]) != had.get(which)]
    for which in sorted(gone):
        ledger.release(db, bus, holds[which])
    kept = holds.keys() - set(gone)
    new = [one for which, one in has.items() if which not in kept]
    made = _take(db, bus, after, new, now=now)
    store.put_holds(db, after.congress.id, gone, made)


def _take(
    db: Db, bus: Bus, after: Programme, new: Sequence[Session], *, now: datetime
) -> dict[SessionId, BookingId]:
    """Hold the halls of new sessions; raises HallsTaken with all of which that cannot be."""
    spaces = {one.placed.hall for one in new if one.placed}
    halls = ledger.resources_of(db, [park_api.space(db, one) for one in sorted(spaces)], now=now)
    holder = Holder(organization=after.congress.organizer)
    made: dict[SessionId, BookingId] = {}
    refused: list[SessionId] = []
    for one in new:
        if one.placed is None:
            continue
        hall = halls[one.placed.hall]
        claim = Claim(hall.id, days.span_at(one.placed, one.minutes), hall.capacity)
        title = (one.title.zh or one.title.en)[:LONGEST_TITLE]
        try:
            taken = ledger.take(
                db, bus, [claim], source=SOURCE, holder=holder, title=title, now=now
            )
        except Taken:
            refused.append(one.id)
        else:
            made[one.id] = taken.id
    if refused:
        raise HallsTaken(refused)
    ledger.show_all_later(db, [one.id for one in halls.values()])
    return made


def _place(session: Session) -> tuple[object, ...]:
    return (session.placed, session.minutes, session.title)
