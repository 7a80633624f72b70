"""How ticketing is stored, and what the database keeps of it whatever the code does.

Seats and quotas are kept by the ledger. Here the database keeps that a ticket, its type, its seat
and its order are of one occasion; that of an order one payment counts; and that no fen goes back
twice: each has a number within its payment, and two refunds never share one.
"""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import INT8RANGE, TSTZRANGE, ExcludeConstraint

from shulian.kit.db import metadata

_MOMENT = sa.DateTime(timezone=True)
_PERSON = "identity_person.id"
_SPACE = "park_space.id"
_OCCASION = "ticketing_occasion.id"
_TYPE = ["ticketing_type.id", "ticketing_type.occasion"]
_VERDICTS = (
    "'admitted', 'out', 'already_in', 'not_in', 'not_paid', 'cancelled',"
    " 'handed_on', 'elsewhere', 'unreadable'"
)
_BOUNDED = "not isempty({0}) and not lower_inf({0}) and not upper_inf({0})"

occasion = sa.Table(
    "ticketing_occasion",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("organizer", sa.Uuid, sa.ForeignKey("identity_organization.id"), nullable=False),
    sa.Column("title_zh", sa.Text, nullable=False),
    sa.Column("title_en", sa.Text, nullable=False),
    sa.Column("about_zh", sa.Text, nullable=False),
    sa.Column("about_en", sa.Text, nullable=False),
    sa.Column("park", sa.Text, sa.ForeignKey(_SPACE), nullable=False),
    sa.Column("space", sa.Text, sa.ForeignKey(_SPACE), nullable=False),
    sa.Column("span", TSTZRANGE, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("booking", sa.Uuid, sa.ForeignKey("booking_booking.id"), unique=True),
    sa.Column("gentle", sa.Boolean, nullable=False),
    sa.Column("undone", sa.Integer),
    sa.CheckConstraint("state in ('draft', 'open', 'closed', 'cancelled')", name="state"),
    sa.CheckConstraint("undone is null or (undone >= 0 and state = 'cancelled')", name="undone"),
    sa.CheckConstraint(_BOUNDED.format("span"), name="span"),
    sa.Index("ix_ticketing_occasion_park", "park", "span"),
    sa.Index("ix_ticketing_occasion_space", "space"),
)
"""What tickets let people into; `park` is the one that its space is in. `undone`: of one that was
called off, how many orders there were to undo."""

type_ = sa.Table(
    "ticketing_type",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("occasion", sa.Uuid, sa.ForeignKey(_OCCASION), nullable=False),
    sa.Column("zh", sa.Text, nullable=False),
    sa.Column("en", sa.Text, nullable=False),
    sa.Column("price", sa.BigInteger, nullable=False),
    sa.Column("quota", sa.Uuid, sa.ForeignKey("booking_resource.id"), nullable=False),
    sa.Column("sale", TSTZRANGE, nullable=False),
    sa.Column("buyers", sa.Text, nullable=False),
    sa.Column("seated", sa.Boolean, nullable=False),
    sa.Column("on_site", sa.Boolean, nullable=False),
    sa.Column("online", sa.Boolean, nullable=False),
    sa.Column("most", sa.Integer, nullable=False),
    sa.Column("place", sa.Integer, nullable=False),
    sa.UniqueConstraint("id", "occasion"),
    sa.CheckConstraint("price >= 0", name="price"),
    sa.CheckConstraint(_BOUNDED.format("sale"), name="sale"),
    sa.CheckConstraint("buyers in ('people', 'members', 'organizer')", name="buyers"),
    sa.CheckConstraint("most > 0", name="most"),
    sa.CheckConstraint("on_site or online", name="somewhere"),
    sa.CheckConstraint("on_site or not seated", name="seated"),
    sa.Index("ix_ticketing_type_occasion", "occasion", "place"),
)
"""What is sold for an occasion; what is left of it, its quota in the ledger knows."""

seat = sa.Table(
    "ticketing_seat",
    metadata,
    sa.Column("occasion", sa.Uuid, primary_key=True),
    sa.Column("space", sa.Text, sa.ForeignKey(_SPACE), primary_key=True),
    sa.Column("type", sa.Uuid, nullable=False),
    sa.Column("resource", sa.Uuid, sa.ForeignKey("booking_resource.id"), nullable=False),
    sa.ForeignKeyConstraint(["type", "occasion"], _TYPE, name="fk_ticketing_seat_type"),
    sa.Index("ix_ticketing_seat_type", "type"),
)
"""Which seats are sold for an occasion, and as which type; `resource` is what each is booked as."""

order = sa.Table(
    "ticketing_order",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("code", sa.Text, nullable=False, unique=True),
    sa.Column("occasion", sa.Uuid, sa.ForeignKey(_OCCASION), nullable=False),
    sa.Column("buyer", sa.Uuid, sa.ForeignKey(_PERSON), nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("total", sa.BigInteger, nullable=False),
    sa.Column("booking", sa.Uuid, sa.ForeignKey("booking_booking.id"), nullable=False, unique=True),
    sa.Column("created", _MOMENT, nullable=False),
    sa.Column("expires", _MOMENT),
    sa.Column("key", sa.Text),
    sa.UniqueConstraint("id", "occasion"),
    sa.CheckConstraint("state in ('held', 'paid', 'expired', 'cancelled')", name="state"),
    sa.CheckConstraint("total >= 0", name="total"),
    sa.CheckConstraint("(state = 'held') = (expires is not null)", name="expires"),
    sa.Index(
        "uq_ticketing_order_key",
        "buyer",
        "key",
        unique=True,
        postgresql_where=sa.text("key is not null"),
    ),
    sa.Index("ix_ticketing_order_buyer", "buyer", "created"),
    sa.Index("ix_ticketing_order_occasion", "occasion", "state"),
)
"""What is bought together, held by one booking of the ledger."""

ticket = sa.Table(
    "ticketing_ticket",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("order", sa.Uuid, nullable=False),
    sa.Column("occasion", sa.Uuid, nullable=False),
    sa.Column("type", sa.Uuid, nullable=False),
    sa.Column("seat", sa.Text),
    sa.Column("price", sa.BigInteger, nullable=False),
    sa.Column("owner", sa.Uuid, sa.ForeignKey(_PERSON), nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("attendance", sa.Text, nullable=False),
    sa.Column("issue", sa.Integer, nullable=False),
    sa.UniqueConstraint("id", "occasion"),
    sa.ForeignKeyConstraint(
        ["order", "occasion"],
        ["ticketing_order.id", "ticketing_order.occasion"],
        name="fk_ticketing_ticket_order",
    ),
    sa.ForeignKeyConstraint(["type", "occasion"], _TYPE, name="fk_ticketing_ticket_type"),
    sa.ForeignKeyConstraint(
        ["occasion", "seat"],
        ["ticketing_seat.occasion", "ticketing_seat.space"],
        name="fk_ticketing_ticket_seat",
    ),
    sa.CheckConstraint("price >= 0", name="price"),
    sa.CheckConstraint("state in ('reserved', 'valid', 'cancelled')", name="state"),
    sa.CheckConstraint("attendance in ('on_site', 'online')", name="attendance"),
    sa.CheckConstraint("issue > 0", name="issue"),
    sa.Index(
        "uq_ticketing_ticket_seat",
        "occasion",
        "seat",
        unique=True,
        postgresql_where=sa.text("state <> 'cancelled'"),
    ),
    sa.Index("ix_ticketing_ticket_order", "order"),
    sa.Index("ix_ticketing_ticket_owner", "owner"),
    sa.Index("ix_ticketing_ticket_type", "type", "state"),
)
"""The right to be at an occasion; that a seat is sold once is the ledger's, and here once more."""

payment = sa.Table(
    "ticketing_payment",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("order", sa.Uuid, sa.ForeignKey("ticketing_order.id"), nullable=False),
    sa.Column("provider", sa.Text, nullable=False),
    sa.Column("amount", sa.BigInteger, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("reference", sa.Text, nullable=False),
    sa.Column("created", _MOMENT, nullable=False),
    sa.Column("settled", _MOMENT),
    sa.UniqueConstraint("provider", "reference"),
    sa.UniqueConstraint("id", "amount"),
    sa.CheckConstraint("amount >= 0", name="amount"),
    sa.CheckConstraint(
        "state in ('pending', 'paid', 'failed', 'refunded', 'withdrawn')", name="state"
    ),
    sa.CheckConstraint("(state = 'pending') = (settled is null)", name="settled"),
    sa.Index(
        "uq_ticketing_payment_counts",
        "order",
        unique=True,
        postgresql_where=sa.text("state = 'paid'"),
    ),
    sa.Index(
        "uq_ticketing_payment_pending",
        "order",
        "provider",
        unique=True,
        postgresql_where=sa.text("state = 'pending'"),
    ),
    sa.Index(
        "ix_ticketing_payment_asked",
        "provider",
        "created",
        postgresql_where=sa.text("state in ('pending', 'withdrawn')"),
    ),
    sa.Index("ix_ticketing_payment_order", "order"),
)
"""Money for an order; of several payments one at most counts, the others go back."""

payee = sa.Table(
    "ticketing_payee",
    metadata,
    sa.Column("organization", sa.Uuid, sa.ForeignKey("identity_organization.id"), primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("bank", sa.Text, nullable=False),
    sa.Column("account", sa.Text, nullable=False),
)
"""The account of each organizer to which bank transfers go."""

gift = sa.Table(
    "ticketing_gift",
    metadata,
    sa.Column("ticket", sa.Uuid, sa.ForeignKey("ticketing_ticket.id"), primary_key=True),
    sa.Column("email", sa.Text, nullable=False),
    sa.Column("person", sa.Uuid, sa.ForeignKey(_PERSON)),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("at", _MOMENT, nullable=False),
    sa.Index("ix_ticketing_gift_person", "person"),
)
"""Tickets that are being handed on, until they are taken; `person`: who may take them."""

refund = sa.Table(
    "ticketing_refund",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("payment", sa.Uuid, nullable=False),
    sa.Column("paid", sa.BigInteger, nullable=False),
    sa.Column("part", INT8RANGE, nullable=False),
    sa.Column("ticket", sa.Uuid, sa.ForeignKey("ticketing_ticket.id")),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("at", _MOMENT, nullable=False),
    sa.Column("done", _MOMENT),
    sa.ForeignKeyConstraint(
        ["payment", "paid"],
        ["ticketing_payment.id", "ticketing_payment.amount"],
        name="fk_ticketing_refund_payment",
    ),
    sa.CheckConstraint(
        "not isempty(part) and lower(part) >= 0 and upper(part) <= paid", name="part"
    ),
    sa.CheckConstraint("reason in ('cancelled', 'late', 'twice', 'occasion')", name="reason"),
    sa.CheckConstraint("state in ('due', 'done')", name="state"),
    sa.CheckConstraint("(state = 'done') = (done is not null)", name="done"),
    ExcludeConstraint(
        ("payment", "="), ("part", "&&"), name="ex_ticketing_refund_part", using="gist"
    ),
    sa.UniqueConstraint("payment", "ticket"),
    sa.Index("ix_ticketing_refund_due", "at", postgresql_where=sa.text("state = 'due'")),
)
"""Money that goes back: which fen of its payment, so that none goes back twice."""

till = sa.Table(
    "ticketing_till",
    metadata,
    sa.Column("reference", sa.Text, primary_key=True),
    sa.Column("amount", sa.BigInteger, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("back", sa.BigInteger, nullable=False),
    sa.CheckConstraint("amount >= 0", name="amount"),
    sa.CheckConstraint("state in ('open', 'paid', 'declined')", name="state"),
    sa.CheckConstraint("back between 0 and amount", name="back"),
    sa.CheckConstraint("back = 0 or state = 'paid'", name="had"),
)
"""The books of the test provider, which a real one would keep on its side."""

scan = sa.Table(
    "ticketing_scan",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("occasion", sa.Uuid, sa.ForeignKey(_OCCASION), nullable=False),
    sa.Column("ticket", sa.Uuid, sa.ForeignKey("ticketing_ticket.id")),
    sa.Column("direction", sa.Text, nullable=False),
    sa.Column("verdict", sa.Text, nullable=False),
    sa.Column("told", sa.Text, nullable=False),
    sa.Column("gate", sa.Text, nullable=False),
    sa.Column("at", _MOMENT, nullable=False),
    sa.Column("heard", _MOMENT, nullable=False),
    sa.Column("by", sa.Uuid, sa.ForeignKey(_PERSON), nullable=False),
    sa.CheckConstraint("direction in ('in', 'out')", name="direction"),
    sa.CheckConstraint(f"verdict in ({_VERDICTS})", name="verdict"),
    sa.CheckConstraint(f"told in ({_VERDICTS})", name="told"),
    sa.CheckConstraint("ticket is not null or verdict in ('unreadable', 'elsewhere')", name="what"),
    sa.Index("ix_ticketing_scan_ticket", "ticket", "at"),
    sa.Index("ix_ticketing_scan_occasion", "occasion", "at"),
    sa.Index("ix_ticketing_scan_heard", "occasion", "heard"),
)
"""What was shown at a gate, what was `told` there, and the verdict that it came to.

The ticket of `elsewhere` is of another occasion, where it is known.
"""

wish = sa.Table(
    "ticketing_wish",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("occasion", sa.Uuid, nullable=False),
    sa.Column("type", sa.Uuid, nullable=False),
    sa.Column("person", sa.Uuid, sa.ForeignKey(_PERSON), nullable=False),
    sa.Column("count", sa.Integer, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("created", _MOMENT, nullable=False),
    sa.Column("order", sa.Uuid, unique=True),
    sa.Column("overtaken", sa.Integer, nullable=False),
    sa.ForeignKeyConstraint(["type", "occasion"], _TYPE, name="fk_ticketing_wish_type"),
    sa.ForeignKeyConstraint(
        ["order", "occasion"],
        ["ticketing_order.id", "ticketing_order.occasion"],
        name="fk_ticketing_wish_order",
    ),
    sa.CheckConstraint("count > 0", name="count"),
    sa.CheckConstraint("state in ('waiting', 'offered', 'taken', 'over')", name="state"),
    sa.CheckConstraint("state <> 'waiting' or \"order\" is null", name="waiting"),
    sa.CheckConstraint(
        "state not in ('offered', 'taken') or \"order\" is not null", name="offered"
    ),
    sa.Index(
        "uq_ticketing_wish_open",
        "type",
        "person",
        unique=True,
        postgresql_where=sa.text("state in ('waiting', 'offered')"),
    ),
    sa.Index(
        "ix_ticketing_wish_waiting",
        "occasion",
        "created",
        postgresql_where=sa.text("state = 'waiting'"),
    ),
)
"""Groups on the waiting list; somebody waits for a type once at a time. `overtaken`: how many
groups that came later were served before it."""

turn = sa.Table(
    "ticketing_turn",
    metadata,
    sa.Column("number", sa.BigInteger, sa.Identity(always=True), primary_key=True),
    sa.Column("occasion", sa.Uuid, sa.ForeignKey(_OCCASION), nullable=False),
    sa.Column("person", sa.Uuid, sa.ForeignKey(_PERSON), nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("arrived", _MOMENT, nullable=False),
    sa.Column("until", _MOMENT),
    sa.Column("done", _MOMENT),
    sa.Column("ahead", sa.Integer),
    sa.Column("left", sa.Integer),
    sa.CheckConstraint(
        "state in ('waiting', 'called', 'buying', 'bought', 'passed', 'refused', 'left')",
        name="state",
    ),
    sa.CheckConstraint("(state in ('waiting', 'called', 'buying')) = (done is null)", name="done"),
    sa.CheckConstraint("state not in ('called', 'buying') or until is not null", name="until"),
    sa.CheckConstraint("state <> 'waiting' or until is null", name="waiting"),
    sa.CheckConstraint(
        "(state = 'refused') = (ahead is not null and \"left\" is not null)", name="refused"
    ),
    sa.Index(
        "uq_ticketing_turn_open",
        "occasion",
        "person",
        unique=True,
        postgresql_where=sa.text("done is null"),
    ),
    sa.Index(
        "ix_ticketing_turn_open",
        "occasion",
        "arrived",
        "number",
        postgresql_where=sa.text("done is null"),
    ),
    sa.Index("ix_ticketing_turn_person", "occasion", "person", "number"),
    sa.Index(
        "ix_ticketing_turn_done",
        "occasion",
        "done",
        postgresql_where=sa.text("done is not null"),
    ),
)
"""Places in the lines before sales: numbers only rise; of one who was refused, how it stood."""

line = sa.Table(
    "ticketing_line",
    metadata,
    sa.Column("occasion", sa.Uuid, sa.ForeignKey(_OCCASION), primary_key=True),
    sa.Column("moved", _MOMENT, nullable=False),
    sa.Column("left", sa.Integer, nullable=False),
    sa.Column("ended", sa.Integer, nullable=False),
    sa.Column("over", sa.Float, nullable=False),
)
"""How each line stood when it moved last: the tickets left, and how many turns ended in `over`
seconds."""

kept = sa.Table(
    "ticketing_kept",
    metadata,
    sa.Column("type", sa.Uuid, sa.ForeignKey("ticketing_type.id"), primary_key=True),
    sa.Column("booking", sa.Uuid, sa.ForeignKey("booking_booking.id"), unique=True),
)
"""By which booking of the ledger the waiting list of a type keeps what came back, if anything."""
