"""The migrations of every feature together make the tables that the features describe."""

from importlib import import_module
from pathlib import Path

import sqlalchemy as sa

import shulian
from shulian.kit.db import Database, metadata

for path in Path(shulian.__path__[0]).glob("*/tables.py"):
    import_module(f"shulian.{path.parent.name}.tables")


def test_the_migrated_database_has_the_tables_that_the_code_describes(database: Database) -> None:
    with database.transaction() as db:
        inspector = sa.inspect(db)
        found = {
            table: {column["name"]: column["nullable"] for column in inspector.get_columns(table)}
            for table in inspector.get_table_names()
            if not table.startswith(("procrastinate", "alembic"))
        }

    assert found == {
        name: {column.name: bool(column.nullable) for column in table.columns}
        for name, table in metadata.tables.items()
    }
