"""Which passwords are taken: long enough, not among the common ones, not the e-mail address.

After NIST SP 800-63B-4, §3.1.1.2: length and a list of the common ones; no rules of composition.
"""

import unicodedata

from shulian.identity.rules.guessable import COMMON

SHORTEST = 10
LONGEST = 200
_FEWEST_DIFFERENT = 4
_SHORTEST_TELLING = 4
"""Characters that the first part of an address needs before a password may not contain it."""
_RUNS = (
    "0123456789012345678901234567890",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiopasdfghjklzxcvbnm",
)


def tidy_password(raw: str) -> str:
    """`raw` as every keyboard composes it: NFKC (NIST SP 800-63B-4, §3.1.1.2)."""
    return unicodedata.normalize("NFKC", raw)


def password_fault(password: str, email: str) -> str | None:
    """What is wrong with a new, tidy password for the account `email`."""
    plain = password.lower()
    first, _, _ = email.partition("@")
    if len(password) < SHORTEST:
        return "identity.password_short"
    if len(password) > LONGEST:
        return "identity.password_long"
    if email in plain or (len(first) >= _SHORTEST_TELLING and first in plain):
        return "identity.password_like_email"
    return "identity.password_common" if _is_common(plain) else None


def _is_common(plain: str) -> bool:
    if plain in COMMON or len(set(plain)) < _FEWEST_DIFFERENT:
        return True
    return any(plain in run or plain in run[::-1] for run in _RUNS)
