"""The capacity ledger: what can be booked, who holds something, and which units of it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import INT4RANGE, TSTZRANGE, ExcludeConstraint

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables of the ledger."""
    _resource()
    _booking()
    _claim()


def _resource() -> None:
    op.create_table(
        "booking_resource",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("zh", sa.Text, nullable=False),
        sa.Column("en", sa.Text, nullable=False),
        sa.Column("capacity", sa.Integer, nullable=False),
        sa.Column("space", sa.Text),
        sa.Column("audience", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_booking_resource"),
        sa.UniqueConstraint("id", "capacity", name="uq_booking_resource_id_capacity"),
        sa.UniqueConstraint("space", name="uq_booking_resource_space"),
        sa.ForeignKeyConstraint(
            ["space"], ["park_space.id"], name="fk_booking_resource_space_park_space"
        ),
        sa.CheckConstraint("capacity > 0", name="ck_booking_resource_capacity"),
    )


def _booking() -> None:
    op.create_table(
        "booking_booking",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("person", sa.Uuid),
        sa.Column("organization", sa.Uuid),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("created", _MOMENT, nullable=False),
        sa.Column("expires", _MOMENT),
        sa.Column("key", sa.Text),
        sa.Column(
            "active", sa.Boolean, sa.Computed("state <> 'released'", persisted=True), nullable=False
        ),
        sa.PrimaryKeyConstraint("id", name="pk_booking_booking"),
        sa.UniqueConstraint("id", "active", name="uq_booking_booking_id_active"),
        sa.ForeignKeyConstraint(
            ["person"], ["identity_person.id"], name="fk_booking_booking_person_identity_person"
        ),
        sa.ForeignKeyConstraint(
            ["organization"],
            ["identity_organization.id"],
            name="fk_booking_booking_organization_identity_organization",
        ),
        sa.CheckConstraint(
            "state in ('held', 'confirmed', 'released')", name="ck_booking_booking_state"
        ),
        sa.CheckConstraint(
            "(state = 'held') = (expires is not null)", name="ck_booking_booking_expires"
        ),
    )
    op.create_index(
        "ix_booking_booking_expires",
        "booking_booking",
        ["expires"],
        postgresql_where=sa.text("state = 'held'"),
    )
    op.create_index(
        "uq_booking_booking_key",
        "booking_booking",
        ["source", "person", "organization", "key"],
        unique=True,
        postgresql_where=sa.text("key is not null"),
        postgresql_nulls_not_distinct=True,
    )
    op.create_index("ix_booking_booking_person", "booking_booking", ["person"])
    op.create_index("ix_booking_booking_organization", "booking_booking", ["organization"])


def _claim() -> None:
    op.create_table(
        "booking_claim",
        sa.Column("booking", sa.Uuid, nullable=False),
        sa.Column("resource", sa.Uuid, nullable=False),
        sa.Column("units", INT4RANGE, nullable=False),
        sa.Column("span", TSTZRANGE, nullable=False),
        sa.Column("capacity", sa.Integer, nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.ForeignKeyConstraint(
            ["booking", "active"],
            ["booking_booking.id", "booking_booking.active"],
            name="fk_booking_claim_booking",
            onupdate="cascade",
            ondelete="cascade",
        ),
        sa.ForeignKeyConstraint(
            ["resource", "capacity"],
            ["booking_resource.id", "booking_resource.capacity"],
            name="fk_booking_claim_resource",
            onupdate="cascade",
        ),
        sa.CheckConstraint(
            "not active or upper(units) <= capacity", name="ck_booking_claim_within"
        ),
        sa.CheckConstraint(
            "not isempty(units) and lower(units) >= 0", name="ck_booking_claim_units"
        ),
        sa.CheckConstraint(
            "not isempty(span) and not lower_inf(span)", name="ck_booking_claim_span"
        ),
        ExcludeConstraint(
            ("resource", "="),
            ("units", "&&"),
            ("span", "&&"),
            name="ex_booking_claim_taken",
            using="gist",
            where=sa.text("active"),
        ),
    )
    op.create_index("ix_booking_claim_booking", "booking_claim", ["booking"])
