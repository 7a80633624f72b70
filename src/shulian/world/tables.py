"""How the shared world is stored: what was said, who may do what, who is kept out, looks.

Who is where is not: that lives in the presence server (rules/crowd.py).
"""

import sqlalchemy as sa

from shulian.kit.db import metadata

_PARK = "park_space.id"

message = sa.Table(
    "world_message",
    metadata,
    sa.Column("number", sa.BigInteger, sa.Identity(always=True), primary_key=True),
    sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("park", sa.Text, nullable=False),
    sa.Column("zone", sa.Text, nullable=False),
    sa.Column("scope", sa.Text, nullable=False),
    sa.Column("sender", sa.Text, nullable=False),
    sa.Column("key", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("to", sa.Text),
    sa.UniqueConstraint("sender", "key"),
    sa.Index("ix_world_message_zone", "park", "zone", "number"),
    sa.Index("ix_world_message_to", "to", "number", postgresql_where=sa.text('"to" is not null')),
)
"""What was said; kept for a while after its zone or park is gone, so it names them without a key.

(sender, key) makes a message that is sent again the same one.
"""

rule = sa.Table(
    "world_rule",
    metadata,
    sa.Column("space", sa.Text, sa.ForeignKey(_PARK, ondelete="cascade"), primary_key=True),
    sa.Column("right", sa.Text, primary_key=True),
    sa.Column("audience", sa.Text, nullable=False),
    sa.Column("organization", sa.Uuid, sa.ForeignKey("identity_organization.id")),
    sa.CheckConstraint("(audience = 'members') = (organization is not null)", name="members"),
)
"""Who may do what in a space and within it."""

sanction = sa.Table(
    "world_sanction",
    metadata,
    sa.Column("park", sa.Text, sa.ForeignKey(_PARK, ondelete="cascade"), primary_key=True),
    sa.Column("zone", sa.Text, sa.ForeignKey(_PARK, ondelete="cascade"), primary_key=True),
    sa.Column("visitor", sa.Text, primary_key=True),
    sa.Column("measure", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("since", sa.DateTime(timezone=True), nullable=False),
    sa.Column("until", sa.DateTime(timezone=True)),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
)
"""Mutes, bans and removals in force; a mute and a ban are of the whole park."""

silence = sa.Table(
    "world_silence",
    metadata,
    sa.Column("space", sa.Text, sa.ForeignKey(_PARK, ondelete="cascade"), primary_key=True),
    sa.Column("since", sa.DateTime(timezone=True), nullable=False),
)
"""Zones in which all are muted."""

block = sa.Table(
    "world_block",
    metadata,
    sa.Column("visitor", sa.Text, primary_key=True),
    sa.Column("other", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("since", sa.DateTime(timezone=True), nullable=False),
    sa.Index("ix_world_block_other", "other"),
)
"""Whom somebody does not want to meet, and what they were called then."""

exhibit = sa.Table(
    "world_exhibit",
    metadata,
    sa.Column("space", sa.Text, sa.ForeignKey(_PARK, ondelete="cascade"), primary_key=True),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("link", sa.Text, nullable=False),
    sa.Column("by", sa.Text, nullable=False),
)
"""What is shown to all in a zone."""

report = sa.Table(
    "world_report",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    sa.Column("park", sa.Text, sa.ForeignKey(_PARK, ondelete="cascade"), nullable=False),
    sa.Column("zone", sa.Text, nullable=False),
    sa.Column("about", sa.Text, nullable=False),
    sa.Column("about_name", sa.Text, nullable=False),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("by_name", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("message", sa.BigInteger),
    sa.Column("said", sa.Text),
    sa.Column("settled", sa.DateTime(timezone=True)),
    sa.Index("ix_world_report_park", "park", "settled", "at"),
)
"""Complaints for the moderators; what was said is copied, it outlives the conversation."""

look = sa.Table(
    "world_look",
    metadata,
    sa.Column(
        "person",
        sa.Uuid,
        sa.ForeignKey("identity_person.id", ondelete="cascade"),
        primary_key=True,
    ),
    sa.Column("parts", sa.LargeBinary, nullable=False),
)
"""The avatar of each person, one byte for each number of a `Look`."""
