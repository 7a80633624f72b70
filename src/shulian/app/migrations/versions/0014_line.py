"""Who comes first in a line is who arrived first."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Order the turns of a line by when they began."""
    op.drop_index("ix_ticketing_turn_open", "ticketing_turn")
    op.create_index(
        "ix_ticketing_turn_open",
        "ticketing_turn",
        ["occasion", "arrived", "number"],
        postgresql_where=sa.text("done is null"),
    )
