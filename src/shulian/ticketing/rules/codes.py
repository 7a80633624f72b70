"""Codes that people read out and write on transfers: no sign in them looks like another."""

import secrets

SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_ORDER = 8
_REFERENCE = 12


def order_code() -> str:
    """What an order is called."""
    return _code(_ORDER)


def reference(prefix: str) -> str:
    """What a payment is called at a provider: nobody guesses it."""
    return prefix + _code(_REFERENCE)


def _code(length: int) -> str:
    return "".join(secrets.choice(SIGNS) for _ in range(length))
