"""Searches for a timetable: how they went, and what goes back when one is undone."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_NEEDED = (
    ("move", sa.Integer(), "300"),
    ("explains", sa.Boolean(), "false"),
    ("course", JSONB(), "[]"),
    ("missed", JSONB(), "[]"),
    ("undo", JSONB(), "{}"),
    ("stayed", JSONB(), "[]"),
)
"""What there is of every search, and what it is of those that ran before."""


def upgrade() -> None:
    """Keep more of each."""
    for name, kind, before in _NEEDED:
        op.add_column(
            "congress_solve", sa.Column(name, kind, nullable=False, server_default=before)
        )
        op.alter_column("congress_solve", name, server_default=None)
    for name in ("started", "undone"):
        op.add_column("congress_solve", sa.Column(name, _MOMENT))
