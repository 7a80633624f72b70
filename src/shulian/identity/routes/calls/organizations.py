"""Calls about organizations and who is in them."""

from uuid import UUID

from litestar import delete, get, patch, post, put
from litestar.params import FromPath, JSONBody

from shulian.identity import api
from shulian.identity.routes.actors import RequestActor
from shulian.identity.types import OrganizationId, PersonId
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
from shulian.kit.http.edge import RequestBus, RequestDb, RequestNow


@get("/api/organizations", sync_to_thread=True)
def list_organizations(db: RequestDb, actor: RequestActor) -> list[OrganizationView]:
    """The organizations the asker may see."""
    return [organization_view(one) for one in api.organizations(db, actor)]


@post("/api/organizations", sync_to_thread=True)
def create_organization(
    data: JSONBody[NewOrganization],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> OrganizationView:
    """Make an organization."""
    new = api.create_organization(db, bus, actor, name=data.name, kind=data.kind, now=now)
    return organization_view(new)


@get("/api/organizations/{organization:uuid}", sync_to_thread=True)
def get_organization(
    organization: FromPath[UUID], db: RequestDb, actor: RequestActor
) -> OrganizationView:
    """One organization."""
    return organization_view(api.organization(db, actor, OrganizationId(organization)))


@patch("/api/organizations/{organization:uuid}", sync_to_thread=True)
def rename_organization(
    organization: FromPath[UUID],
    data: JSONBody[NewName],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> OrganizationView:
    """Give an organization another name."""
    where = OrganizationId(organization)
    after = api.rename_organization(db, bus, actor, where, name=data.name, now=now)
    return organization_view(after)


@get("/api/organizations/{organization:uuid}/members", sync_to_thread=True)
def list_members(
    organization: FromPath[UUID], db: RequestDb, actor: RequestActor
) -> list[MemberView]:
    """Who is in an organization, by e-mail address."""
    return [member_view(one) for one in api.members(db, actor, OrganizationId(organization))]


@post("/api/organizations/{organization:uuid}/members", sync_to_thread=True)
def add_member(
    organization: FromPath[UUID],
    data: JSONBody[NewMember],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> MembershipView:
    """Make somebody a member."""
    where = OrganizationId(organization)
    new = api.add_member(db, bus, actor, where, email=data.email, role=data.role, now=now)
    return membership_view(new)


@put("/api/organizations/{organization:uuid}/members/{person:uuid}", sync_to_thread=True)
def change_role(
    organization: FromPath[UUID],
    person: FromPath[UUID],
    data: JSONBody[NewRole],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> MembershipView:
    """Give a member another role."""
    where, who = OrganizationId(organization), PersonId(person)
    after = api.change_role(db, bus, actor, where, who, role=data.role, now=now)
    return membership_view(after)


@delete("/api/organizations/{organization:uuid}/members/{person:uuid}", sync_to_thread=True)
def remove_member(
    organization: FromPath[UUID],
    person: FromPath[UUID],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
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
