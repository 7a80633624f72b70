"""Calls about organizations and who is in them."""

from datetime import datetime
from uuid import UUID

from litestar import delete, get, patch, post, put

from shulian.identity import api
from shulian.identity.types import Actor, OrganizationId, PersonId
from shulian.identity.wire import (
    MembershipView,
    MemberView,
    NewMember,
    NewName,
    NewOrganization,
    NewRole,
    OrganizationView,
    member_view,
    membership_view,
    organization_view,
)
from shulian.kit.bus import Bus
from shulian.kit.db import Db


@get("/api/organizations", sync_to_thread=True)
def list_organizations(db: Db, actor: Actor) -> list[OrganizationView]:
    """The organizations the asker may see."""
    return [organization_view(one) for one in api.organizations(db, actor)]


@post("/api/organizations", sync_to_thread=True)
def create_organization(
    data: NewOrganization, db: Db, bus: Bus, actor: Actor, now: datetime
) -> OrganizationView:
    """Make an organization."""
    new = api.create_organization(db, bus, actor, name=data.name, kind=data.kind, now=now)
    return organization_view(new)


@get("/api/organizations/{organization:uuid}", sync_to_thread=True)
def get_organization(organization: UUID, db: Db, actor: Actor) -> OrganizationView:
    """One organization."""
    return organization_view(api.organization(db, actor, OrganizationId(organization)))


@patch("/api/organizations/{organization:uuid}", sync_to_thread=True)
def rename_organization(
    organization: UUID, data: NewName, db: Db, bus: Bus, actor: Actor, now: datetime
) -> OrganizationView:
    """Give an organization another name."""
    where = OrganizationId(organization)
    after = api.rename_organization(db, bus, actor, where, name=data.name, now=now)
    return organization_view(after)


@get("/api/organizations/{organization:uuid}/members", sync_to_thread=True)
def list_members(organization: UUID, db: Db, actor: Actor) -> list[MemberView]:
    """Who is in an organization, by e-mail address."""
    return [member_view(one) for one in api.members(db, actor, OrganizationId(organization))]


@post("/api/organizations/{organization:uuid}/members", sync_to_thread=True)
def add_member(
    organization: UUID, data: NewMember, db: Db, bus: Bus, actor: Actor, now: datetime
) -> MembershipView:
    """Make somebody a member."""
    where = OrganizationId(organization)
    new = api.add_member(db, bus, actor, where, email=data.email, role=data.role, now=now)
    return membership_view(new)


@put("/api/organizations/{organization:uuid}/members/{person:uuid}", sync_to_thread=True)
def change_role(
    organization: UUID,
    person: UUID,
    data: NewRole,
    db: Db,
    bus: Bus,
    actor: Actor,
    now: datetime,
) -> MembershipView:
    """Give a member another role."""
    where, who = OrganizationId(organization), PersonId(person)
    after = api.change_role(db, bus, actor, where, who, role=data.role, now=now)
    return membership_view(after)


@delete("/api/organizations/{organization:uuid}/members/{person:uuid}", sync_to_thread=True)
def remove_member(
    organization: UUID, person: UUID, db: Db, bus: Bus, actor: Actor, now: datetime
) -> None:
    """End a membership, one's own as well."""
    where, who = OrganizationId(organization), PersonId(person)
    api.remove_member(db, bus, actor, where, who, now=now)


ROUTES = (
    list_organizations,
    create_organization,
    get_organization,
    rename_organization,
    list_members,
    add_member,
    change_role,
    remove_member,
)
