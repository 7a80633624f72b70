"""How the ledger is stored, and how the database keeps it: no code has to be right for that.

Each unit of a resource has a number, and a claim takes numbers: two claims in force never share a
unit at the same time (`ex_booking_claim_taken`), and none takes a number that the capacity does not
have (`ck_booking_claim_within`). A claim knows the capacity of its resource and whether its booking
is in force, by keys that the database keeps equal.
"""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import INT4RANGE, TSTZRANGE, ExcludeConstraint

from shulian.kit.db import metadata

_MOMENT = sa.DateTime(timezone=True)

resource = sa.Table(
    "booking_resource",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("zh", sa.Text, nullable=False),
    sa.Column("en", sa.Text, nullable=False),
    sa.Column("capacity", sa.Integer, nullable=False),
    sa.Column("space", sa.Text, sa.ForeignKey("park_space.id"), unique=True),
    sa.Column("audience", sa.Text, nullable=False),
    sa.Column("withdrawn", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.UniqueConstraint("id", "capacity"),
    sa.CheckConstraint("capacity > 0", name="capacity"),
)
"""What can be booked."""

booking = sa.Table(
    "booking_booking",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("person", sa.Uuid, sa.ForeignKey("identity_person.id")),
    sa.Column("organization", sa.Uuid, sa.ForeignKey("identity_organization.id")),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("created", _MOMENT, nullable=False),
    sa.Column("expires", _MOMENT),
    sa.Column("key", sa.Text),
    sa.Column(
        "active", sa.Boolean, sa.Computed("state <> 'released'", persisted=True), nullable=False
    ),
    sa.UniqueConstraint("id", "active"),
    sa.CheckConstraint("state in ('held', 'confirmed', 'released')", name="state"),
    sa.CheckConstraint("(state = 'held') = (expires is not null)", name="expires"),
    sa.Index("ix_booking_booking_expires", "expires", postgresql_where=sa.text("state = 'held'")),
    sa.Index(
        "uq_booking_booking_key",
        "source",
        "person",
        "organization",
        "key",
        unique=True,
        postgresql_where=sa.text("key is not null"),
        postgresql_nulls_not_distinct=True,
    ),
    sa.Index("ix_booking_booking_person", "person"),
    sa.Index("ix_booking_booking_organization", "organization"),
)
"""Who holds something, for whom; what it is stands in its claims."""

claim = sa.Table(
    "booking_claim",
    metadata,
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
    sa.CheckConstraint("not active or upper(units) <= capacity", name="within"),
    sa.CheckConstraint("not isempty(units) and lower(units) >= 0", name="units"),
    sa.CheckConstraint("not isempty(span) and not lower_inf(span)", name="span"),
    ExcludeConstraint(
        ("resource", "="),
        ("units", "&&"),
        ("span", "&&"),
        name="ex_booking_claim_taken",
        using="gist",
        where=sa.text("active"),
    ),
    sa.Index("ix_booking_claim_booking", "booking"),
)
"""Which units of which resource a booking holds, and when."""

link = sa.Table(
    "booking_link",
    metadata,
    sa.Column("person", sa.Uuid, sa.ForeignKey("identity_person.id"), primary_key=True),
    sa.Column("secret", sa.LargeBinary, nullable=False, unique=True),
    sa.Column("created", _MOMENT, nullable=False),
    sa.Column("used", _MOMENT),
)
"""The address by which somebody's calendar follows their bookings: its fingerprint alone."""
