"""How far long work has come: one row a piece of work, told to every browser that watches it."""

from datetime import datetime

import msgspec
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from shulian.kit.db import Db, metadata
from shulian.kit.live import announce

TOPIC = "progress"

progress_table = sa.Table(
    "kit_progress",
    metadata,
    sa.Column("work", sa.Text, primary_key=True),
    sa.Column("stage", sa.Text, nullable=False),
    sa.Column("done", sa.Integer, nullable=False),
    sa.Column("total", sa.Integer, nullable=False),
    sa.Column("failure", sa.Text),
    sa.Column("at", sa.DateTime(timezone=True), nullable=False),
)


class Progress(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where a piece of work stands."""

    work: str
    """What is being done, such as `park.tiles/shulian`."""
    stage: str
    """Key of the catalogue that says what happens now."""
    done: int
    total: int
    failure: str | None = None
    """The code of what stopped it."""

    @property
    def running(self) -> bool:
        """Whether it still goes on."""
        return self.failure is None and self.done < self.total


def report(db: Db, progress: Progress, *, now: datetime) -> None:
    """Keep `progress` and tell who watches."""
    row = {**msgspec.structs.asdict(progress), "at": now}
    statement = insert(progress_table).values(row)
    db.execute(statement.on_conflict_do_update(index_elements=["work"], set_=row))
    announce(db, TOPIC, "progress", progress)


def find(db: Db, work: str) -> Progress | None:
    """Where `work` stands, if anyone ever reported on it."""
    row = db.execute(sa.select(progress_table).where(progress_table.c.work == work)).one_or_none()
    if row is None:
        return None
    return Progress(row.work, row.stage, row.done, row.total, row.failure)
