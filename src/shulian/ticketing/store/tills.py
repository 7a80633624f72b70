"""The books of the test provider."""

from dataclasses import dataclass

import sqlalchemy as sa

from shulian.kit.db import Db
from shulian.ticketing import tables
from shulian.ticketing.types import Fen

_t = tables.till.c


@dataclass(frozen=True, slots=True)
class Till:
    """What the test provider knows of a payment."""

    reference: str
    amount: Fen
    state: str = "open"
    """`open`, `paid` or `declined`."""
    back: Fen = Fen(0)  # noqa: RUF009  # frozen
    """What it has given back of it."""


def put_new(db: Db, till: Till) -> None:
    """Keep a new one."""
    values = {
        "reference": till.reference,
        "amount": till.amount,
        "state": till.state,
        "back": till.back,
    }
    db.execute(sa.insert(tables.till).values(values))


def put(db: Db, till: Till) -> None:
    """Keep a changed one."""
    statement = sa.update(tables.till).where(_t.reference == till.reference)
    db.execute(statement.values(state=till.state, back=till.back))


def find(db: Db, reference: str, *, lock: bool = False) -> Till | None:
    """What is known of a payment, for nobody else to change meanwhile if `lock`."""
    query = sa.select(tables.till).where(_t.reference == reference)
    row = db.execute(query.with_for_update() if lock else query).one_or_none()
    return Till(row.reference, Fen(row.amount), row.state, Fen(row.back)) if row else None
