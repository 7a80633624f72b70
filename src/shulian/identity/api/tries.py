"""Standing in line where one may guess: tries are counted before anything is checked.

Each count is committed before the check begins, in a transaction of its own. So a refused try,
whose transaction is undone, stays counted, and tries at the same time are counted one by one.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime

from shulian.identity.rules import limits
from shulian.identity.rules.limits import Limit
from shulian.identity.store import tries as store
from shulian.kit.db import Db

_SWEPT = 20
"""Forgotten tries that are cleared away with each new one."""

Line = Mapping[str, Limit]
"""Keys under which a try counts, and the limit of each."""


def password_line(email: str, address: str | None) -> Line:
    """Where guessing the password of `email` from the network address `address` counts."""
    account = hashlib.sha256(email.encode(errors="replace")).hexdigest()
    here = {} if address is None else {f"address:{limits.network_of(address)}": limits.ADDRESS}
    return {f"account:{account}": limits.ACCOUNT, **here}


def sign_up_line(address: str) -> Line:
    """Where making an account from the network address `address` counts."""
    return {f"sign_up:{limits.network_of(address)}": limits.SIGN_UP}


def admit_try(db: Db, line: Line, now: datetime) -> None:
    """Count a try under each key; raises TooMany while one of them must wait."""
    for key, limit in sorted(line.items()):
        store.put(db, key, limits.admit(limit, store.get(db, key, now=now), now))
    store.drop_before(db, now - limits.LONGEST_MEMORY, most=_SWEPT)


def forgive_try(db: Db, line: Line, now: datetime) -> None:
    """Take the last try back, which was right; an account's wrong ones are forgotten with it."""
    for key, limit in sorted(line.items()):
        if limit is limits.ACCOUNT:
            store.drop(db, key)
        else:
            store.put(db, key, limits.forgive(store.get(db, key, now=now), now))
