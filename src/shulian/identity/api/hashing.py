"""Password hashes: argon2id, a few at a time, because each takes its memory."""

from collections.abc import Generator
from contextlib import contextmanager
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from shulian.identity.errors import HashingBusy
from shulian.identity.rules.passwords import LONGEST, tidy_password

_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
"""argon2id, 19 MiB, two passes (OWASP Password Storage Cheat Sheet): about 30 ms."""

_AT_ONCE = 4
"""Hashes at a time, so that they take 76 MiB at the most however many people log in."""

_PATIENCE = 5
"""[s] one waits for one's turn."""

_turns = BoundedSemaphore(_AT_ONCE)  # the memory it guards is the process's, and so is the guard

_NOBODY = (
    "$argon2id$v=19$m=19456,t=2,p=1$X6r0hlsAbIGS6t/lK3reYA$"
    "wUd0Fgy3xs5qXnTTvgo7oSmSvsSE/mp7OeDKlO72k9A"
)
"""Hash of a password that was thrown away: what is checked where there is no account."""


def hashed(password: str) -> str:
    """The hash of a new password; raises HashingBusy."""
    with _turn():
        return _HASHER.hash(tidy_password(password))


def matches(password: str, known: str | None) -> bool:
    """Whether `known` is the hash of `password`; without one it takes the same time to say no."""
    fits = len(password) <= LONGEST
    with _turn():
        try:
            _HASHER.verify(known or _NOBODY, tidy_password(password) if fits else "")
        except VerifyMismatchError:
            return False
    return known is not None and fits


def is_outdated(known: str) -> bool:
    """Whether a hash was made with other parameters than new ones are."""
    return _HASHER.check_needs_rehash(known)


@contextmanager
def _turn() -> Generator[None]:
    if not _turns.acquire(timeout=_PATIENCE):
        raise HashingBusy(seconds=_PATIENCE)
    try:
        yield
    finally:
        _turns.release()
