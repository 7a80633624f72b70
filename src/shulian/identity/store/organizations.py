"""Organizations and who is in them."""

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Row
from sqlalchemy.dialects.postgresql import insert

from shulian.identity.errors import MembershipMissing, OrganizationMissing
from shulian.identity.store import people
from shulian.identity.tables import membership, organization, person
from shulian.identity.types import (
    Belonging,
    Member,
    Membership,
    Organization,
    OrganizationId,
    OrganizationKind,
    PersonId,
    Role,
)
from shulian.kit.db import Db
from shulian.kit.text import Text

_BELONGINGS = (
    sa.select(organization, membership.c.role)
    .join(membership, membership.c.organization == organization.c.id)
    .where(membership.c.person == sa.bindparam("who"))
    .order_by(organization.c.id)
)
"""Put together once: every request of somebody who is known asks for it."""


def put_new(db: Db, new: Organization) -> None:
    """Store another organization."""
    values = {"id": new.id, "kind": new.kind, "created": new.created, **_names(new)}
    db.execute(sa.insert(organization).values(values))


def put(db: Db, changed: Organization) -> None:
    """Store what can change of an organization."""
    here = organization.c.id == changed.id
    db.execute(sa.update(organization).where(here).values(_names(changed)))


def get(db: Db, wanted: OrganizationId, *, lock: bool = False) -> Organization:
    """The organization; its members are kept from other changes until the end if `lock`."""
    query = sa.select(organization).where(organization.c.id == wanted)
    row = db.execute(query.with_for_update() if lock else query).one_or_none()
    if row is None:
        raise OrganizationMissing
    return _organization_of(row)


def list_(db: Db) -> tuple[Organization, ...]:
    """Every organization, in the order of their making."""
    query = sa.select(organization).order_by(organization.c.id)
    return tuple(_organization_of(row) for row in db.execute(query))


def names(db: Db, wanted: Collection[OrganizationId]) -> dict[OrganizationId, Text]:
    """What those organizations are called."""
    query = sa.select(organization).where(organization.c.id.in_(wanted))
    found = (_organization_of(row) for row in db.execute(query))
    return {one.id: one.name for one in found}


def find_of_kind(db: Db, kind: OrganizationKind) -> Organization | None:
    """The first organization of `kind`."""
    query = sa.select(organization).where(organization.c.kind == kind)
    row = db.execute(query.order_by(organization.c.id).limit(1)).one_or_none()
    return _organization_of(row) if row else None


def put_member(db: Db, new: Membership) -> bool:
    """Store a membership; false: there is one already."""
    values = {"person": new.person, "organization": new.organization, "role": new.role}
    statement = insert(membership).values(values).on_conflict_do_nothing()
    return db.execute(statement.returning(membership.c.person)).one_or_none() is not None


def put_role(db: Db, changed: Membership) -> None:
    """Store another role."""
    statement = sa.update(membership).where(*_is(changed.organization, changed.person))
    db.execute(statement.values(role=changed.role))


def drop_member(db: Db, gone: Membership) -> None:
    """Forget a membership."""
    db.execute(sa.delete(membership).where(*_is(gone.organization, gone.person)))


def get_membership(db: Db, wanted: OrganizationId, who: PersonId) -> Membership:
    """The membership of a person in an organization; raises MembershipMissing."""
    row = db.execute(sa.select(membership).where(*_is(wanted, who))).one_or_none()
    if row is None:
        raise MembershipMissing
    return Membership(who, wanted, Role(row.role))


def members(db: Db, wanted: OrganizationId) -> tuple[Member, ...]:
    """Everyone in an organization, by e-mail address."""
    query = (
        sa.select(person, membership.c.role)
        .join(membership, membership.c.person == person.c.id)
        .where(membership.c.organization == wanted)
        .order_by(person.c.email)
    )
    return tuple(Member(people.person_of(row), Role(row.role)) for row in db.execute(query))


def belongings(db: Db, who: PersonId) -> tuple[Belonging, ...]:
    """The organizations a person is in, in the order of their making."""
    return tuple(
        Belonging(_organization_of(row), Role(row.role))
        for row in db.execute(_BELONGINGS, {"who": who})
    )


def _is(where: OrganizationId, who: PersonId) -> tuple[sa.ColumnElement[bool], ...]:
    return (membership.c.organization == where, membership.c.person == who)


def _names(one: Organization) -> dict[str, str]:
    return {"name_zh": one.name.zh, "name_en": one.name.en}


def _organization_of(row: Row[Any]) -> Organization:
    return Organization(
        id=OrganizationId(row.id),
        name=Text(row.name_zh, row.name_en),
        kind=OrganizationKind(row.kind),
        created=row.created,
    )
