"""What is withdrawn from booking, and the links by which calendars follow one's bookings."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Let resources be withdrawn, and make the table of links."""
    op.add_column(
        "booking_resource",
        sa.Column("withdrawn", sa.Boolean, nullable=False, server_default=sa.false()),
    )
    op.create_table(
        "booking_link",
        sa.Column("person", sa.Uuid, nullable=False),
        sa.Column("secret", sa.LargeBinary, nullable=False),
        sa.Column("created", _MOMENT, nullable=False),
        sa.Column("used", _MOMENT),
        sa.PrimaryKeyConstraint("person", name="pk_booking_link"),
        sa.UniqueConstraint("secret", name="uq_booking_link_secret"),
        sa.ForeignKeyConstraint(
            ["person"], ["identity_person.id"], name="fk_booking_link_person_identity_person"
        ),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("booking_link")
    op.drop_column("booking_resource", "withdrawn")
