"""What can go wrong with PostgreSQL, as one tree.

Unavailable
└── PostgresFailure
    ├── BinariesMissing      there is no PostgreSQL for this kind of machine
    ├── BinariesHidden       the unprivileged account cannot reach the programs, nor a copy of them
    ├── AccountRefused       root may not become the unprivileged account
    ├── AccountNameless      the account has no name, and PostgreSQL wants one
    ├── InUse                another Shulian lives in the folder
    ├── NoRights             the folder may not be read or written
    ├── NotAFolder           something else stands where the folder should be
    ├── DiskFull             no space is left
    ├── OtherVersion         the cluster was made by another major version
    ├── Damaged              the cluster lacks files that it cannot be without
    ├── StartFailed          the server ended while it started
    ├── StartTooSlow         the server was not ready in time
    ├── AddressWrong         DATABASE_URL is not the address of a PostgreSQL
    ├── Unreachable          nobody answers at DATABASE_URL, or not to us
    ├── TooOld               the server is older than Shulian needs
    ├── EncodingWrong        the database does not hold every character
    ├── ExtensionMissing     the server does not have an extension
    ├── ExtensionRefused     we may not install an extension
    └── SearchBlind          the database's locale hides Chinese from the search
"""

from shulian.kit.errors import Unavailable


class PostgresFailure(Unavailable):
    """PostgreSQL cannot be used."""

    code = "kit.postgres.failed"


class BinariesMissing(PostgresFailure):
    """There is no PostgreSQL for this kind of machine."""

    code = "kit.postgres.binaries_missing"


class BinariesHidden(PostgresFailure):
    """The unprivileged account reaches neither the programs in `folder` nor a copy in `copy`."""

    code = "kit.postgres.binaries_hidden"


class AccountRefused(PostgresFailure):
    """Root may not become the account `account` here, for `reason`."""

    code = "kit.postgres.account_refused"


class AccountNameless(PostgresFailure):
    """The account `account` has no entry in the system's list, without which no cluster is made."""

    code = "kit.postgres.account_nameless"


class InUse(PostgresFailure):
    """The living process `pid` uses the data in `folder`."""

    code = "kit.postgres.in_use"


class NoRights(PostgresFailure):
    """`folder` may not be read or written, for `reason`."""

    code = "kit.postgres.no_rights"


class NotAFolder(PostgresFailure):
    """Something else stands at `folder`."""

    code = "kit.postgres.not_a_folder"


class DiskFull(PostgresFailure):
    """No space is left for `folder`."""

    code = "kit.postgres.disk_full"


class OtherVersion(PostgresFailure):
    """The cluster in `folder` was made by PostgreSQL `found`; this Shulian brings `needed`."""

    code = "kit.postgres.other_version"


class Damaged(PostgresFailure):
    """The cluster in `folder` lacks the file `missing`."""

    code = "kit.postgres.damaged"


class StartFailed(PostgresFailure):
    """The server of `folder` ended while it started; `reason` is what it said last."""

    code = "kit.postgres.start_failed"


class StartTooSlow(PostgresFailure):
    """The server of `folder` was not ready after `seconds`."""

    code = "kit.postgres.start_too_slow"


class AddressWrong(PostgresFailure):
    """DATABASE_URL is not the address of a PostgreSQL, for `reason`."""

    code = "kit.postgres.address_wrong"


class Unreachable(PostgresFailure):
    """No connection, for `reason`."""

    code = "kit.postgres.unreachable"


class TooOld(PostgresFailure):
    """The server is PostgreSQL `found`, and Shulian needs `needed`."""

    code = "kit.postgres.too_old"


class EncodingWrong(PostgresFailure):
    """The database is encoded as `encoding`, not as UTF8."""

    code = "kit.postgres.encoding_wrong"


class ExtensionMissing(PostgresFailure):
    """The server does not have the extension `name`."""

    code = "kit.postgres.extension_missing"


class ExtensionRefused(PostgresFailure):
    """We may not install the extension `name`."""

    code = "kit.postgres.extension_refused"


class SearchBlind(PostgresFailure):
    """Under the database's locale pg_trgm finds no Chinese."""

    code = "kit.postgres.search_blind"
