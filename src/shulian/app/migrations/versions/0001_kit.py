"""Extensions, the job queue and the progress of long work."""

import sqlalchemy as sa
from alembic import op
from procrastinate.schema import SchemaManager

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make what every feature stands on."""
    for extension in ("btree_gist", "pg_trgm", "vector"):
        op.execute(f"create extension if not exists {extension}")
    cursor = op.get_bind().connection.cursor()
    cursor.execute(SchemaManager.get_schema())
    op.create_table(
        "kit_progress",
        sa.Column("work", sa.Text, primary_key=True),
        sa.Column("stage", sa.Text, nullable=False),
        sa.Column("done", sa.Integer, nullable=False),
        sa.Column("total", sa.Integer, nullable=False),
        sa.Column("failure", sa.Text),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
