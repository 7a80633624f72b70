"""People, organizations, logins, tokens, tries, and an audit log that only grows."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)

_APPEND_ONLY = """
create function identity_audit_refuse() returns trigger language plpgsql as $$
begin
  raise exception 'the audit log is append-only' using errcode = 'insufficient_privilege';
end
$$;
create trigger identity_audit_append_only before update or delete or truncate on identity_audit
  for each statement execute function identity_audit_refuse();
alter table identity_audit enable always trigger identity_audit_append_only;
"""


def upgrade() -> None:
    """Make the tables of identity."""
    _people()
    _keys()
    _audit()


def _people() -> None:
    op.create_table(
        "identity_person",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("email", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("language", sa.Text, nullable=False),
        sa.Column("password", sa.Text, nullable=False),
        sa.Column("created", _MOMENT, nullable=False),
        sa.Column("disabled", _MOMENT),
        sa.Column("sample", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_identity_person"),
        sa.UniqueConstraint("email", name="uq_identity_person_email"),
    )
    op.create_table(
        "identity_organization",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("name_zh", sa.Text, nullable=False),
        sa.Column("name_en", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("created", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_identity_organization"),
    )
    op.create_table(
        "identity_membership",
        sa.Column("person", sa.Uuid, nullable=False),
        sa.Column("organization", sa.Uuid, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("person", "organization", name="pk_identity_membership"),
        _refers("membership", "person", "person"),
        _refers("membership", "organization", "organization"),
    )
    _index("membership", "organization")


def _keys() -> None:
    op.create_table(
        "identity_login",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("secret", sa.LargeBinary, nullable=False),
        sa.Column("person", sa.Uuid, nullable=False),
        sa.Column("created", _MOMENT, nullable=False),
        sa.Column("seen", _MOMENT, nullable=False),
        sa.Column("expires", _MOMENT, nullable=False),
        sa.Column("agent", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_identity_login"),
        sa.UniqueConstraint("secret", name="uq_identity_login_secret"),
        _refers("login", "person", "person"),
    )
    _index("login", "person")
    _index("login", "expires")
    op.create_table(
        "identity_token",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("secret", sa.LargeBinary, nullable=False),
        sa.Column("person", sa.Uuid, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("scopes", ARRAY(sa.Text), nullable=False),
        sa.Column("created", _MOMENT, nullable=False),
        sa.Column("expires", _MOMENT, nullable=False),
        sa.Column("used", _MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_identity_token"),
        sa.UniqueConstraint("secret", name="uq_identity_token_secret"),
        _refers("token", "person", "person"),
    )
    _index("token", "person")
    op.create_table(
        "identity_tries",
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("made", sa.Integer, nullable=False),
        sa.Column("until", _MOMENT, nullable=False),
        sa.Column("last", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_identity_tries"),
    )
    _index("tries", "last")


def _audit() -> None:
    op.create_table(
        "identity_audit",
        sa.Column("number", sa.BigInteger, sa.Identity(always=True), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("person", sa.Uuid),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("via", sa.Text, nullable=False),
        sa.Column("token", sa.Uuid),
        sa.Column("verb", sa.Text, nullable=False),
        sa.Column("subject_kind", sa.Text, nullable=False),
        sa.Column("subject_id", sa.Text, nullable=False),
        sa.Column("before", JSONB),
        sa.Column("after", JSONB),
        sa.PrimaryKeyConstraint("number", name="pk_identity_audit"),
    )
    _index("audit", "at")
    op.create_index(
        "ix_identity_audit_subject", "identity_audit", ["subject_kind", "subject_id", "number"]
    )
    op.create_index("ix_identity_audit_person", "identity_audit", ["person", "number"])
    op.create_index("ix_identity_audit_verb", "identity_audit", ["verb", "number"])
    op.execute(_APPEND_ONLY)


def _refers(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column],
        [f"identity_{other}.id"],
        name=f"fk_identity_{table}_{column}_identity_{other}",
    )


def _index(table: str, column: str) -> None:
    op.create_index(f"ix_identity_{table}_{column}", f"identity_{table}", [column])
