"""The accounts to which bank transfers go, one of each organizer."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from shulian.identity.types import OrganizationId
from shulian.kit.db import Db
from shulian.ticketing import tables
from shulian.ticketing.types import Payee

_p = tables.payee.c


def find(db: Db, organizer: OrganizationId) -> Payee | None:
    """The account of an organizer, if it has named one."""
    query = sa.select(_p.name, _p.bank, _p.account).where(_p.organization == organizer)
    row = db.execute(query).one_or_none()
    return Payee(row.name, row.bank, row.account) if row else None


def put(db: Db, organizer: OrganizationId, payee: Payee) -> None:
    """Keep the account of an organizer, whatever it was before."""
    values = {"name": payee.name, "bank": payee.bank, "account": payee.account}
    statement = insert(tables.payee).values(organization=organizer, **values)
    db.execute(statement.on_conflict_do_update(index_elements=["organization"], set_=values))


def drop(db: Db, organizer: OrganizationId) -> None:
    """Forget the account of an organizer."""
    db.execute(sa.delete(tables.payee).where(_p.organization == organizer))
