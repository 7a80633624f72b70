"""Organizations and who is what in them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from shulian.identity.api.audit import record
from shulian.identity.errors import MemberAlready, OrganizationMissing
from shulian.identity.events import (
    MemberAdded,
    MemberRemoved,
    OrganizationCreated,
    OrganizationRenamed,
    RoleChanged,
)
from shulian.identity.rules import entries, memberships
from shulian.identity.store import organizations as store
from shulian.identity.store import people
from shulian.identity.types import (
    ADMINISTER,
    READ,
    Actor,
    Member,
    Membership,
    Organization,
    OrganizationId,
    OrganizationKind,
    PersonId,
    Role,
    Subject,
)
from shulian.kit.bus import Bus
from shulian.kit.db import Db
from shulian.kit.errors import Invalid
from shulian.kit.ids import new_id
from shulian.kit.text import Text


@dataclass(frozen=True, slots=True)
class _Entry:
    """A membership as the audit log tells it."""

    person: PersonId
    name: str
    role: Role


def organizations(db: Db, actor: Actor) -> tuple[Organization, ...]:
    """All organizations for who may see them, else those the actor is a member of."""
    if actor.may(READ):
        return store.list_(db)
    actor.demand_person()
    return tuple(one.organization for one in actor.belongings)


def organization(db: Db, actor: Actor, wanted: OrganizationId) -> Organization:
    """One organization; to strangers without the permission to see it, it is not there."""
    if not actor.may(READ):
        actor.demand_person()
        if wanted not in {one.organization.id for one in actor.belongings}:
            raise OrganizationMissing
    return store.get(db, wanted)


def organization_names(db: Db, wanted: Collection[OrganizationId]) -> Mapping[OrganizationId, Text]:
    """What organizations are called: for the features above, which know who may ask."""
    return store.names(db, wanted)


def members(db: Db, actor: Actor, wanted: OrganizationId) -> tuple[Member, ...]:
    """Who is in an organization that the actor may see, by e-mail address."""
    return store.members(db, organization(db, actor, wanted).id)


def create_organization(
    db: Db, bus: Bus, actor: Actor, *, name: Text, kind: OrganizationKind, now: datetime
) -> Organization:
    """Make an organization, which has no members yet."""
    actor.demand(ADMINISTER)
    new = Organization(OrganizationId(new_id(now)), _tidy(name), kind, now)
    entries.demand(_faults(new.name))
    store.put_new(db, new)
    record(db, actor, "identity.create_organization", _subject(new.id), None, new, now=now)
    bus.publish(OrganizationCreated(new))
    return new


def rename_organization(
    db: Db, bus: Bus, actor: Actor, wanted: OrganizationId, *, name: Text, now: datetime
) -> Organization:
    """Give an organization another name."""
    before = _administered(db, actor, wanted)
    after = replace(before, name=_tidy(name))
    entries.demand(_faults(after.name))
    if after != before:
        store.put(db, after)
        subject = _subject(wanted)
        record(db, actor, "identity.rename_organization", subject, before, after, now=now)
        bus.publish(OrganizationRenamed(before, after))
    return after


def add_member(
    db: Db,
    bus: Bus,
    actor: Actor,
    wanted: OrganizationId,
    *,
    email: str,
    role: Role,
    now: datetime,
) -> Membership:
    """Make the person with the account `email` a member.

    Raises Invalid where there is no such account or no such role, MemberAlready.
    """
    where = _administered(db, actor, wanted)
    tidy = entries.tidy_email(email)
    fault = entries.email_fault(tidy)
    entries.demand({"email": fault, "role": memberships.role_fault(where.kind, role)})
    account = people.find_account(db, tidy)
    if account is None:
        raise Invalid(fields={"email": "identity.person_unknown"})
    new = Membership(account.person.id, wanted, role)
    if not store.put_member(db, new):
        raise MemberAlready
    after = _Entry(new.person, account.person.name, role)
    record(db, actor, "identity.add_member", _subject(wanted), None, after, now=now)
    bus.publish(MemberAdded(new))
    return new


def change_role(
    db: Db,
    bus: Bus,
    actor: Actor,
    wanted: OrganizationId,
    person: PersonId,
    *,
    role: Role,
    now: datetime,
) -> Membership:
    """Give a member another role; raises LastAdministrator, MembershipMissing, Invalid."""
    where = _administered(db, actor, wanted)
    before = store.get_membership(db, wanted, person)
    after = replace(before, role=role)
    entries.demand({"role": memberships.role_fault(where.kind, role)})
    if after == before:
        return before
    if before.role is Role.ADMINISTRATOR:
        memberships.keep_an_administrator(store.members(db, wanted), person)
    store.put_role(db, after)
    name = people.get(db, person).name
    old, new = _Entry(person, name, before.role), _Entry(person, name, after.role)
    record(db, actor, "identity.change_role", _subject(wanted), old, new, now=now)
    bus.publish(RoleChanged(before, after))
    return after


def remove_member(
    db: Db,
    bus: Bus,
    actor: Actor,
    wanted: OrganizationId,
    person: PersonId,
    *,
    now: datetime,
) -> None:
    """End a membership; one's own needs no permission. Raises LastAdministrator."""
    if actor.person is None or person != actor.person:
        actor.demand(ADMINISTER, wanted)
    store.get(db, wanted, lock=True)
    gone = store.get_membership(db, wanted, person)
    if gone.role is Role.ADMINISTRATOR:
        memberships.keep_an_administrator(store.members(db, wanted), person)
    store.drop_member(db, gone)
    before = _Entry(person, people.get(db, person).name, gone.role)
    record(db, actor, "identity.remove_member", _subject(wanted), before, None, now=now)
    bus.publish(MemberRemoved(gone))


def _administered(db: Db, actor: Actor, wanted: OrganizationId) -> Organization:
    """The organization, locked, if the actor may change who is in it."""
    actor.demand(ADMINISTER, wanted)
    return store.get(db, wanted, lock=True)


def _tidy(name: Text) -> Text:
    return Text(entries.tidy_name(name.zh), entries.tidy_name(name.en))


def _faults(name: Text) -> dict[str, str | None]:
    if not name:
        return {"zh": "identity.name_missing"}
    return {
        side: entries.name_fault(words) if words else None
        for side, words in (("zh", name.zh), ("en", name.en))
    }


def _subject(wanted: OrganizationId) -> Subject:
    return Subject("organization", str(wanted))
