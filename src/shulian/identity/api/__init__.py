"""The door: one function for each thing an actor can do with accounts, and the audit log.

`sign_up`, `log_in` and `actor_of_…` find out who acts; all others are told.
"""

from shulian.identity.api.actors import (
    actor_of_login,
    actor_of_person,
    actor_of_token,
    command_actor,
)
from shulian.identity.api.appointment import appoint_administrator
from shulian.identity.api.audit import MOST_ENTRIES, audit_as_csv, audit_trail, record
from shulian.identity.api.demo import DEMO_ACCOUNTS, DEMO_PASSWORD, DemoAccount, seed_demo
from shulian.identity.api.logins import (
    OpenedLogin,
    log_in,
    log_out,
    log_out_everywhere,
    own_logins,
)
from shulian.identity.api.organizations import (
    add_member,
    change_role,
    create_organization,
    members,
    organization,
    organization_names,
    organizations,
    remove_member,
    rename_organization,
)
from shulian.identity.api.people import (
    change_password,
    change_profile,
    disable_person,
    enable_person,
    names,
    own_person,
    people,
    person_of,
    persons,
    sign_up,
)
from shulian.identity.api.tokens import (
    LONGEST_LIFE,
    create_token,
    grantable,
    own_tokens,
    revoke_token,
)

__all__ = [
    "DEMO_ACCOUNTS",
    "DEMO_PASSWORD",
    "LONGEST_LIFE",
    "MOST_ENTRIES",
    "DemoAccount",
    "OpenedLogin",
    "actor_of_login",
    "actor_of_person",
    "actor_of_token",
    "add_member",
    "appoint_administrator",
    "audit_as_csv",
    "audit_trail",
    "change_password",
    "change_profile",
    "change_role",
    "command_actor",
    "create_organization",
    "create_token",
    "disable_person",
    "enable_person",
    "grantable",
    "log_in",
    "log_out",
    "log_out_everywhere",
    "members",
    "names",
    "organization",
    "organization_names",
    "organizations",
    "own_logins",
    "own_person",
    "own_tokens",
    "people",
    "person_of",
    "persons",
    "record",
    "remove_member",
    "rename_organization",
    "revoke_token",
    "seed_demo",
    "sign_up",
]
