"""Secrets that open an account without a password: what cookies and programs carry."""

import hashlib
import zlib

CHANCE = 32
"""Bytes of chance in every secret."""

_PREFIX = "shl_"
_SIGNS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_BODY = 43
"""Signs that 256 bits need in base 62."""
_CHECK = 6
"""Signs that a CRC-32 needs in base 62."""


def token_of(chance: bytes) -> str:
    """The API token made of 32 bytes of `chance`.

    The prefix lets scanners find tokens that leaked; the checksum tells a typo or a made-up one
    from a real one without a query.
    """
    body = _in_base_62(int.from_bytes(chance), _BODY)
    return _PREFIX + body + _check(body)


def is_token(text: str) -> bool:
    """Whether `text` has the form and the checksum of an API token."""
    body, check = text[len(_PREFIX) : -_CHECK], text[-_CHECK:]
    fits = text.isascii() and text.startswith(_PREFIX) and len(body) == _BODY
    return fits and check == _check(body)


def fingerprint(secret: str) -> bytes:
    """What is stored of a secret: its SHA-256, enough for 256 bits of chance."""
    return hashlib.sha256(secret.encode()).digest()


def _check(body: str) -> str:
    return _in_base_62(zlib.crc32(body.encode()), _CHECK)


def _in_base_62(number: int, width: int) -> str:
    signs: list[str] = []
    for _ in range(width):
        number, rest = divmod(number, len(_SIGNS))
        signs.append(_SIGNS[rest])
    return "".join(reversed(signs))
