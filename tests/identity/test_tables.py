"""The tables are what the migration makes, and all of them are made for a query."""

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from shulian.identity import tables
from shulian.kit.db import Db, metadata

OURS = tuple(name for name in metadata.tables if name.startswith("identity_"))


def test_the_migration_makes_the_tables(db: Db) -> None:
    def ours(_: object, name: str | None, kind: str, *__: object) -> bool:
        return kind != "table" or name in OURS

    context = MigrationContext.configure(db, opts={"include_object": ours})

    assert compare_metadata(context, metadata) == []


def test_all_of_them_begin_with_the_feature_s_name() -> None:
    named = {one.name for one in vars(tables).values() if isinstance(one, sa.Table)}

    assert named == set(OURS)


@pytest.mark.parametrize("table", OURS)
def test_columns_that_refer_are_indexed(db: Db, table: str) -> None:
    looked = sa.inspect(db)
    indexed = {one["column_names"][0] for one in looked.get_indexes(table)}
    indexed.add(looked.get_pk_constraint(table)["constrained_columns"][0])

    referring = {one["constrained_columns"][0] for one in looked.get_foreign_keys(table)}
    assert referring <= indexed
