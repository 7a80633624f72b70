"""Organizations and who is in them."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from litestar import Response, get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body

from shulian.identity import api
from shulian.identity.routes.forms import NO_REFUSAL, Refusal, page, refusal, see
from shulian.identity.rules.memberships import ROLES
from shulian.identity.types import ADMINISTER, Actor, OrganizationId, OrganizationKind, PersonId
from shulian.identity.wire import NewMember, NewRole, OrganizationForm
from shulian.kit.bus import Bus
from shulian.kit.db import Db
from shulian.kit.errors import Failure
from shulian.kit.http.edge import AnyRequest
from shulian.kit.text import Text

_Form = Body(media_type=RequestEncodingType.URL_ENCODED)


@get("/organizations", include_in_schema=False, sync_to_thread=True)
def organizations_page(request: AnyRequest, db: Db, actor: Actor) -> Response[Any]:
    """The organizations one may see."""
    return _list_page(request, db, actor)


@post("/organizations", include_in_schema=False, sync_to_thread=True)
def create_organization(
    request: AnyRequest,
    data: Annotated[OrganizationForm, _Form],
    db: Db,
    bus: Bus,
    actor: Actor,
    now: datetime,
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
    request: AnyRequest, organization: UUID, db: Db, actor: Actor
) -> Response[Any]:
    """One organization and its members."""
    return _page(request, db, actor, OrganizationId(organization))


@post("/organizations/{organization:uuid}", include_in_schema=False, sync_to_thread=True)
def rename_organization(
    request: AnyRequest,
    organization: UUID,
    data: Annotated[OrganizationForm, _Form],
    db: Db,
    bus: Bus,
    actor: Actor,
    now: datetime,
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
    organization: UUID,
    data: Annotated[NewMember, _Form],
    db: Db,
    bus: Bus,
    actor: Actor,
    now: datetime,
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
    organization: UUID,
    person: UUID,
    data: Annotated[NewRole, _Form],
    db: Db,
    bus: Bus,
    actor: Actor,
    now: datetime,
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
    organization: UUID,
    person: UUID,
    db: Db,
    bus: Bus,
    actor: Actor,
    now: datetime,
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
