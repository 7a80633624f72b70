"""The avatar of each person."""

from dataclasses import astuple

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from shulian.identity.types import PersonId
from shulian.kit.db import Db
from shulian.world import tables
from shulian.world.types import Look

_l = tables.look.c


def find(db: Db, person: PersonId) -> Look | None:
    """What the avatar of `person` looks like, if they have chosen it."""
    parts = db.execute(sa.select(_l.parts).where(_l.person == person)).scalar_one_or_none()
    return Look(*parts) if parts is not None else None


def put(db: Db, person: PersonId, look: Look) -> None:
    """Keep what the avatar of `person` looks like."""
    parts = bytes(astuple(look))
    statement = insert(tables.look).values(person=person, parts=parts)
    db.execute(statement.on_conflict_do_update(index_elements=["person"], set_={"parts": parts}))
