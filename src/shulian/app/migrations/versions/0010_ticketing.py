"""Tickets: occasions, what is sold for them, orders, payments, gates, the queue."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import INT8RANGE, TSTZRANGE, ExcludeConstraint

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_VERDICTS = (
    "'admitted', 'out', 'already_in', 'not_in', 'not_paid', 'cancelled',"
    " 'handed_on', 'elsewhere', 'unreadable'"
)


def upgrade() -> None:
    """Make the tables of ticketing."""
    _occasion()
    _type()
    _seat()
    _order()
    _ticket()
    _payment()
    _refund()
    _till()
    _scan()
    _wish()
    _turn()
    _line()
    _kept()


def _occasion() -> None:
    op.create_table(
        "ticketing_occasion",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("organizer", sa.Uuid, nullable=False),
        sa.Column("title_zh", sa.Text, nullable=False),
        sa.Column("title_en", sa.Text, nullable=False),
        sa.Column("about_zh", sa.Text, nullable=False),
        sa.Column("about_en", sa.Text, nullable=False),
        sa.Column("park", sa.Text, nullable=False),
        sa.Column("space", sa.Text, nullable=False),
        sa.Column("span", TSTZRANGE, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("booking", sa.Uuid),
        sa.Column("gentle", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_ticketing_occasion"),
        sa.UniqueConstraint("booking", name="uq_ticketing_occasion_booking"),
        sa.ForeignKeyConstraint(
            ["booking"],
            ["booking_booking.id"],
            name="fk_ticketing_occasion_booking_booking_booking",
        ),
        sa.ForeignKeyConstraint(
            ["organizer"],
            ["identity_organization.id"],
            name="fk_ticketing_occasion_organizer_identity_organization",
        ),
        sa.ForeignKeyConstraint(
            ["park"], ["park_space.id"], name="fk_ticketing_occasion_park_park_space"
        ),
        sa.ForeignKeyConstraint(
            ["space"], ["park_space.id"], name="fk_ticketing_occasion_space_park_space"
        ),
        sa.CheckConstraint(
            "not isempty(span) and not lower_inf(span) and not upper_inf(span)",
            name="ck_ticketing_occasion_span",
        ),
        sa.CheckConstraint(
            "state in ('draft', 'open', 'cancelled')", name="ck_ticketing_occasion_state"
        ),
    )
    op.create_index("ix_ticketing_occasion_park", "ticketing_occasion", ["park", "span"])
    op.create_index("ix_ticketing_occasion_space", "ticketing_occasion", ["space"])


def _type() -> None:
    op.create_table(
        "ticketing_type",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("occasion", sa.Uuid, nullable=False),
        sa.Column("zh", sa.Text, nullable=False),
        sa.Column("en", sa.Text, nullable=False),
        sa.Column("price", sa.BigInteger, nullable=False),
        sa.Column("quota", sa.Uuid, nullable=False),
        sa.Column("sale", TSTZRANGE, nullable=False),
        sa.Column("buyers", sa.Text, nullable=False),
        sa.Column("seated", sa.Boolean, nullable=False),
        sa.Column("on_site", sa.Boolean, nullable=False),
        sa.Column("online", sa.Boolean, nullable=False),
        sa.Column("most", sa.Integer, nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_ticketing_type"),
        sa.UniqueConstraint("id", "occasion", name="uq_ticketing_type_id_occasion"),
        sa.ForeignKeyConstraint(
            ["occasion"],
            ["ticketing_occasion.id"],
            name="fk_ticketing_type_occasion_ticketing_occasion",
        ),
        sa.ForeignKeyConstraint(
            ["quota"], ["booking_resource.id"], name="fk_ticketing_type_quota_booking_resource"
        ),
        sa.CheckConstraint(
            "buyers in ('people', 'members', 'organizer')", name="ck_ticketing_type_buyers"
        ),
        sa.CheckConstraint("most > 0", name="ck_ticketing_type_most"),
        sa.CheckConstraint("price >= 0", name="ck_ticketing_type_price"),
        sa.CheckConstraint(
            "not isempty(sale) and not lower_inf(sale) and not upper_inf(sale)",
            name="ck_ticketing_type_sale",
        ),
        sa.CheckConstraint("on_site or not seated", name="ck_ticketing_type_seated"),
        sa.CheckConstraint("on_site or online", name="ck_ticketing_type_somewhere"),
    )
    op.create_index("ix_ticketing_type_occasion", "ticketing_type", ["occasion", "place"])


def _seat() -> None:
    op.create_table(
        "ticketing_seat",
        sa.Column("occasion", sa.Uuid, nullable=False),
        sa.Column("space", sa.Text, nullable=False),
        sa.Column("type", sa.Uuid, nullable=False),
        sa.Column("resource", sa.Uuid, nullable=False),
        sa.PrimaryKeyConstraint("occasion", "space", name="pk_ticketing_seat"),
        sa.ForeignKeyConstraint(
            ["resource"],
            ["booking_resource.id"],
            name="fk_ticketing_seat_resource_booking_resource",
        ),
        sa.ForeignKeyConstraint(
            ["space"], ["park_space.id"], name="fk_ticketing_seat_space_park_space"
        ),
        sa.ForeignKeyConstraint(
            ["type", "occasion"],
            ["ticketing_type.id", "ticketing_type.occasion"],
            name="fk_ticketing_seat_type",
        ),
    )
    op.create_index("ix_ticketing_seat_type", "ticketing_seat", ["type"])


def _order() -> None:
    op.create_table(
        "ticketing_order",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("occasion", sa.Uuid, nullable=False),
        sa.Column("buyer", sa.Uuid, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("total", sa.BigInteger, nullable=False),
        sa.Column("booking", sa.Uuid, nullable=False),
        sa.Column("created", _MOMENT, nullable=False),
        sa.Column("expires", _MOMENT),
        sa.Column("key", sa.Text),
        sa.PrimaryKeyConstraint("id", name="pk_ticketing_order"),
        sa.UniqueConstraint("booking", name="uq_ticketing_order_booking"),
        sa.UniqueConstraint("code", name="uq_ticketing_order_code"),
        sa.UniqueConstraint("id", "occasion", name="uq_ticketing_order_id_occasion"),
        sa.ForeignKeyConstraint(
            ["booking"], ["booking_booking.id"], name="fk_ticketing_order_booking_booking_booking"
        ),
        sa.ForeignKeyConstraint(
            ["buyer"], ["identity_person.id"], name="fk_ticketing_order_buyer_identity_person"
        ),
        sa.ForeignKeyConstraint(
            ["occasion"],
            ["ticketing_occasion.id"],
            name="fk_ticketing_order_occasion_ticketing_occasion",
        ),
        sa.CheckConstraint(
            "(state = 'held') = (expires is not null)", name="ck_ticketing_order_expires"
        ),
        sa.CheckConstraint(
            "state in ('held', 'paid', 'expired', 'cancelled')", name="ck_ticketing_order_state"
        ),
        sa.CheckConstraint("total >= 0", name="ck_ticketing_order_total"),
    )
    op.create_index("ix_ticketing_order_buyer", "ticketing_order", ["buyer", "created"])
    op.create_index("ix_ticketing_order_occasion", "ticketing_order", ["occasion", "state"])
    op.create_index(
        "uq_ticketing_order_key",
        "ticketing_order",
        ["buyer", "key"],
        unique=True,
        postgresql_where=sa.text("key is not null"),
    )


def _ticket() -> None:
    op.create_table(
        "ticketing_ticket",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("order", sa.Uuid, nullable=False),
        sa.Column("occasion", sa.Uuid, nullable=False),
        sa.Column("type", sa.Uuid, nullable=False),
        sa.Column("seat", sa.Text),
        sa.Column("price", sa.BigInteger, nullable=False),
        sa.Column("owner", sa.Uuid, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("attendance", sa.Text, nullable=False),
        sa.Column("issue", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_ticketing_ticket"),
        sa.UniqueConstraint("id", "occasion", name="uq_ticketing_ticket_id_occasion"),
        sa.ForeignKeyConstraint(
            ["order", "occasion"],
            ["ticketing_order.id", "ticketing_order.occasion"],
            name="fk_ticketing_ticket_order",
        ),
        sa.ForeignKeyConstraint(
            ["owner"], ["identity_person.id"], name="fk_ticketing_ticket_owner_identity_person"
        ),
        sa.ForeignKeyConstraint(
            ["occasion", "seat"],
            ["ticketing_seat.occasion", "ticketing_seat.space"],
            name="fk_ticketing_ticket_seat",
        ),
        sa.ForeignKeyConstraint(
            ["type", "occasion"],
            ["ticketing_type.id", "ticketing_type.occasion"],
            name="fk_ticketing_ticket_type",
        ),
        sa.CheckConstraint(
            "attendance in ('on_site', 'online')", name="ck_ticketing_ticket_attendance"
        ),
        sa.CheckConstraint("issue > 0", name="ck_ticketing_ticket_issue"),
        sa.CheckConstraint("price >= 0", name="ck_ticketing_ticket_price"),
        sa.CheckConstraint(
            "state in ('reserved', 'valid', 'cancelled')", name="ck_ticketing_ticket_state"
        ),
    )
    op.create_index("ix_ticketing_ticket_order", "ticketing_ticket", ["order"])
    op.create_index("ix_ticketing_ticket_owner", "ticketing_ticket", ["owner"])
    op.create_index("ix_ticketing_ticket_type", "ticketing_ticket", ["type", "state"])
    op.create_index(
        "uq_ticketing_ticket_seat",
        "ticketing_ticket",
        ["occasion", "seat"],
        unique=True,
        postgresql_where=sa.text("state <> 'cancelled'"),
    )


def _payment() -> None:
    op.create_table(
        "ticketing_payment",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("order", sa.Uuid, nullable=False),
        sa.Column("provider", sa.Text, nullable=False),
        sa.Column("amount", sa.BigInteger, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("reference", sa.Text, nullable=False),
        sa.Column("created", _MOMENT, nullable=False),
        sa.Column("settled", _MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_ticketing_payment"),
        sa.UniqueConstraint("id", "amount", name="uq_ticketing_payment_id_amount"),
        sa.UniqueConstraint(
            "provider", "reference", name="uq_ticketing_payment_provider_reference"
        ),
        sa.ForeignKeyConstraint(
            ["order"], ["ticketing_order.id"], name="fk_ticketing_payment_order_ticketing_order"
        ),
        sa.CheckConstraint("amount >= 0", name="ck_ticketing_payment_amount"),
        sa.CheckConstraint(
            "(state = 'pending') = (settled is null)", name="ck_ticketing_payment_settled"
        ),
        sa.CheckConstraint(
            "state in ('pending', 'paid', 'failed', 'refunded')", name="ck_ticketing_payment_state"
        ),
    )
    op.create_index(
        "ix_ticketing_payment_asked",
        "ticketing_payment",
        ["provider", "created"],
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.create_index("ix_ticketing_payment_order", "ticketing_payment", ["order"])
    op.create_index(
        "uq_ticketing_payment_counts",
        "ticketing_payment",
        ["order"],
        unique=True,
        postgresql_where=sa.text("state = 'paid'"),
    )
    op.create_index(
        "uq_ticketing_payment_pending",
        "ticketing_payment",
        ["order", "provider"],
        unique=True,
        postgresql_where=sa.text("state = 'pending'"),
    )


def _refund() -> None:
    op.create_table(
        "ticketing_refund",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("payment", sa.Uuid, nullable=False),
        sa.Column("paid", sa.BigInteger, nullable=False),
        sa.Column("part", INT8RANGE, nullable=False),
        sa.Column("ticket", sa.Uuid),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("done", _MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_ticketing_refund"),
        sa.UniqueConstraint("payment", "ticket", name="uq_ticketing_refund_payment_ticket"),
        sa.ForeignKeyConstraint(
            ["payment", "paid"],
            ["ticketing_payment.id", "ticketing_payment.amount"],
            name="fk_ticketing_refund_payment",
        ),
        sa.ForeignKeyConstraint(
            ["ticket"], ["ticketing_ticket.id"], name="fk_ticketing_refund_ticket_ticketing_ticket"
        ),
        sa.CheckConstraint(
            "(state = 'done') = (done is not null)", name="ck_ticketing_refund_done"
        ),
        sa.CheckConstraint(
            "not isempty(part) and lower(part) >= 0 and upper(part) <= paid",
            name="ck_ticketing_refund_part",
        ),
        sa.CheckConstraint(
            "reason in ('cancelled', 'late', 'twice', 'occasion')",
            name="ck_ticketing_refund_reason",
        ),
        sa.CheckConstraint("state in ('due', 'done')", name="ck_ticketing_refund_state"),
        ExcludeConstraint(
            ("payment", "="), ("part", "&&"), name="ex_ticketing_refund_part", using="gist"
        ),
    )
    op.create_index(
        "ix_ticketing_refund_due",
        "ticketing_refund",
        ["at"],
        postgresql_where=sa.text("state = 'due'"),
    )


def _till() -> None:
    op.create_table(
        "ticketing_till",
        sa.Column("reference", sa.Text, nullable=False),
        sa.Column("amount", sa.BigInteger, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("back", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("reference", name="pk_ticketing_till"),
        sa.CheckConstraint("amount >= 0", name="ck_ticketing_till_amount"),
        sa.CheckConstraint("back between 0 and amount", name="ck_ticketing_till_back"),
        sa.CheckConstraint("back = 0 or state = 'paid'", name="ck_ticketing_till_had"),
        sa.CheckConstraint("state in ('open', 'paid', 'declined')", name="ck_ticketing_till_state"),
    )


def _scan() -> None:
    op.create_table(
        "ticketing_scan",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("occasion", sa.Uuid, nullable=False),
        sa.Column("ticket", sa.Uuid),
        sa.Column("direction", sa.Text, nullable=False),
        sa.Column("verdict", sa.Text, nullable=False),
        sa.Column("told", sa.Text, nullable=False),
        sa.Column("gate", sa.Text, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("heard", _MOMENT, nullable=False),
        sa.Column("by", sa.Uuid, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_ticketing_scan"),
        sa.ForeignKeyConstraint(
            ["by"], ["identity_person.id"], name="fk_ticketing_scan_by_identity_person"
        ),
        sa.ForeignKeyConstraint(
            ["occasion"],
            ["ticketing_occasion.id"],
            name="fk_ticketing_scan_occasion_ticketing_occasion",
        ),
        sa.ForeignKeyConstraint(
            ["ticket"], ["ticketing_ticket.id"], name="fk_ticketing_scan_ticket_ticketing_ticket"
        ),
        sa.CheckConstraint("direction in ('in', 'out')", name="ck_ticketing_scan_direction"),
        sa.CheckConstraint(f"verdict in ({_VERDICTS})", name="ck_ticketing_scan_verdict"),
        sa.CheckConstraint(f"told in ({_VERDICTS})", name="ck_ticketing_scan_told"),
        sa.CheckConstraint(
            "ticket is not null or verdict in ('unreadable', 'elsewhere')",
            name="ck_ticketing_scan_what",
        ),
    )
    op.create_index("ix_ticketing_scan_heard", "ticketing_scan", ["occasion", "heard"])
    op.create_index("ix_ticketing_scan_occasion", "ticketing_scan", ["occasion", "at"])
    op.create_index("ix_ticketing_scan_ticket", "ticketing_scan", ["ticket", "at"])


def _wish() -> None:
    op.create_table(
        "ticketing_wish",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("occasion", sa.Uuid, nullable=False),
        sa.Column("type", sa.Uuid, nullable=False),
        sa.Column("person", sa.Uuid, nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("created", _MOMENT, nullable=False),
        sa.Column("order", sa.Uuid),
        sa.Column("overtaken", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_ticketing_wish"),
        sa.UniqueConstraint("order", name="uq_ticketing_wish_order"),
        sa.ForeignKeyConstraint(
            ["order", "occasion"],
            ["ticketing_order.id", "ticketing_order.occasion"],
            name="fk_ticketing_wish_order",
        ),
        sa.ForeignKeyConstraint(
            ["person"], ["identity_person.id"], name="fk_ticketing_wish_person_identity_person"
        ),
        sa.ForeignKeyConstraint(
            ["type", "occasion"],
            ["ticketing_type.id", "ticketing_type.occasion"],
            name="fk_ticketing_wish_type",
        ),
        sa.CheckConstraint("count > 0", name="ck_ticketing_wish_count"),
        sa.CheckConstraint(
            "state not in ('offered', 'taken') or \"order\" is not null",
            name="ck_ticketing_wish_offered",
        ),
        sa.CheckConstraint(
            "state in ('waiting', 'offered', 'taken', 'over')", name="ck_ticketing_wish_state"
        ),
        sa.CheckConstraint(
            "state <> 'waiting' or \"order\" is null", name="ck_ticketing_wish_waiting"
        ),
    )
    op.create_index(
        "ix_ticketing_wish_waiting",
        "ticketing_wish",
        ["occasion", "created"],
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_index(
        "uq_ticketing_wish_open",
        "ticketing_wish",
        ["type", "person"],
        unique=True,
        postgresql_where=sa.text("state in ('waiting', 'offered')"),
    )


def _turn() -> None:
    op.create_table(
        "ticketing_turn",
        sa.Column("number", sa.BigInteger, sa.Identity(always=True), nullable=False),
        sa.Column("occasion", sa.Uuid, nullable=False),
        sa.Column("person", sa.Uuid, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("arrived", _MOMENT, nullable=False),
        sa.Column("until", _MOMENT),
        sa.Column("done", _MOMENT),
        sa.Column("ahead", sa.Integer),
        sa.Column("left", sa.Integer),
        sa.PrimaryKeyConstraint("number", name="pk_ticketing_turn"),
        sa.ForeignKeyConstraint(
            ["occasion"],
            ["ticketing_occasion.id"],
            name="fk_ticketing_turn_occasion_ticketing_occasion",
        ),
        sa.ForeignKeyConstraint(
            ["person"], ["identity_person.id"], name="fk_ticketing_turn_person_identity_person"
        ),
        sa.CheckConstraint(
            "state in ('waiting', 'called', 'buying', 'bought', 'passed', 'refused', 'left')",
            name="ck_ticketing_turn_state",
        ),
        sa.CheckConstraint(
            "(state in ('waiting', 'called', 'buying')) = (done is null)",
            name="ck_ticketing_turn_done",
        ),
        sa.CheckConstraint(
            "state not in ('called', 'buying') or until is not null",
            name="ck_ticketing_turn_until",
        ),
        sa.CheckConstraint("state <> 'waiting' or until is null", name="ck_ticketing_turn_waiting"),
        sa.CheckConstraint(
            "(state = 'refused') = (ahead is not null and \"left\" is not null)",
            name="ck_ticketing_turn_refused",
        ),
    )
    op.create_index(
        "ix_ticketing_turn_done",
        "ticketing_turn",
        ["occasion", "done"],
        postgresql_where=sa.text("done is not null"),
    )
    op.create_index(
        "ix_ticketing_turn_open",
        "ticketing_turn",
        ["occasion", "number"],
        postgresql_where=sa.text("done is null"),
    )
    op.create_index("ix_ticketing_turn_person", "ticketing_turn", ["occasion", "person", "number"])
    op.create_index(
        "uq_ticketing_turn_open",
        "ticketing_turn",
        ["occasion", "person"],
        unique=True,
        postgresql_where=sa.text("done is null"),
    )


def _line() -> None:
    op.create_table(
        "ticketing_line",
        sa.Column("occasion", sa.Uuid, nullable=False),
        sa.Column("moved", _MOMENT, nullable=False),
        sa.Column("left", sa.Integer, nullable=False),
        sa.Column("ended", sa.Integer, nullable=False),
        sa.Column("over", sa.Float, nullable=False),
        sa.PrimaryKeyConstraint("occasion", name="pk_ticketing_line"),
        sa.ForeignKeyConstraint(
            ["occasion"],
            ["ticketing_occasion.id"],
            name="fk_ticketing_line_occasion_ticketing_occasion",
        ),
    )


def _kept() -> None:
    op.create_table(
        "ticketing_kept",
        sa.Column("type", sa.Uuid, nullable=False),
        sa.Column("booking", sa.Uuid),
        sa.PrimaryKeyConstraint("type", name="pk_ticketing_kept"),
        sa.UniqueConstraint("booking", name="uq_ticketing_kept_booking"),
        sa.ForeignKeyConstraint(
            ["type"], ["ticketing_type.id"], name="fk_ticketing_kept_type_ticketing_type"
        ),
        sa.ForeignKeyConstraint(
            ["booking"], ["booking_booking.id"], name="fk_ticketing_kept_booking_booking_booking"
        ),
    )
