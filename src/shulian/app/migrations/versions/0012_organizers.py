"""The organizer's side: accounts for transfers, gifts, what is closed, withdrawn or undone."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_OCCASION = "ticketing_occasion"
_PAYMENT = "ticketing_payment"
_ASKED = "ix_ticketing_payment_asked"


def upgrade() -> None:
    """Make room for them."""
    _occasion()
    _payment()
    _payee()
    _gift()


def _occasion() -> None:
    op.add_column(_OCCASION, sa.Column("undone", sa.Integer))
    op.drop_constraint(op.f("ck_ticketing_occasion_state"), _OCCASION)
    op.create_check_constraint(
        op.f("ck_ticketing_occasion_state"),
        _OCCASION,
        "state in ('draft', 'open', 'closed', 'cancelled')",
    )
    op.create_check_constraint(
        op.f("ck_ticketing_occasion_undone"),
        _OCCASION,
        "undone is null or (undone >= 0 and state = 'cancelled')",
    )


def _payment() -> None:
    op.drop_constraint(op.f("ck_ticketing_payment_state"), _PAYMENT)
    op.create_check_constraint(
        op.f("ck_ticketing_payment_state"),
        _PAYMENT,
        "state in ('pending', 'paid', 'failed', 'refunded', 'withdrawn')",
    )
    op.drop_index(_ASKED, _PAYMENT)
    op.create_index(
        _ASKED,
        _PAYMENT,
        ["provider", "created"],
        postgresql_where=sa.text("state in ('pending', 'withdrawn')"),
    )


def _payee() -> None:
    op.create_table(
        "ticketing_payee",
        sa.Column("organization", sa.Uuid, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("bank", sa.Text, nullable=False),
        sa.Column("account", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("organization", name="pk_ticketing_payee"),
        sa.ForeignKeyConstraint(
            ["organization"],
            ["identity_organization.id"],
            name="fk_ticketing_payee_organization_identity_organization",
        ),
    )


def _gift() -> None:
    op.create_table(
        "ticketing_gift",
        sa.Column("ticket", sa.Uuid, nullable=False),
        sa.Column("email", sa.Text, nullable=False),
        sa.Column("person", sa.Uuid),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("ticket", name="pk_ticketing_gift"),
        sa.ForeignKeyConstraint(
            ["ticket"], ["ticketing_ticket.id"], name="fk_ticketing_gift_ticket_ticketing_ticket"
        ),
        sa.ForeignKeyConstraint(
            ["person"], ["identity_person.id"], name="fk_ticketing_gift_person_identity_person"
        ),
    )
    op.create_index("ix_ticketing_gift_person", "ticketing_gift", ["person"])
