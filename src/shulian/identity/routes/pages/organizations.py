"""Organizations and who is in them."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath, URLEncodedBody

from shulian.identity import api
from shulian.identity.routes.actors import RequestActor
from shulian.identity.routes.forms import NO_REFUSAL, Refusal, page, refusal, see
from shulian.identity.rules.memberships import ROLES
from shulian.identity.types import ADMINISTER, Actor, OrganizationId, OrganizationKind, PersonId
from shulian.identity.wire import NewMember, NewRole, OrganizationForm
from shulian.kit.db import Db
from shulian.kit.errors import Failure
from shulian.kit.http.edge import AnyRequest, RequestBus, RequestDb, RequestNow
from shulian.kit.text import Text


@get("/organizations", include_in_schema=False, sync_to_thread=True)
def organizations_page(request: AnyRequest, db: RequestDb, actor: RequestActor) -> Response[Any]:
    """The organizations one may see."""
    return _list_page(request, db, actor)


@post("/organizations", include_in_schema=False, sync_to_thread=True)
def create_organization(
    request: AnyRequest,
    data: URLEncodedBody[OrganizationForm],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> Response[Any]:
    """Make an organization and go to its page."""
    try:
        with db.begin_nested():
            name = Text(data.zh, data.en)
            new = api.create_organization(db, bus, actor, name=name, kind=data.kind, now=now)
    except Failure as failure:
        refused = refusal(request, failure, form="create", zh=data.zh, en=data.en, kind=data.kind)
        return _list_page(request, db, actor, refused)
    return see(f"/organizations/{new.id}")


@get("/organizations/{organization:uuid}", include_in_schema=False, sync_to_thread=True)
def organization_page(
    request: AnyRequest, organization: FromPath[UUID], db: RequestDb, actor: RequestActor
) -> Response[Any]:
    """One organization and its members."""
    return _page(request, db, actor, OrganizationId(organization))


@post("/organizations/{organization:uuid}", include_in_schema=False, sync_to_thread=True)
def rename_organization(
    request: AnyRequest,
    organization: FromPath[UUID],
    data: URLEncodedBody[OrganizationForm],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> Response[Any]:
    """Give an organization another name."""
    where = OrganizationId(organization)
    try:
        with db.begin_nested():
            name = Text(data.zh, data.en)
            api.rename_organization(db, bus, actor, where, name=name, now=now)
    except Failure as failure:
        refused = refusal(request, failure, form="rename", zh=data.zh, en=data.en)
        return _page(request, db, actor, where, refused)
    return see(f"/organizations/{organization}")


@post("/organizations/{organization:uuid}/members", include_in_schema=False, sync_to_thread=True)
def add_member(
    request: AnyRequest,
    organization: FromPath[UUID],
    data: URLEncodedBody[NewMember],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> Response[Any]:
    """Make somebody a member."""
    where = OrganizationId(organization)
    try:
        with db.begin_nested():
            api.add_member(db, bus, actor, where, email=data.email, role=data.role, now=now)
    except Failure as failure:
        refused = refusal(request, failure, form="member", email=data.email, role=data.role)
        return _page(request, db, actor, where, refused)
    return see(f"/organizations/{organization}")


@post(
    "/organizations/{organization:uuid}/members/{person:uuid}",
    include_in_schema=False,
    sync_to_thread=True,
)
def change_role(
    request: AnyRequest,
    organization: FromPath[UUID],
    person: FromPath[UUID],
    data: URLEncodedBody[NewRole],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> Response[Any]:
    """Give a member another role."""
    where = OrganizationId(organization)
    try:
        with db.begin_nested():
            api.change_role(db, bus, actor, where, PersonId(person), role=data.role, now=now)
    except Failure as failure:
        return _page(request, db, actor, where, refusal(request, failure, form="members"))
    return see(f"/organizations/{organization}")


@post(
    "/organizations/{organization:uuid}/members/{person:uuid}/remove",
    include_in_schema=False,
    sync_to_thread=True,
)
def remove_member(
    request: AnyRequest,
    organization: FromPath[UUID],
    person: FromPath[UUID],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> Response[Any]:
    """End a membership, one's own as well."""
    where = OrganizationId(organization)
    try:
        with db.begin_nested():
            api.remove_member(db, bus, actor, where, PersonId(person), now=now)
    except Failure as failure:
        return _page(request, db, actor, where, refusal(request, failure, form="members"))
    return see("/organizations" if person == actor.person else f"/organizations/{organization}")


def _list_page(
    request: AnyRequest, db: Db, actor: Actor, refused: Refusal = NO_REFUSAL
) -> Response[str]:
    return page(
        request,
        "identity/organizations.html",
        actor=actor,
        refused=refused,
        organizations=api.organizations(db, actor),
        kinds=tuple(OrganizationKind),
    )


def _page(
    request: AnyRequest,
    db: Db,
    actor: Actor,
    where: OrganizationId,
    refused: Refusal = NO_REFUSAL,
) -> Response[str]:
    organization = api.organization(db, actor, where)
    return page(
        request,
        "identity/organization.html",
        actor=actor,
        refused=refused,
        organization=organization,
        members=api.members(db, actor, where),
        roles=ROLES[organization.kind],
        administers=actor.may(ADMINISTER, where),
    )


ROUTES = (
    organizations_page,
    create_organization,
    organization_page,
    rename_organization,
    add_member,
    change_role,
    remove_member,
)
