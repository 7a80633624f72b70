"""Files that people look at before they come into a draft."""

from datetime import datetime

import sqlalchemy as sa

from shulian.congress import tables
from shulian.congress.types import CongressId, Upload, UploadId
from shulian.identity.types import PersonId
from shulian.kit.db import Db

_u = tables.upload.c


def put(db: Db, new: Upload) -> None:
    """Keep a file instead of the one that the same person looked at before."""
    own = (_u.congress == new.congress) & (_u.person == new.by)
    db.execute(sa.delete(tables.upload).where(own))
    db.execute(
        sa.insert(tables.upload).values(
            id=new.id,
            congress=new.congress,
            person=new.by,
            at=new.at,
            name=new.name,
            parcel=new.parcel,
        )
    )


def find(db: Db, wanted: UploadId) -> Upload | None:
    """A file, if it is kept."""
    row = db.execute(sa.select(tables.upload).where(_u.id == wanted)).one_or_none()
    if row is None:
        return None
    return Upload(
        UploadId(row.id),
        CongressId(row.congress),
        PersonId(row.person),
        row.at,
        row.name,
        bytes(row.parcel),
    )


def drop(db: Db, wanted: UploadId) -> None:
    """Forget a file."""
    db.execute(sa.delete(tables.upload).where(_u.id == wanted))


def drop_old(db: Db, *, before: datetime) -> None:
    """Forget the files that nobody came back for."""
    db.execute(sa.delete(tables.upload).where(_u.at < before))
