"""Who is removed from a zone stays out of that zone: a removal is kept with where it holds."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_KEY = "pk_world_sanction"


def upgrade() -> None:
    """Keep a zone beside each measure; older ones hold in the whole park."""
    op.add_column("world_sanction", sa.Column("zone", sa.Text))
    op.execute("update world_sanction set zone = park")
    op.alter_column("world_sanction", "zone", nullable=False)
    op.create_foreign_key(
        op.f("fk_world_sanction_zone_park_space"),
        "world_sanction",
        "park_space",
        ["zone"],
        ["id"],
        ondelete="cascade",
    )
    op.drop_constraint(_KEY, "world_sanction")
    op.create_primary_key(_KEY, "world_sanction", ["park", "zone", "visitor", "measure"])
