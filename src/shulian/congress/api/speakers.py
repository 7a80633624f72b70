"""Speakers: who they are, when they can be there."""

from dataclasses import replace
from datetime import datetime

from shulian.congress.api.congresses import subject, touch
from shulian.congress.api.forums import locked_draft
from shulian.congress.api.rights import edits, has_part, planned
from shulian.congress.errors import CongressUnknown, DraftMoved, GuidTaken, InUse, SpeakerUnknown
from shulian.congress.rules import entries
from shulian.congress.store import speakers as store
from shulian.congress.types import EDIT, CongressId, Programme, Speaker, SpeakerId
from shulian.identity.api import record
from shulian.identity.types import Actor
from shulian.kit.bus import Bus
from shulian.kit.db import Db
from shulian.kit.errors import Refused


def add_speaker(
    db: Db, bus: Bus, actor: Actor, wanted: CongressId, new: Speaker, *, now: datetime
) -> Speaker:
    """Have one more speaker; for all who have part in the congress. Raises Invalid, GuidTaken."""
    draft = locked_draft(db, wanted)
    if not has_part(actor, draft):
        planned(db, actor, wanted)
        raise CongressUnknown
    speaker = _checked(replace(new, version=0))
    if speaker.id in {one.id for one in draft.speakers}:
        raise GuidTaken(guid=str(speaker.id))
    store.put(db, wanted, speaker)
    record(db, actor, "congress.add_speaker", subject(wanted), None, speaker, now=now)
    touch(db, bus, wanted, by=actor.name)
    return speaker


def change_speaker(db: Db, bus: Bus, actor: Actor, new: Speaker, *, now: datetime) -> Speaker:
    """Have a speaker be `new`, if they still are of the version of `new`.

    Raises SpeakerUnknown, Refused, DraftMoved, Invalid.
    """
    draft = locked_draft(db, store.congress_of(db, new.id))
    before = _demand(actor, draft, new.id)
    if new.version != before.version:
        raise DraftMoved(before)
    after = _checked(new)
    if after == before:
        return before
    after = replace(after, version=before.version + 1)
    store.put(db, draft.congress.id, after)
    of = subject(draft.congress.id)
    record(db, actor, "congress.change_speaker", of, before, after, now=now)
    touch(db, bus, draft.congress.id, by=actor.name)
    return after


def drop_speaker(db: Db, bus: Bus, actor: Actor, wanted: SpeakerId, *, now: datetime) -> None:
    """Have a speaker no more; raises InUse as long as they speak somewhere."""
    draft = locked_draft(db, store.congress_of(db, wanted))
    before = _demand(actor, draft, wanted)
    if count := store.count_sessions(db, wanted):
        raise InUse(count=count)
    store.drop(db, wanted)
    record(db, actor, "congress.drop_speaker", subject(draft.congress.id), before, None, now=now)
    touch(db, bus, draft.congress.id, by=actor.name)


def _demand(actor: Actor, draft: Programme, wanted: SpeakerId) -> Speaker:
    """A speaker whom the actor may change: who speaks in no forum of others.

    Raises SpeakerUnknown, LoginNeeded and Refused.
    """
    found = next((one for one in draft.speakers if one.id == wanted), None)
    if found is None or not has_part(actor, draft):
        raise SpeakerUnknown
    forums = {one.forum for one in draft.sessions if wanted in one.everyone}
    theirs = {one.id for one in draft.forums if edits(actor, draft.congress, one)}
    if not forums <= theirs:
        actor.demand_person()
        raise Refused(permission=EDIT)
    return found


def _checked(new: Speaker) -> Speaker:
    speaker = replace(
        new,
        name=entries.tidy(new.name),
        title=entries.tidy(new.title),
        about=entries.tidy(new.about),
    )
    entries.demand(entries.speaker_faults(speaker))
    return speaker
