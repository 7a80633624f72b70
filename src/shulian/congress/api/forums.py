"""Forums: who gives them, what they are about."""

from dataclasses import replace
from datetime import datetime

from shulian.congress.api.congresses import subject, touch
from shulian.congress.api.drafts import whole
from shulian.congress.api.rights import demand_edit, planned, plans
from shulian.congress.errors import (
    CodeTaken,
    DraftMoved,
    ForumUnknown,
    GuidTaken,
    InUse,
    ThemeUnknown,
)
from shulian.congress.rules import entries
from shulian.congress.store import congresses, sessions
from shulian.congress.store import forums as store
from shulian.congress.types import CongressId, Forum, ForumId, Programme
from shulian.identity.api import organization_names, record
from shulian.identity.errors import OrganizationMissing
from shulian.identity.types import Actor
from shulian.kit.bus import Bus
from shulian.kit.db import Db


def add_forum(
    db: Db, bus: Bus, actor: Actor, wanted: CongressId, new: Forum, *, now: datetime
) -> Forum:
    """Have one more forum; for those who make the congress.

    Raises Invalid, ThemeUnknown, OrganizationMissing, CodeTaken, GuidTaken.
    """
    there = planned(db, actor, wanted, locked=True)
    draft = whole(db, there)
    forum = _checked(db, draft, replace(new, version=0))
    if forum.id in {one.id for one in draft.forums}:
        raise GuidTaken(guid=str(forum.id))
    store.put(db, wanted, forum)
    record(db, actor, "congress.add_forum", subject(wanted), None, forum, now=now)
    touch(db, bus, wanted, by=actor.name)
    return forum


def change_forum(db: Db, bus: Bus, actor: Actor, new: Forum, *, now: datetime) -> Forum:
    """Have a forum be `new`, if it still is of the version of `new`.

    Its code and whose it is are changed by those who make the congress. Raises ForumUnknown,
    Refused, DraftMoved, Invalid, ThemeUnknown, OrganizationMissing, CodeTaken.
    """
    draft = locked_draft(db, store.congress_of(db, new.id))
    before = demand_edit(actor, draft, new.id)
    if new.version != before.version:
        raise DraftMoved(before)
    if not plans(actor, draft.congress):
        new = replace(new, code=before.code, organization=before.organization)
    after = _checked(db, draft, new)
    if after == before:
        return before
    after = replace(after, version=before.version + 1)
    store.put(db, draft.congress.id, after)
    of = subject(draft.congress.id)
    record(db, actor, "congress.change_forum", of, before, after, now=now)
    touch(db, bus, draft.congress.id, by=actor.name)
    return after


def drop_forum(db: Db, bus: Bus, actor: Actor, wanted: ForumId, *, now: datetime) -> None:
    """Have a forum no more; raises InUse as long as it has sessions."""
    there = planned(db, actor, store.congress_of(db, wanted), locked=True)
    before = next((one for one in store.list_(db, there.id) if one.id == wanted), None)
    if before is None:
        raise ForumUnknown
    if count := sessions.count_of_forum(db, wanted):
        raise InUse(count=count)
    store.drop(db, wanted)
    record(db, actor, "congress.drop_forum", subject(there.id), before, None, now=now)
    touch(db, bus, there.id, by=actor.name)


def locked_draft(db: Db, wanted: CongressId) -> Programme:
    """A draft that nobody else changes until the transaction ends."""
    return whole(db, congresses.lock(db, wanted))


def _checked(db: Db, draft: Programme, new: Forum) -> Forum:
    forum = replace(
        new,
        title=entries.tidy(new.title),
        about=entries.tidy(new.about),
        code=new.code.strip(),
        credits=tuple(replace(one, name=entries.tidy(one.name)) for one in new.credits),
    )
    entries.demand(entries.forum_faults(forum))
    if forum.theme is not None and forum.theme not in {one.id for one in draft.themes}:
        raise ThemeUnknown
    named = {forum.organization, *(one.organization for one in forum.credits)} - {None}
    if len(organization_names(db, [one for one in named if one])) < len(named):
        raise OrganizationMissing
    if store.code_is_taken(db, draft.congress.id, forum):
        raise CodeTaken(name=forum.code)
    return forum
