"""How people, organizations, logins, tokens, tries and the audit log are stored."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from shulian.kit.db import metadata

_MOMENT = sa.DateTime(timezone=True)

person = sa.Table(
    "identity_person",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("email", sa.Text, nullable=False, unique=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("language", sa.Text, nullable=False),
    sa.Column("password", sa.Text, nullable=False),
    sa.Column("created", _MOMENT, nullable=False),
    sa.Column("disabled", _MOMENT),
    sa.Column("sample", sa.Boolean, nullable=False),
)

organization = sa.Table(
    "identity_organization",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("name_zh", sa.Text, nullable=False),
    sa.Column("name_en", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("created", _MOMENT, nullable=False),
)

membership = sa.Table(
    "identity_membership",
    metadata,
    sa.Column("person", sa.Uuid, sa.ForeignKey(person.c.id), primary_key=True),
    sa.Column(
        "organization", sa.Uuid, sa.ForeignKey(organization.c.id), primary_key=True, index=True
    ),
    sa.Column("role", sa.Text, nullable=False),
)

login = sa.Table(
    "identity_login",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("secret", sa.LargeBinary, nullable=False, unique=True),
    sa.Column("person", sa.Uuid, sa.ForeignKey(person.c.id), nullable=False, index=True),
    sa.Column("created", _MOMENT, nullable=False),
    sa.Column("seen", _MOMENT, nullable=False),
    sa.Column("expires", _MOMENT, nullable=False, index=True),
    sa.Column("agent", sa.Text, nullable=False),
)
"""`secret` is the SHA-256 of what the cookie carries."""

token = sa.Table(
    "identity_token",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("secret", sa.LargeBinary, nullable=False, unique=True),
    sa.Column("person", sa.Uuid, sa.ForeignKey(person.c.id), nullable=False, index=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("scopes", ARRAY(sa.Text), nullable=False),
    sa.Column("created", _MOMENT, nullable=False),
    sa.Column("expires", _MOMENT, nullable=False),
    sa.Column("used", _MOMENT),
)
"""`secret` is the SHA-256 of what the person was shown once."""

tries = sa.Table(
    "identity_tries",
    metadata,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("made", sa.Integer, nullable=False),
    sa.Column("until", _MOMENT, nullable=False),
    sa.Column("last", _MOMENT, nullable=False, index=True),
)
"""How often something was tried that one may guess at, and until when the next try must wait."""

audit = sa.Table(
    "identity_audit",
    metadata,
    sa.Column("number", sa.BigInteger, sa.Identity(always=True), primary_key=True),
    sa.Column("at", _MOMENT, nullable=False, index=True),
    sa.Column("person", sa.Uuid),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("via", sa.Text, nullable=False),
    sa.Column("token", sa.Uuid),
    sa.Column("verb", sa.Text, nullable=False),
    sa.Column("subject_kind", sa.Text, nullable=False),
    sa.Column("subject_id", sa.Text, nullable=False),
    sa.Column("before", JSONB(none_as_null=True)),
    sa.Column("after", JSONB(none_as_null=True)),
    sa.Index("ix_identity_audit_subject", "subject_kind", "subject_id", "number"),
    sa.Index("ix_identity_audit_person", "person", "number"),
    sa.Index("ix_identity_audit_verb", "verb", "number"),
)
"""Append-only: a trigger refuses every other change. It refers to nothing, so it outlasts all."""
