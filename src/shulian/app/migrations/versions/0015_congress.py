"""Congresses: forums, sessions and speakers, releases, programmes of one's own, proposals."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_FIXED = """
create function congress_release_refuse() returns trigger language plpgsql as $$
begin
  raise exception 'a release never changes' using errcode = 'insufficient_privilege';
end
$$;
create trigger congress_release_fixed before update or delete or truncate on congress_release
  for each statement execute function congress_release_refuse();
alter table congress_release enable always trigger congress_release_fixed;
"""


def upgrade() -> None:
    """Make the tables of congresses."""
    _congress()
    _call()
    _hall()
    _held()
    _level()
    _link()
    _release()
    _solve()
    _speaker()
    _star()
    _theme()
    _forum()
    _notice()
    _proposal()
    _credit()
    _review()
    _session()
    _talk()
    _speaks()
    _upload()
    op.execute(_FIXED)


def _congress() -> None:
    op.create_table(
        "congress_congress",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organizer", sa.Uuid(), nullable=False),
        sa.Column("park", sa.Text(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("title_zh", sa.Text(), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=False),
        sa.Column("about_zh", sa.Text(), nullable=False),
        sa.Column("about_en", sa.Text(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("timezone", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'", name=op.f("ck_congress_congress_slug")
        ),
        sa.CheckConstraint("first <= last", name=op.f("ck_congress_congress_days")),
        sa.ForeignKeyConstraint(
            ["organizer"],
            ["identity_organization.id"],
            name=op.f("fk_congress_congress_organizer_identity_organization"),
        ),
        sa.ForeignKeyConstraint(
            ["park"], ["park_space.id"], name=op.f("fk_congress_congress_park_park_space")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_congress_congress")),
        sa.UniqueConstraint("slug", name=op.f("uq_congress_congress_slug")),
    )
    op.create_index(
        "ix_congress_congress_park", "congress_congress", ["park", "first"], unique=False
    )


def _call() -> None:
    op.create_table(
        "congress_call",
        sa.Column("congress", sa.Uuid(), nullable=False),
        sa.Column("zh", sa.Text(), nullable=False),
        sa.Column("en", sa.Text(), nullable=False),
        sa.Column("span", postgresql.TSTZRANGE(), nullable=False),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["congress"],
            ["congress_congress.id"],
            name=op.f("fk_congress_call_congress_congress_congress"),
        ),
        sa.PrimaryKeyConstraint("congress", name=op.f("pk_congress_call")),
    )


def _hall() -> None:
    op.create_table(
        "congress_hall",
        sa.Column("congress", sa.Uuid(), nullable=False),
        sa.Column("space", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("hours", postgresql.TSTZMULTIRANGE(), nullable=False),
        sa.CheckConstraint("capacity >= 0", name=op.f("ck_congress_hall_capacity")),
        sa.ForeignKeyConstraint(
            ["congress"],
            ["congress_congress.id"],
            name=op.f("fk_congress_hall_congress_congress_congress"),
        ),
        sa.ForeignKeyConstraint(
            ["space"], ["park_space.id"], name=op.f("fk_congress_hall_space_park_space")
        ),
        sa.PrimaryKeyConstraint("congress", "space", name=op.f("pk_congress_hall")),
    )


def _held() -> None:
    op.create_table(
        "congress_held",
        sa.Column("congress", sa.Uuid(), nullable=False),
        sa.Column("session", sa.Uuid(), nullable=False),
        sa.Column("booking", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["booking"],
            ["booking_booking.id"],
            name=op.f("fk_congress_held_booking_booking_booking"),
        ),
        sa.ForeignKeyConstraint(
            ["congress"],
            ["congress_congress.id"],
            name=op.f("fk_congress_held_congress_congress_congress"),
        ),
        sa.PrimaryKeyConstraint("congress", "session", name=op.f("pk_congress_held")),
        sa.UniqueConstraint("booking", name=op.f("uq_congress_held_booking")),
    )


def _level() -> None:
    op.create_table(
        "congress_level",
        sa.Column("congress", sa.Uuid(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "level in ('block', 'warn', 'ignore')", name=op.f("ck_congress_level_level")
        ),
        sa.ForeignKeyConstraint(
            ["congress"],
            ["congress_congress.id"],
            name=op.f("fk_congress_level_congress_congress_congress"),
        ),
        sa.PrimaryKeyConstraint("congress", "rule", name=op.f("pk_congress_level")),
    )


def _link() -> None:
    op.create_table(
        "congress_link",
        sa.Column("person", sa.Uuid(), nullable=False),
        sa.Column("congress", sa.Uuid(), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["congress"],
            ["congress_congress.id"],
            name=op.f("fk_congress_link_congress_congress_congress"),
        ),
        sa.ForeignKeyConstraint(
            ["person"], ["identity_person.id"], name=op.f("fk_congress_link_person_identity_person")
        ),
        sa.PrimaryKeyConstraint("person", "congress", name=op.f("pk_congress_link")),
        sa.UniqueConstraint("secret", name=op.f("uq_congress_link_secret")),
    )


def _release() -> None:
    op.create_table(
        "congress_release",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("congress", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("note_zh", sa.Text(), nullable=False),
        sa.Column("note_en", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=True),
        sa.Column("programme", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("changes", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_congress_release_number")),
        sa.ForeignKeyConstraint(
            ["by"], ["identity_person.id"], name=op.f("fk_congress_release_by_identity_person")
        ),
        sa.ForeignKeyConstraint(
            ["congress"],
            ["congress_congress.id"],
            name=op.f("fk_congress_release_congress_congress_congress"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_congress_release")),
        sa.UniqueConstraint("congress", "name", name=op.f("uq_congress_release_congress_name")),
        sa.UniqueConstraint("congress", "number", name=op.f("uq_congress_release_congress_number")),
    )


def _solve() -> None:
    op.create_table(
        "congress_solve",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("congress", sa.Uuid(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=True),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("begun", sa.DateTime(timezone=True), nullable=False),
        sa.Column("beat", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stop", sa.Boolean(), nullable=False),
        sa.Column("cost", sa.BigInteger(), nullable=True),
        sa.Column("bound", sa.BigInteger(), nullable=True),
        sa.Column("places", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("versions", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("reasons", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("applied", sa.DateTime(timezone=True), nullable=True),
        sa.Column("move", sa.Integer(), nullable=False),
        sa.Column("started", sa.DateTime(timezone=True), nullable=True),
        sa.Column("explains", sa.Boolean(), nullable=False),
        sa.Column("course", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("missed", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("undo", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("stayed", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("undone", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state in ('waiting', 'running', 'done', 'impossible', 'cancelled', 'failed')",
            name=op.f("ck_congress_solve_state"),
        ),
        sa.ForeignKeyConstraint(
            ["by"], ["identity_person.id"], name=op.f("fk_congress_solve_by_identity_person")
        ),
        sa.ForeignKeyConstraint(
            ["congress"],
            ["congress_congress.id"],
            name=op.f("fk_congress_solve_congress_congress_congress"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_congress_solve")),
    )
    op.create_index(
        "ix_congress_solve_congress", "congress_solve", ["congress", "begun"], unique=False
    )
    op.create_index(
        "uq_congress_solve_live",
        "congress_solve",
        ["congress"],
        unique=True,
        postgresql_where=sa.text("state in ('waiting', 'running')"),
    )


def _speaker() -> None:
    op.create_table(
        "congress_speaker",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("congress", sa.Uuid(), nullable=False),
        sa.Column("name_zh", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("title_zh", sa.Text(), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=False),
        sa.Column("about_zh", sa.Text(), nullable=False),
        sa.Column("about_en", sa.Text(), nullable=False),
        sa.Column("person", sa.Uuid(), nullable=True),
        sa.Column("presence", sa.Text(), nullable=False),
        sa.Column("available", postgresql.TSTZMULTIRANGE(), nullable=False),
        sa.Column("wished", postgresql.TSTZMULTIRANGE(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "presence in ('on_site', 'online')", name=op.f("ck_congress_speaker_presence")
        ),
        sa.ForeignKeyConstraint(
            ["congress"],
            ["congress_congress.id"],
            name=op.f("fk_congress_speaker_congress_congress_congress"),
        ),
        sa.ForeignKeyConstraint(
            ["person"],
            ["identity_person.id"],
            name=op.f("fk_congress_speaker_person_identity_person"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_congress_speaker")),
        sa.UniqueConstraint("id", "congress", name=op.f("uq_congress_speaker_id_congress")),
    )
    op.create_index("ix_congress_speaker_congress", "congress_speaker", ["congress"], unique=False)


def _star() -> None:
    op.create_table(
        "congress_star",
        sa.Column("person", sa.Uuid(), nullable=False),
        sa.Column("congress", sa.Uuid(), nullable=False),
        sa.Column("session", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["congress"],
            ["congress_congress.id"],
            name=op.f("fk_congress_star_congress_congress_congress"),
        ),
        sa.ForeignKeyConstraint(
            ["person"], ["identity_person.id"], name=op.f("fk_congress_star_person_identity_person")
        ),
        sa.PrimaryKeyConstraint("person", "congress", "session", name=op.f("pk_congress_star")),
    )
    op.create_index(
        "ix_congress_star_session", "congress_star", ["congress", "session"], unique=False
    )


def _theme() -> None:
    op.create_table(
        "congress_theme",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("congress", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("zh", sa.Text(), nullable=False),
        sa.Column("en", sa.Text(), nullable=False),
        sa.Column("colour", sa.Integer(), nullable=False),
        sa.CheckConstraint("colour >= 0", name=op.f("ck_congress_theme_colour")),
        sa.ForeignKeyConstraint(
            ["congress"],
            ["congress_congress.id"],
            name=op.f("fk_congress_theme_congress_congress_congress"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_congress_theme")),
        sa.UniqueConstraint("id", "congress", name=op.f("uq_congress_theme_id_congress")),
    )
    op.create_index(
        "ix_congress_theme_congress", "congress_theme", ["congress", "place"], unique=False
    )


def _forum() -> None:
    op.create_table(
        "congress_forum",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("congress", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("title_zh", sa.Text(), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=False),
        sa.Column("about_zh", sa.Text(), nullable=False),
        sa.Column("about_en", sa.Text(), nullable=False),
        sa.Column("theme", sa.Uuid(), nullable=True),
        sa.Column("organization", sa.Uuid(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["congress"],
            ["congress_congress.id"],
            name=op.f("fk_congress_forum_congress_congress_congress"),
        ),
        sa.ForeignKeyConstraint(
            ["organization"],
            ["identity_organization.id"],
            name=op.f("fk_congress_forum_organization_identity_organization"),
        ),
        sa.ForeignKeyConstraint(
            ["theme", "congress"],
            ["congress_theme.id", "congress_theme.congress"],
            name="fk_congress_forum_theme",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_congress_forum")),
        sa.UniqueConstraint("id", "congress", name=op.f("uq_congress_forum_id_congress")),
    )
    op.create_index(
        "ix_congress_forum_congress", "congress_forum", ["congress", "place"], unique=False
    )
    op.create_index(
        "uq_congress_forum_code",
        "congress_forum",
        ["congress", "code"],
        unique=True,
        postgresql_where=sa.text("code <> ''"),
    )


def _notice() -> None:
    op.create_table(
        "congress_notice",
        sa.Column("release", sa.Uuid(), nullable=False),
        sa.Column("person", sa.Uuid(), nullable=False),
        sa.Column("session", sa.Uuid(), nullable=False),
        sa.Column("seen", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["person"],
            ["identity_person.id"],
            name=op.f("fk_congress_notice_person_identity_person"),
        ),
        sa.ForeignKeyConstraint(
            ["release"],
            ["congress_release.id"],
            name=op.f("fk_congress_notice_release_congress_release"),
        ),
        sa.PrimaryKeyConstraint("release", "person", "session", name=op.f("pk_congress_notice")),
    )
    op.create_index(
        "ix_congress_notice_person", "congress_notice", ["person", "seen"], unique=False
    )


def _proposal() -> None:
    op.create_table(
        "congress_proposal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("congress", sa.Uuid(), nullable=False),
        sa.Column("author", sa.Uuid(), nullable=False),
        sa.Column("title_zh", sa.Text(), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=False),
        sa.Column("about_zh", sa.Text(), nullable=False),
        sa.Column("about_en", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("theme", sa.Uuid(), nullable=True),
        sa.Column("speakers", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("session", sa.Uuid(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("told", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind in ('plenary', 'forum', 'talk', 'panel', 'workshop', 'ceremony', 'side')",
            name=op.f("ck_congress_proposal_kind"),
        ),
        sa.CheckConstraint(
            "state in ('draft', 'submitted', 'accepted', 'waitlisted', 'rejected', 'withdrawn')",
            name=op.f("ck_congress_proposal_state"),
        ),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_congress_proposal_minutes")),
        sa.ForeignKeyConstraint(
            ["author"],
            ["identity_person.id"],
            name=op.f("fk_congress_proposal_author_identity_person"),
        ),
        sa.ForeignKeyConstraint(
            ["congress"],
            ["congress_congress.id"],
            name=op.f("fk_congress_proposal_congress_congress_congress"),
        ),
        sa.ForeignKeyConstraint(
            ["theme", "congress"],
            ["congress_theme.id", "congress_theme.congress"],
            name="fk_congress_proposal_theme",
            ondelete="SET NULL (theme)",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_congress_proposal")),
    )
    op.create_index("ix_congress_proposal_author", "congress_proposal", ["author"], unique=False)
    op.create_index(
        "ix_congress_proposal_congress", "congress_proposal", ["congress", "state"], unique=False
    )


def _credit() -> None:
    op.create_table(
        "congress_credit",
        sa.Column("forum", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("zh", sa.Text(), nullable=False),
        sa.Column("en", sa.Text(), nullable=False),
        sa.Column("organization", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "part in ('host', 'organizer', 'co_organizer', 'supporter', 'guidance')",
            name=op.f("ck_congress_credit_part"),
        ),
        sa.ForeignKeyConstraint(
            ["forum"],
            ["congress_forum.id"],
            name=op.f("fk_congress_credit_forum_congress_forum"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organization"],
            ["identity_organization.id"],
            name=op.f("fk_congress_credit_organization_identity_organization"),
        ),
        sa.PrimaryKeyConstraint("forum", "place", name=op.f("pk_congress_credit")),
    )


def _review() -> None:
    op.create_table(
        "congress_review",
        sa.Column("proposal", sa.Uuid(), nullable=False),
        sa.Column("reviewer", sa.Uuid(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.CheckConstraint("score between 0 and 5", name=op.f("ck_congress_review_score")),
        sa.ForeignKeyConstraint(
            ["proposal"],
            ["congress_proposal.id"],
            name=op.f("fk_congress_review_proposal_congress_proposal"),
        ),
        sa.ForeignKeyConstraint(
            ["reviewer"],
            ["identity_person.id"],
            name=op.f("fk_congress_review_reviewer_identity_person"),
        ),
        sa.PrimaryKeyConstraint("proposal", "reviewer", name=op.f("pk_congress_review")),
    )


def _session() -> None:
    op.create_table(
        "congress_session",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("congress", sa.Uuid(), nullable=False),
        sa.Column("forum", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("title_zh", sa.Text(), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=False),
        sa.Column("about_zh", sa.Text(), nullable=False),
        sa.Column("about_en", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("attendance", sa.Integer(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("hall", sa.Text(), nullable=True),
        sa.Column("start", sa.DateTime(timezone=True), nullable=True),
        sa.Column("pinned", sa.Boolean(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind in ('plenary', 'forum', 'talk', 'panel', 'workshop', 'ceremony', 'side')",
            name=op.f("ck_congress_session_kind"),
        ),
        sa.CheckConstraint(
            "(hall is null) = (start is null)", name=op.f("ck_congress_session_placed")
        ),
        sa.CheckConstraint("attendance >= 0", name=op.f("ck_congress_session_attendance")),
        sa.CheckConstraint("minutes > 0", name=op.f("ck_congress_session_minutes")),
        sa.ForeignKeyConstraint(
            ["congress"],
            ["congress_congress.id"],
            name=op.f("fk_congress_session_congress_congress_congress"),
        ),
        sa.ForeignKeyConstraint(
            ["forum", "congress"],
            ["congress_forum.id", "congress_forum.congress"],
            name="fk_congress_session_forum",
        ),
        sa.ForeignKeyConstraint(
            ["hall"], ["park_space.id"], name=op.f("fk_congress_session_hall_park_space")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_congress_session")),
        sa.UniqueConstraint("id", "congress", name=op.f("uq_congress_session_id_congress")),
    )
    op.create_index(
        "ix_congress_session_congress", "congress_session", ["congress", "start"], unique=False
    )
    op.create_index("ix_congress_session_forum", "congress_session", ["forum"], unique=False)


def _talk() -> None:
    op.create_table(
        "congress_talk",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("title_zh", sa.Text(), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=False),
        sa.Column("about_zh", sa.Text(), nullable=False),
        sa.Column("about_en", sa.Text(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.CheckConstraint("minutes >= 0", name=op.f("ck_congress_talk_minutes")),
        sa.ForeignKeyConstraint(
            ["session"],
            ["congress_session.id"],
            name=op.f("fk_congress_talk_session_congress_session"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_congress_talk")),
        sa.UniqueConstraint("id", "session", name=op.f("uq_congress_talk_id_session")),
    )
    op.create_index("ix_congress_talk_session", "congress_talk", ["session", "place"], unique=False)


def _speaks() -> None:
    op.create_table(
        "congress_speaks",
        sa.Column("session", sa.Uuid(), nullable=False),
        sa.Column("congress", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("speaker", sa.Uuid(), nullable=False),
        sa.Column("talk", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["session", "congress"],
            ["congress_session.id", "congress_session.congress"],
            name="fk_congress_speaks_session",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["speaker", "congress"],
            ["congress_speaker.id", "congress_speaker.congress"],
            name="fk_congress_speaks_speaker",
        ),
        sa.ForeignKeyConstraint(
            ["talk", "session"],
            ["congress_talk.id", "congress_talk.session"],
            name="fk_congress_speaks_talk",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("session", "place", name=op.f("pk_congress_speaks")),
        sa.UniqueConstraint(
            "session",
            "talk",
            "speaker",
            name=op.f("uq_congress_speaks_session_talk_speaker"),
            postgresql_nulls_not_distinct=True,
        ),
    )
    op.create_index("ix_congress_speaks_speaker", "congress_speaks", ["speaker"], unique=False)
    op.create_index("ix_congress_speaks_talk", "congress_speaks", ["talk"], unique=False)


def _upload() -> None:
    op.create_table(
        "congress_upload",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("congress", sa.Uuid(), nullable=False),
        sa.Column("person", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("parcel", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["congress"],
            ["congress_congress.id"],
            name=op.f("fk_congress_upload_congress_congress_congress"),
        ),
        sa.ForeignKeyConstraint(
            ["person"],
            ["identity_person.id"],
            name=op.f("fk_congress_upload_person_identity_person"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_congress_upload")),
        sa.UniqueConstraint("congress", "person", name=op.f("uq_congress_upload_congress_person")),
    )
    op.create_index("ix_congress_upload_at", "congress_upload", ["at"], unique=False)
