"""Whom somebody blocks is kept with the name they had then, for the list of one's blocks."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep a name beside each block; of older ones none is known."""
    op.add_column("world_block", sa.Column("name", sa.Text, nullable=False, server_default=""))
    op.alter_column("world_block", "name", server_default=None)
