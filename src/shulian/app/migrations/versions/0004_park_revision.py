"""Each park has a revision, by which what was drawn of it is told apart."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Give each park a revision."""
    op.add_column(
        "park_place",
        sa.Column("revision", sa.Uuid, nullable=False, server_default=sa.text("gen_random_uuid()")),
    )
