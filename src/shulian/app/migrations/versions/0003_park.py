"""The twin: spaces as one tree, scenery, live statuses, tilesets."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of the park."""
    _spaces()
    _scenes()


def _spaces() -> None:
    op.create_table(
        "park_space",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("parent", sa.Text),
        sa.Column("ancestors", ARRAY(sa.Text), nullable=False),
        sa.Column(
            "lineage",
            ARRAY(sa.Text),
            sa.Computed("ancestors || id", persisted=True),
            nullable=False,
        ),
        sa.Column(
            "park",
            sa.Text,
            sa.Computed("coalesce(ancestors[1], id)", persisted=True),
            nullable=False,
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
        sa.PrimaryKeyConstraint("id", name="pk_park_space"),
        sa.UniqueConstraint("id", "lineage", name="uq_park_space_id_lineage"),
        sa.ForeignKeyConstraint(
            ["parent", "ancestors"],
            ["park_space.id", "park_space.lineage"],
            name="fk_park_space_parent",
            deferrable=True,
            initially="deferred",
        ),
        sa.CheckConstraint(
            "(parent is null) = (cardinality(ancestors) = 0)", name="ck_park_space_root"
        ),
        sa.CheckConstraint("(parent is null) = (kind = 'park')", name="ck_park_space_park"),
    )
    op.create_index("ix_park_space_parent", "park_space", ["parent", "order", "id"])
    op.create_index("ix_park_space_park_kind", "park_space", ["park", "kind"])
    op.create_index("ix_park_space_ancestors", "park_space", ["ancestors"], postgresql_using="gin")
    op.create_index(
        "ix_park_space_needle",
        "park_space",
        ["needle"],
        postgresql_using="gin",
        postgresql_ops={"needle": "gin_trgm_ops"},
    )


def _scenes() -> None:
    op.create_table(
        "park_place",
        sa.Column("park", sa.Text, nullable=False),
        sa.Column("longitude", sa.Double, nullable=False),
        sa.Column("latitude", sa.Double, nullable=False),
        sa.Column("timezone", sa.Text, nullable=False),
        sa.Column("entrance", ARRAY(sa.Double)),
        sa.PrimaryKeyConstraint("park", name="pk_park_place"),
        sa.ForeignKeyConstraint(["park"], ["park_space.id"], name="fk_park_place_park_park_space"),
    )
    op.create_table(
        "park_scenery",
        sa.Column("park", sa.Text, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("zh", sa.Text, nullable=False),
        sa.Column("en", sa.Text, nullable=False),
        sa.Column("rings", JSONB, nullable=False),
        sa.Column("points", JSONB, nullable=False),
        sa.PrimaryKeyConstraint("park", "id", name="pk_park_scenery"),
        sa.ForeignKeyConstraint(
            ["park"], ["park_space.id"], name="fk_park_scenery_park_park_space"
        ),
    )
    op.create_table(
        "park_live",
        sa.Column("space", sa.Text, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("token", sa.Text, nullable=False),
        sa.Column("zh", sa.Text, nullable=False),
        sa.Column("en", sa.Text, nullable=False),
        sa.Column("number", sa.Double),
        sa.Column("until", sa.DateTime(timezone=True)),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("space", "source", name="pk_park_live"),
        sa.ForeignKeyConstraint(
            ["space"],
            ["park_space.id"],
            name="fk_park_live_space_park_space",
            ondelete="cascade",
        ),
    )
    op.create_table(
        "park_tileset",
        sa.Column("park", sa.Text, nullable=False),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("built", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("park", "version", name="pk_park_tileset"),
        sa.ForeignKeyConstraint(
            ["park"], ["park_space.id"], name="fk_park_tileset_park_park_space"
        ),
    )
    op.create_index(
        "uq_park_tileset_current",
        "park_tileset",
        ["park"],
        unique=True,
        postgresql_where=sa.text("retired is null"),
    )
