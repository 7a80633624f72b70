"""How the test provider signs what it says: HMAC-SHA256 over when it says it, and what."""

import hashlib
import hmac
from datetime import UTC, datetime

_PURPOSE = b"shulian ticketing test provider"


def signature(body: bytes, *, secret: str, at: datetime) -> str:
    """What stands beside `body`: `t=<seconds>,v=<hex>`."""
    seconds = int(at.timestamp())
    return f"t={seconds},v={_digest(body, secret, seconds)}"


def signed_at(body: bytes, told: str, *, secret: str) -> datetime | None:
    """When `body` was signed; none: it was not, or by somebody else."""
    parts = {name: value for name, _, value in (one.partition("=") for one in told.split(","))}
    when, proof = parts.get("t", ""), parts.get("v", "")
    if not (when.isascii() and when.isdigit() and len(when) <= _DIGITS):
        return None
    if not hmac.compare_digest(_digest(body, secret, int(when)).encode(), proof.encode()):
        return None
    return datetime.fromtimestamp(int(when), UTC)


def _digest(body: bytes, secret: str, seconds: int) -> str:
    key = hmac.digest(secret.encode(), _PURPOSE, hashlib.sha256)
    return hmac.new(key, f"{seconds}.".encode() + body, hashlib.sha256).hexdigest()


_DIGITS = 11
