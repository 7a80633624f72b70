"""What can go wrong with who acts.

Failure
├── LoginNeeded              401
│   ├── LoginRefused              e-mail address and password do not open an account
│   └── TokenRefused              the API token is unknown, ended or revoked
├── Refused                  403
│   ├── LoginOnly                 what an API token may not do, whatever its scopes
│   └── SampleFixed               what stays as it is in a sample account
├── NotFound                 404
│   ├── PersonMissing
│   ├── OrganizationMissing
│   ├── MembershipMissing
│   └── TokenMissing
├── Conflict                 409
│   ├── MemberAlready             the person is a member of the organization
│   ├── LastAdministrator         the organization would be left without one
│   └── TokensFull                the person has as many API tokens as one may have
└── Unavailable              503
    └── HashingBusy               more passwords are being checked than memory allows

Wrong fields of a form are `kit.errors.Invalid`, with a code below `identity.` for each.
"""

from shulian.kit.errors import Conflict, LoginNeeded, NotFound, Refused, Unavailable


class LoginRefused(LoginNeeded):
    """E-mail address and password do not open an account; it is not said which is wrong."""

    code = "identity.login_refused"


class TokenRefused(LoginNeeded):
    """The API token is unknown, ended or revoked; it is not said which."""

    code = "identity.token_refused"


class LoginOnly(Refused):
    """Only a person who logged in does this, never an API token."""

    code = "identity.login_only"


class SampleFixed(Refused):
    """A sample account stays as it is, for the next visitor of the demo."""

    code = "identity.sample_fixed"


class PersonMissing(NotFound):
    """There is no such person."""

    code = "identity.person_missing"


class OrganizationMissing(NotFound):
    """There is no such organization."""

    code = "identity.organization_missing"


class MembershipMissing(NotFound):
    """The person is not a member of the organization."""

    code = "identity.membership_missing"


class TokenMissing(NotFound):
    """The person has no such API token."""

    code = "identity.token_missing"


class MemberAlready(Conflict):
    """The person is a member of the organization already."""

    code = "identity.member_already"


class LastAdministrator(Conflict):
    """The organization would be left without an administrator."""

    code = "identity.last_administrator"


class TokensFull(Conflict):
    """The person has `most` API tokens, which is as many as one may have."""

    code = "identity.tokens_full"


class HashingBusy(Unavailable):
    """More passwords are being checked than memory allows: try again after `seconds`."""

    code = "identity.hashing_busy"
