"""The shared world: what was said, who may do what, who is kept out, looks."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables of the world."""
    _talk()
    _order()
    _people()


def _of_park(table: str, column: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}_park_space"
    return sa.ForeignKeyConstraint([column], ["park_space.id"], name=name, ondelete="cascade")


def _talk() -> None:
    op.create_table(
        "world_message",
        sa.Column("number", sa.BigInteger, sa.Identity(always=True), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("park", sa.Text, nullable=False),
        sa.Column("zone", sa.Text, nullable=False),
        sa.Column("scope", sa.Text, nullable=False),
        sa.Column("sender", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("to", sa.Text),
        sa.PrimaryKeyConstraint("number", name="pk_world_message"),
        sa.UniqueConstraint("sender", "key", name="uq_world_message_sender_key"),
    )
    op.create_index("ix_world_message_zone", "world_message", ["park", "zone", "number"])
    op.create_index(
        "ix_world_message_to",
        "world_message",
        ["to", "number"],
        postgresql_where=sa.text('"to" is not null'),
    )
    op.create_table(
        "world_exhibit",
        sa.Column("space", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("link", sa.Text, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("space", name="pk_world_exhibit"),
        _of_park("world_exhibit", "space"),
    )


def _order() -> None:
    op.create_table(
        "world_rule",
        sa.Column("space", sa.Text, nullable=False),
        sa.Column("right", sa.Text, nullable=False),
        sa.Column("audience", sa.Text, nullable=False),
        sa.Column("organization", sa.Uuid),
        sa.PrimaryKeyConstraint("space", "right", name="pk_world_rule"),
        _of_park("world_rule", "space"),
        sa.ForeignKeyConstraint(
            ["organization"],
            ["identity_organization.id"],
            name="fk_world_rule_organization_identity_organization",
        ),
        sa.CheckConstraint(
            "(audience = 'members') = (organization is not null)", name="ck_world_rule_members"
        ),
    )
    op.create_table(
        "world_sanction",
        sa.Column("park", sa.Text, nullable=False),
        sa.Column("visitor", sa.Text, nullable=False),
        sa.Column("measure", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("since", _MOMENT, nullable=False),
        sa.Column("until", _MOMENT),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("park", "visitor", "measure", name="pk_world_sanction"),
        _of_park("world_sanction", "park"),
    )
    op.create_table(
        "world_silence",
        sa.Column("space", sa.Text, nullable=False),
        sa.Column("since", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("space", name="pk_world_silence"),
        _of_park("world_silence", "space"),
    )
    op.create_table(
        "world_report",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("park", sa.Text, nullable=False),
        sa.Column("zone", sa.Text, nullable=False),
        sa.Column("about", sa.Text, nullable=False),
        sa.Column("about_name", sa.Text, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("by_name", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("message", sa.BigInteger),
        sa.Column("said", sa.Text),
        sa.Column("settled", _MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_world_report"),
        _of_park("world_report", "park"),
    )
    op.create_index("ix_world_report_park", "world_report", ["park", "settled", "at"])


def _people() -> None:
    op.create_table(
        "world_block",
        sa.Column("visitor", sa.Text, nullable=False),
        sa.Column("other", sa.Text, nullable=False),
        sa.Column("since", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("visitor", "other", name="pk_world_block"),
    )
    op.create_index("ix_world_block_other", "world_block", ["other"])
    op.create_table(
        "world_look",
        sa.Column("person", sa.Uuid, nullable=False),
        sa.Column("parts", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("person", name="pk_world_look"),
        sa.ForeignKeyConstraint(
            ["person"],
            ["identity_person.id"],
            name="fk_world_look_person_identity_person",
            ondelete="cascade",
        ),
    )
