"""The tables are what the migration makes, and a release never changes."""

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy.exc import DBAPIError
from tests.congress.gatherings import NOW, Gathering

from shulian.congress import api, tables
from shulian.kit.db import Db, metadata

OURS = tuple(name for name in metadata.tables if name.startswith("congress_"))


def test_the_migration_makes_the_tables(db: Db) -> None:
    def ours(_: object, name: str | None, kind: str, *__: object) -> bool:
        return kind != "table" or name in OURS

    context = MigrationContext.configure(db, opts={"include_object": ours})

    assert compare_metadata(context, metadata) == []


def test_all_of_them_begin_with_the_feature_s_name() -> None:
    named = {one.name for one in vars(tables).values() if isinstance(one, sa.Table)}

    assert named == set(OURS)


@pytest.mark.parametrize(
    "statement",
    [
        "update congress_release set name = 'another'",
        "delete from congress_release",
        "truncate congress_release cascade",
    ],
)
def test_a_release_never_changes(gathering: Gathering, statement: str) -> None:
    made = gathering
    api.release(made.db, made.bus, made.planner, made.congress, name="v1", now=NOW)

    with pytest.raises(DBAPIError, match="a release never changes"), made.db.begin_nested():
        made.db.execute(sa.text(statement))

    assert [one.name for one in api.releases(made.db, made.planner, made.congress)] == ["v1"]
