"""The files of a scene outlive its park for a while, and so do the rows that name them."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let versions of a scene be there whose park was removed."""
    op.drop_constraint("fk_park_tileset_park_park_space", "park_tileset")
