"""The code that a QR carries: which ticket, for which occasion, of which issue, and our signature.

Digits alone: of all that a QR can hold they take least room, and a hardware scanner types them
right under every keyboard layout. `HEAD`, then one number of fixed length: the id of the key (1
byte), occasion (16), ticket (16), issue (2), Ed25519 signature of head and these (64; RFC 8032).
247 digits are a QR of version 6 at level M: 41 modules.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from types import MappingProxyType
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from shulian.ticketing.types import Fault, OccasionId, TicketId

MAGIC = "7512408"
"""By which a code of Shulian is known from the numbers of others."""
HEAD = f"{MAGIC}1"
"""Of codes of this version."""
LARGEST_ISSUE = 0xFFFF
MOST_KEYS = 256
"""Ids of keys that a code can name."""

_SAYS = 35
"""[bytes] before the signature."""
_BYTES = _SAYS + 64
_DIGITS = len(str(256**_BYTES - 1))
LENGTH = len(HEAD) + _DIGITS
"""Digits of a code."""

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's: no letter is taken for another, or for a digit."""
_MEANT = str.maketrans("OILU", "011V")
_NUMBER_BYTES = 5
_BETWEEN = re.compile(r"[\s-]+")


@dataclass(frozen=True, slots=True)
class Code:
    """What a code says."""

    occasion: OccasionId
    ticket: TicketId
    issue: int


@dataclass(frozen=True, slots=True)
class Keyring:
    """The keys of this installation by their ids; the newest signs, all are believed."""

    seeds: Mapping[int, bytes]
    """[32 bytes] each, secret."""
    newest: int

    @property
    def public(self) -> Mapping[int, bytes]:
        """[32 bytes] each: what a gate needs to know our codes from others."""
        return MappingProxyType(
            {
                key: Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
                for key, seed in self.seeds.items()
            }
        )


def write(code: Code, keys: Keyring) -> str:
    """`code` as digits, signed by the newest of `keys`."""
    says = _said(code, keys.newest)
    signer = Ed25519PrivateKey.from_private_bytes(keys.seeds[keys.newest])
    whole = says + signer.sign(_signed(says))
    return f"{HEAD}{int.from_bytes(whole):0{_DIGITS}d}"


def read(text: str, public: Mapping[int, bytes]) -> Code | Fault:
    """What `text` says, or why it is no code of ours; the keys are believed that stand in `public`.

    Blanks around it and between digits are left out: scanners and people put some there.
    """
    digits = _BETWEEN.sub("", text[: 2 * LENGTH])
    if not (digits.startswith(MAGIC) and digits.isascii() and digits.isdecimal()):
        return Fault.FOREIGN
    if not digits.startswith(HEAD):
        return Fault.NEWER if len(digits) > len(HEAD) else Fault.CUT
    if len(digits) != LENGTH or len(text) > 2 * LENGTH:
        return Fault.CUT
    number = int(digits[len(HEAD) :])
    if number >= 256**_BYTES:
        return Fault.FORGED
    return _checked(number.to_bytes(_BYTES), public)


def number_of(code: Code, keys: Keyring) -> str:
    """Eight letters and digits that people can type for a code; only we can tell them.

    They are too few to be a proof: they find a ticket in the list of its occasion.
    """
    said = _said(code, keys.newest)
    key = keys.seeds[keys.newest]
    digest = blake2b(said, key=key, digest_size=_NUMBER_BYTES, person=b"ticket.number").digest()
    bits = int.from_bytes(digest)
    return "".join(_ALPHABET[bits >> shift & 31] for shift in range(35, -1, -5))


def typed_number(text: str) -> str:
    """The number that somebody meant who typed `text`; empty where it can be none."""
    meant = _BETWEEN.sub("", text[:32]).upper().translate(_MEANT)
    return meant if len(meant) == 8 and set(meant) <= set(_ALPHABET) else ""  # noqa: PLR2004


def _said(code: Code, key: int) -> bytes:
    return key.to_bytes(1) + code.occasion.bytes + code.ticket.bytes + code.issue.to_bytes(2)


def _signed(says: bytes) -> bytes:
    return HEAD.encode() + says


def _checked(whole: bytes, public: Mapping[int, bytes]) -> Code | Fault:
    says, signature = whole[:_SAYS], whole[_SAYS:]
    key = public.get(says[0])
    if key is None:
        return Fault.STRANGER
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, _signed(says))
    except InvalidSignature:
        return Fault.FORGED
    occasion, ticket = UUID(bytes=says[1:17]), UUID(bytes=says[17:33])
    return Code(OccasionId(occasion), TicketId(ticket), int.from_bytes(says[33:]))
