"""Whom the server runs as: PostgreSQL refuses to be root, and Shulian makes no account for it."""

import errno
import os
import pwd
from pathlib import Path

from shulian.kit.postgres.errors import AccountRefused

UNPRIVILEGED = 65_530
"""User and group id that root's server takes.

No distribution and no part of systemd hands out 65,520 to 65,533 (systemd, UIDS-GIDS), so no other
process shares it, as many daemons share `nobody`; and it lies below the 65,536 ids that a rootless
container has.
"""

_REFUSALS = {errno.EPERM, errno.EINVAL}
"""What a container says to root about accounts that it does not have."""


def for_making(cluster: Path) -> int | None:
    """The account that makes a cluster in the empty folder `cluster`; None: the one we have.

    initdb insists on an account with a name, so root makes a cluster as `nobody` and hands it over.
    """
    if os.geteuid() != 0:
        return None
    try:
        account = pwd.getpwnam("nobody").pw_uid
    except KeyError as error:
        raise AccountRefused(account="nobody", reason="no such account") from error
    _give(cluster, account)
    return account


def for_serving(cluster: Path) -> int | None:
    """The account that serves `cluster`: its owner; None: the one we have.

    A cluster that root owns (one put back from a copy, say) is handed to the unprivileged account.
    """
    if os.geteuid() != 0:
        return None
    owner = cluster.stat().st_uid
    if owner != 0:
        return owner
    hand_over(cluster)
    return UNPRIVILEGED


def hand_over(cluster: Path) -> None:
    """Make the unprivileged account the owner of `cluster` and all that is in it."""
    for folder, folders, files in os.walk(cluster):
        for name in [*folders, *files]:
            _give(Path(folder) / name, UNPRIVILEGED)
    _give(cluster, UNPRIVILEGED)  # last: it tells whether all of it is done


def _give(path: Path, account: int) -> None:
    try:
        os.chown(path, account, account, follow_symlinks=False)
    except OSError as error:
        if error.errno in _REFUSALS:
            raise AccountRefused(account=str(account), reason=str(error.strerror)) from error
        raise
