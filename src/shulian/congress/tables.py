"""How congresses are stored, and what the database keeps of them whatever the code does.

The draft is rows, one of them for each noun. A release is one row that holds its programme whole:
a trigger refuses to change it. Forums, sessions and speakers stay within their congress by keys
that name both.
"""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB, TSTZMULTIRANGE, TSTZRANGE

from shulian.kit.db import metadata

_MOMENT = sa.DateTime(timezone=True)
_PERSON = "identity_person.id"
_ORGANIZATION = "identity_organization.id"
_SPACE = "park_space.id"
_CONGRESS = "congress_congress.id"
_FORUM = ["congress_forum.id", "congress_forum.congress"]
_THEME = ["congress_theme.id", "congress_theme.congress"]
_SESSION = ["congress_session.id", "congress_session.congress"]
_SPEAKER = ["congress_speaker.id", "congress_speaker.congress"]
_KINDS = "kind in ('plenary', 'forum', 'talk', 'panel', 'workshop', 'ceremony', 'side')"

congress = sa.Table(
    "congress_congress",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("organizer", sa.Uuid, sa.ForeignKey(_ORGANIZATION), nullable=False),
    sa.Column("park", sa.Text, sa.ForeignKey(_SPACE), nullable=False),
    sa.Column("slug", sa.Text, nullable=False, unique=True),
    sa.Column("title_zh", sa.Text, nullable=False),
    sa.Column("title_en", sa.Text, nullable=False),
    sa.Column("about_zh", sa.Text, nullable=False),
    sa.Column("about_en", sa.Text, nullable=False),
    sa.Column("first", sa.Date, nullable=False),
    sa.Column("last", sa.Date, nullable=False),
    sa.Column("timezone", sa.Text, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.CheckConstraint("first <= last", name="days"),
    sa.CheckConstraint("slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'", name="slug"),
    sa.Index("ix_congress_congress_park", "park", "first"),
)
"""A congress; `version` counts the changes of its draft, and is locked while one is made."""

theme = sa.Table(
    "congress_theme",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("congress", sa.Uuid, sa.ForeignKey(_CONGRESS), nullable=False),
    sa.Column("place", sa.Integer, nullable=False),
    sa.Column("zh", sa.Text, nullable=False),
    sa.Column("en", sa.Text, nullable=False),
    sa.Column("colour", sa.Integer, nullable=False),
    sa.UniqueConstraint("id", "congress"),
    sa.CheckConstraint("colour >= 0", name="colour"),
    sa.Index("ix_congress_theme_congress", "congress", "place"),
)
"""What forums are about."""

hall = sa.Table(
    "congress_hall",
    metadata,
    sa.Column("congress", sa.Uuid, sa.ForeignKey(_CONGRESS), primary_key=True),
    sa.Column("space", sa.Text, sa.ForeignKey(_SPACE), primary_key=True),
    sa.Column("place", sa.Integer, nullable=False),
    sa.Column("capacity", sa.Integer, nullable=False),
    sa.Column("hours", TSTZMULTIRANGE, nullable=False),
    sa.CheckConstraint("capacity >= 0", name="capacity"),
)
"""Spaces that a congress may use; `hours`: when."""

forum = sa.Table(
    "congress_forum",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("congress", sa.Uuid, sa.ForeignKey(_CONGRESS), nullable=False),
    sa.Column("place", sa.Integer, nullable=False),
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("title_zh", sa.Text, nullable=False),
    sa.Column("title_en", sa.Text, nullable=False),
    sa.Column("about_zh", sa.Text, nullable=False),
    sa.Column("about_en", sa.Text, nullable=False),
    sa.Column("theme", sa.Uuid),
    sa.Column("organization", sa.Uuid, sa.ForeignKey(_ORGANIZATION)),
    sa.Column("version", sa.Integer, nullable=False),
    sa.UniqueConstraint("id", "congress"),
    sa.ForeignKeyConstraint(["theme", "congress"], _THEME, name="fk_congress_forum_theme"),
    sa.Index(
        "uq_congress_forum_code",
        "congress",
        "code",
        unique=True,
        postgresql_where=sa.text("code <> ''"),
    ),
    sa.Index("ix_congress_forum_congress", "congress", "place"),
)
"""Sessions that belong together; `organization`: whose members edit it."""

credit = sa.Table(
    "congress_credit",
    metadata,
    sa.Column(
        "forum", sa.Uuid, sa.ForeignKey("congress_forum.id", ondelete="CASCADE"), primary_key=True
    ),
    sa.Column("place", sa.Integer, primary_key=True),
    sa.Column("part", sa.Text, nullable=False),
    sa.Column("zh", sa.Text, nullable=False),
    sa.Column("en", sa.Text, nullable=False),
    sa.Column("organization", sa.Uuid, sa.ForeignKey(_ORGANIZATION)),
    sa.CheckConstraint(
        "part in ('host', 'organizer', 'co_organizer', 'supporter', 'guidance')", name="part"
    ),
)
"""Who stands behind a forum, in the order in which it is printed."""

session = sa.Table(
    "congress_session",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("congress", sa.Uuid, sa.ForeignKey(_CONGRESS), nullable=False),
    sa.Column("forum", sa.Uuid, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("title_zh", sa.Text, nullable=False),
    sa.Column("title_en", sa.Text, nullable=False),
    sa.Column("about_zh", sa.Text, nullable=False),
    sa.Column("about_en", sa.Text, nullable=False),
    sa.Column("minutes", sa.Integer, nullable=False),
    sa.Column("attendance", sa.Integer, nullable=False),
    sa.Column("language", sa.Text, nullable=False),
    sa.Column("hall", sa.Text, sa.ForeignKey(_SPACE)),
    sa.Column("start", _MOMENT),
    sa.Column("pinned", sa.Boolean, nullable=False),
    sa.Column("link", sa.Text, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.UniqueConstraint("id", "congress"),
    sa.ForeignKeyConstraint(["forum", "congress"], _FORUM, name="fk_congress_session_forum"),
    sa.CheckConstraint(_KINDS, name="kind"),
    sa.CheckConstraint("minutes > 0", name="minutes"),
    sa.CheckConstraint("attendance >= 0", name="attendance"),
    sa.CheckConstraint("(hall is null) = (start is null)", name="placed"),
    sa.Index("ix_congress_session_congress", "congress", "start"),
    sa.Index("ix_congress_session_forum", "forum"),
)
"""What takes place in one go, in the draft; `hall` and `start`: where it is placed, if it is."""

talk = sa.Table(
    "congress_talk",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column(
        "session",
        sa.Uuid,
        sa.ForeignKey("congress_session.id", ondelete="CASCADE"),
        nullable=False,
    ),
    sa.Column("place", sa.Integer, nullable=False),
    sa.Column("title_zh", sa.Text, nullable=False),
    sa.Column("title_en", sa.Text, nullable=False),
    sa.Column("about_zh", sa.Text, nullable=False),
    sa.Column("about_en", sa.Text, nullable=False),
    sa.Column("minutes", sa.Integer, nullable=False),
    sa.UniqueConstraint("id", "session"),
    sa.CheckConstraint("minutes >= 0", name="minutes"),
    sa.Index("ix_congress_talk_session", "session", "place"),
)
"""What is said within a session, in order."""

speaker = sa.Table(
    "congress_speaker",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("congress", sa.Uuid, sa.ForeignKey(_CONGRESS), nullable=False),
    sa.Column("name_zh", sa.Text, nullable=False),
    sa.Column("name_en", sa.Text, nullable=False),
    sa.Column("title_zh", sa.Text, nullable=False),
    sa.Column("title_en", sa.Text, nullable=False),
    sa.Column("about_zh", sa.Text, nullable=False),
    sa.Column("about_en", sa.Text, nullable=False),
    sa.Column("person", sa.Uuid, sa.ForeignKey(_PERSON)),
    sa.Column("presence", sa.Text, nullable=False),
    sa.Column("available", TSTZMULTIRANGE, nullable=False),
    sa.Column("wished", TSTZMULTIRANGE, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.UniqueConstraint("id", "congress"),
    sa.CheckConstraint("presence in ('on_site', 'online')", name="presence"),
    sa.Index("ix_congress_speaker_congress", "congress"),
)
"""Who speaks; `available` empty: always."""

speaks = sa.Table(
    "congress_speaks",
    metadata,
    sa.Column("session", sa.Uuid, primary_key=True),
    sa.Column("congress", sa.Uuid, nullable=False),
    sa.Column("place", sa.Integer, primary_key=True),
    sa.Column("speaker", sa.Uuid, nullable=False),
    sa.Column("talk", sa.Uuid),
    sa.ForeignKeyConstraint(
        ["session", "congress"], _SESSION, name="fk_congress_speaks_session", ondelete="CASCADE"
    ),
    sa.ForeignKeyConstraint(["speaker", "congress"], _SPEAKER, name="fk_congress_speaks_speaker"),
    sa.ForeignKeyConstraint(
        ["talk", "session"],
        ["congress_talk.id", "congress_talk.session"],
        name="fk_congress_speaks_talk",
        ondelete="CASCADE",
    ),
    sa.UniqueConstraint("session", "talk", "speaker", postgresql_nulls_not_distinct=True),
    sa.Index("ix_congress_speaks_speaker", "speaker"),
    sa.Index("ix_congress_speaks_talk", "talk"),
)
"""Who speaks in a session: in one of its talks, or in all of it."""

level = sa.Table(
    "congress_level",
    metadata,
    sa.Column("congress", sa.Uuid, sa.ForeignKey(_CONGRESS), primary_key=True),
    sa.Column("rule", sa.Text, primary_key=True),
    sa.Column("level", sa.Text, nullable=False),
    sa.CheckConstraint("level in ('block', 'warn', 'ignore')", name="level"),
)
"""How much rules matter, where a congress says otherwise than is usual."""

release = sa.Table(
    "congress_release",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("congress", sa.Uuid, sa.ForeignKey(_CONGRESS), nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("note_zh", sa.Text, nullable=False),
    sa.Column("note_en", sa.Text, nullable=False),
    sa.Column("at", _MOMENT, nullable=False),
    sa.Column("by", sa.Uuid, sa.ForeignKey(_PERSON)),
    sa.Column("programme", JSONB, nullable=False),
    sa.Column("changes", JSONB, nullable=False),
    sa.UniqueConstraint("congress", "number"),
    sa.UniqueConstraint("congress", "name"),
    sa.CheckConstraint("number > 0", name="number"),
)
"""Programmes as they were made public; a trigger refuses to change or remove one."""

held = sa.Table(
    "congress_held",
    metadata,
    sa.Column("congress", sa.Uuid, sa.ForeignKey(_CONGRESS), primary_key=True),
    sa.Column("session", sa.Uuid, primary_key=True),
    sa.Column("booking", sa.Uuid, sa.ForeignKey("booking_booking.id"), nullable=False, unique=True),
)
"""By which booking the hall of each session of the newest release is held."""

star = sa.Table(
    "congress_star",
    metadata,
    sa.Column("person", sa.Uuid, sa.ForeignKey(_PERSON), primary_key=True),
    sa.Column("congress", sa.Uuid, sa.ForeignKey(_CONGRESS), primary_key=True),
    sa.Column("session", sa.Uuid, primary_key=True),
    sa.Column("at", _MOMENT, nullable=False),
    sa.Index("ix_congress_star_session", "congress", "session"),
)
"""What people want to see; it outlives the session, so that one is told when that is dropped."""

link = sa.Table(
    "congress_link",
    metadata,
    sa.Column("person", sa.Uuid, sa.ForeignKey(_PERSON), primary_key=True),
    sa.Column("congress", sa.Uuid, sa.ForeignKey(_CONGRESS), primary_key=True),
    sa.Column("secret", sa.LargeBinary, nullable=False, unique=True),
    sa.Column("created", _MOMENT, nullable=False),
)
"""Addresses by which calendars follow somebody's programme, by their fingerprints."""

notice = sa.Table(
    "congress_notice",
    metadata,
    sa.Column("release", sa.Uuid, sa.ForeignKey("congress_release.id"), primary_key=True),
    sa.Column("person", sa.Uuid, sa.ForeignKey(_PERSON), primary_key=True),
    sa.Column("session", sa.Uuid, primary_key=True),
    sa.Column("seen", _MOMENT),
    sa.Index("ix_congress_notice_person", "person", "seen"),
)
"""Who is told of which change of a release: those who starred the session, or speak in it."""

solve = sa.Table(
    "congress_solve",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("congress", sa.Uuid, sa.ForeignKey(_CONGRESS), nullable=False),
    sa.Column("by", sa.Uuid, sa.ForeignKey(_PERSON)),
    sa.Column("seconds", sa.Integer, nullable=False),
    sa.Column("seed", sa.Integer, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("begun", _MOMENT, nullable=False),
    sa.Column("beat", _MOMENT, nullable=False),
    sa.Column("stop", sa.Boolean, nullable=False),
    sa.Column("cost", sa.BigInteger),
    sa.Column("bound", sa.BigInteger),
    sa.Column("places", JSONB, nullable=False),
    sa.Column("versions", JSONB, nullable=False),
    sa.Column("reasons", JSONB, nullable=False),
    sa.Column("applied", _MOMENT),
    sa.Column("move", sa.Integer, nullable=False),
    sa.Column("started", _MOMENT),
    sa.Column("explains", sa.Boolean, nullable=False),
    sa.Column("course", JSONB, nullable=False),
    sa.Column("missed", JSONB, nullable=False),
    sa.Column("undo", JSONB, nullable=False),
    sa.Column("stayed", JSONB, nullable=False),
    sa.Column("undone", _MOMENT),
    sa.CheckConstraint(
        "state in ('waiting', 'running', 'done', 'impossible', 'cancelled', 'failed')",
        name="state",
    ),
    sa.Index(
        "uq_congress_solve_live",
        "congress",
        unique=True,
        postgresql_where=sa.text("state in ('waiting', 'running')"),
    ),
    sa.Index("ix_congress_solve_congress", "congress", "begun"),
)
"""Searches for a timetable; of a congress one at a time."""

call = sa.Table(
    "congress_call",
    metadata,
    sa.Column("congress", sa.Uuid, sa.ForeignKey(_CONGRESS), primary_key=True),
    sa.Column("zh", sa.Text, nullable=False),
    sa.Column("en", sa.Text, nullable=False),
    sa.Column("span", TSTZRANGE, nullable=False),
    sa.Column("anonymous", sa.Boolean, nullable=False),
)
"""What a congress looks for, and until when."""

proposal = sa.Table(
    "congress_proposal",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("congress", sa.Uuid, sa.ForeignKey(_CONGRESS), nullable=False),
    sa.Column("author", sa.Uuid, sa.ForeignKey(_PERSON), nullable=False),
    sa.Column("title_zh", sa.Text, nullable=False),
    sa.Column("title_en", sa.Text, nullable=False),
    sa.Column("about_zh", sa.Text, nullable=False),
    sa.Column("about_en", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("minutes", sa.Integer, nullable=False),
    sa.Column("theme", sa.Uuid),
    sa.Column("speakers", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("created", _MOMENT, nullable=False),
    sa.Column("session", sa.Uuid),
    sa.Column("words", sa.Text, nullable=False),
    sa.Column("told", _MOMENT),
    sa.Column("seen", _MOMENT),
    sa.ForeignKeyConstraint(
        ["theme", "congress"],
        _THEME,
        name="fk_congress_proposal_theme",
        ondelete="SET NULL (theme)",
    ),
    sa.CheckConstraint(_KINDS, name="kind"),
    sa.CheckConstraint("minutes > 0", name="minutes"),
    sa.CheckConstraint(
        "state in ('draft', 'submitted', 'accepted', 'waitlisted', 'rejected', 'withdrawn')",
        name="state",
    ),
    sa.Index("ix_congress_proposal_congress", "congress", "state"),
    sa.Index("ix_congress_proposal_author", "author"),
)
"""Sessions that people would give; `told`: when their author was last told what became of them."""

review = sa.Table(
    "congress_review",
    metadata,
    sa.Column("proposal", sa.Uuid, sa.ForeignKey("congress_proposal.id"), primary_key=True),
    sa.Column("reviewer", sa.Uuid, sa.ForeignKey(_PERSON), primary_key=True),
    sa.Column("score", sa.Integer, nullable=False),
    sa.Column("words", sa.Text, nullable=False),
    sa.CheckConstraint("score between 0 and 5", name="score"),
)
"""What reviewers say of proposals."""

upload = sa.Table(
    "congress_upload",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("congress", sa.Uuid, sa.ForeignKey(_CONGRESS), nullable=False),
    sa.Column("person", sa.Uuid, sa.ForeignKey(_PERSON), nullable=False),
    sa.Column("at", _MOMENT, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("parcel", sa.LargeBinary, nullable=False),
    sa.UniqueConstraint("congress", "person"),
    sa.Index("ix_congress_upload_at", "at"),
)
"""Files that people look at before they come into a draft: of each person the last one."""
