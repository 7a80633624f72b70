"""How the twin is stored.

The tree is kept by keys alone: a space stores its ancestors, and (parent, ancestors) must be the
(id, lineage) of a row. A lineage is one longer than the ancestors it is made of, so no space can
stand in itself, and both begin with the park, so no child can stand in another one.
"""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from shulian.kit.db import metadata

space = sa.Table(
    "park_space",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("parent", sa.Text),
    sa.Column("ancestors", ARRAY(sa.Text), nullable=False),
    sa.Column(
        "lineage",
        ARRAY(sa.Text),
        sa.Computed("ancestors || id", persisted=True),
        nullable=False,
    ),
    sa.Column(
        "park", sa.Text, sa.Computed("coalesce(ancestors[1], id)", persisted=True), nullable=False
    ),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("zh", sa.Text, nullable=False),
    sa.Column("en", sa.Text, nullable=False),
    sa.Column("about_zh", sa.Text, nullable=False),
    sa.Column("about_en", sa.Text, nullable=False),
    sa.Column("order", sa.Integer, nullable=False),
    sa.Column("shape", JSONB),
    sa.Column("west", sa.Double),
    sa.Column("south", sa.Double),
    sa.Column("east", sa.Double),
    sa.Column("north", sa.Double),
    sa.Column("base", sa.Double),
    sa.Column("top", sa.Double),
    sa.Column("area", sa.Double),
    sa.Column("capacity", sa.Integer),
    sa.Column("delivered", sa.Date),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("link", sa.Text),
    sa.Column("needle", sa.Text, nullable=False),
    sa.Column("origin", JSONB, nullable=False),
    sa.Column("undo", JSONB),
    sa.Column("version", sa.Integer, nullable=False),
    sa.UniqueConstraint("id", "lineage"),
    sa.ForeignKeyConstraint(
        ["parent", "ancestors"],
        ["park_space.id", "park_space.lineage"],
        name="fk_park_space_parent",
        deferrable=True,
        initially="deferred",
    ),
    sa.CheckConstraint("(parent is null) = (cardinality(ancestors) = 0)", name="root"),
    sa.CheckConstraint("(parent is null) = (kind = 'park')", name="park"),
    sa.Index("ix_park_space_parent", "parent", "order", "id"),
    sa.Index("ix_park_space_park_kind", "park", "kind"),
    sa.Index("ix_park_space_ancestors", "ancestors", postgresql_using="gin"),
    sa.Index(
        "ix_park_space_needle",
        "needle",
        postgresql_using="gin",
        postgresql_ops={"needle": "gin_trgm_ops"},
    ),
)
"""A space, its place in the tree, how far it reaches, what operators changed of it.

`origin` maps each field that an operator overrode to what the file says; `undo` the fields of the
last edit to what they were before it. `needle` is what a search looks through.
"""

place = sa.Table(
    "park_place",
    metadata,
    sa.Column("park", sa.Text, sa.ForeignKey("park_space.id"), primary_key=True),
    sa.Column("longitude", sa.Double, nullable=False),
    sa.Column("latitude", sa.Double, nullable=False),
    sa.Column("timezone", sa.Text, nullable=False),
    sa.Column("entrance", ARRAY(sa.Double)),
    sa.Column("revision", sa.Uuid, nullable=False, server_default=sa.text("gen_random_uuid()")),
)
"""Where each park touches the earth, and its entrance: east, north, heading.

`revision` is another after each change of the park: what was drawn of it is told apart by it.
"""

scenery = sa.Table(
    "park_scenery",
    metadata,
    sa.Column("park", sa.Text, sa.ForeignKey("park_space.id"), primary_key=True),
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("zh", sa.Text, nullable=False),
    sa.Column("en", sa.Text, nullable=False),
    sa.Column("rings", JSONB, nullable=False),
    sa.Column("points", JSONB, nullable=False),
)
"""What lies between the buildings."""

live = sa.Table(
    "park_live",
    metadata,
    sa.Column(
        "space", sa.Text, sa.ForeignKey("park_space.id", ondelete="cascade"), primary_key=True
    ),
    sa.Column("source", sa.Text, primary_key=True),
    sa.Column("token", sa.Text, nullable=False),
    sa.Column("zh", sa.Text, nullable=False),
    sa.Column("en", sa.Text, nullable=False),
    sa.Column("number", sa.Double),
    sa.Column("until", sa.DateTime(timezone=True)),
    sa.Column("since", sa.DateTime(timezone=True), nullable=False),
)
"""What each source says a space is now."""

tileset = sa.Table(
    "park_tileset",
    metadata,
    sa.Column("park", sa.Text, primary_key=True),
    sa.Column("version", sa.Text, primary_key=True),
    sa.Column("built", sa.DateTime(timezone=True), nullable=False),
    sa.Column("retired", sa.DateTime(timezone=True)),
    sa.Index(
        "uq_park_tileset_current", "park", unique=True, postgresql_where=sa.text("retired is null")
    ),
)
"""Versions of a park's scene whose files may exist; the one not retired is shown.

They outlive a park that is removed until their files are deleted.
"""
