"""The HTTP that comes before a WebSocket: requests read, replies written."""

import base64
import binascii
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import parse_qsl, urlsplit

from shulian.world.live.ports import Denied
from shulian.world.wire.frames import SUBPROTOCOL

END = b"\r\n\r\n"
MOST_HEAD = 8192
"""Bytes of a request."""

_GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
_KEY_BYTES = 16
_MOST_FIELDS = 16
"""Of a query."""


_VERSIONS = {"HTTP/1.0", "HTTP/1.1"}
"""The older one is what simple probes of health speak."""


@dataclass(frozen=True, slots=True)
class Request:
    """A request without a body."""

    method: str
    version: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    """By name in small letters; what comes twice is joined by commas."""


def read_request(head: bytes) -> Request | None:
    """The request in `head`, which ends before `END`; None where it is none."""
    try:
        first, *lines = head.decode("ascii").split("\r\n")
        method, target, version = first.split(" ")
        address = urlsplit(target)
        query = dict(parse_qsl(address.query, max_num_fields=_MOST_FIELDS))
    except ValueError:
        return None
    if version not in _VERSIONS or not target.startswith("/"):
        return None
    headers: dict[str, str] = {}
    for line in lines:
        name, colon, value = line.partition(":")
        if not colon or not name or name != name.strip():
            return None
        name, value = name.lower(), value.strip()
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return Request(method, version, address.path, query, headers)


def fault(request: Request) -> Denied | None:
    """Why this is no handshake that we can complete."""
    headers = request.headers
    upgrade = "websocket" in _tokens(headers.get("upgrade", "").lower())
    checks = (
        (request.version == "HTTP/1.1", HTTPStatus.BAD_REQUEST, "request"),
        (request.method == "GET", HTTPStatus.METHOD_NOT_ALLOWED, "method"),
        (upgrade, HTTPStatus.UPGRADE_REQUIRED, "websocket"),
        (
            "upgrade" in _tokens(headers.get("connection", "").lower()),
            HTTPStatus.UPGRADE_REQUIRED,
            "websocket",
        ),
        (headers.get("sec-websocket-version") == "13", HTTPStatus.BAD_REQUEST, "websocket"),
        (_key(headers) != b"", HTTPStatus.BAD_REQUEST, "websocket"),
        (headers.get("content-length", "0") == "0", HTTPStatus.BAD_REQUEST, "body"),
        ("transfer-encoding" not in headers, HTTPStatus.BAD_REQUEST, "body"),
        (
            SUBPROTOCOL in _tokens(headers.get("sec-websocket-protocol", "")),
            HTTPStatus.BAD_REQUEST,
            "protocol",
        ),
    )
    return next((Denied(status, code) for good, status, code in checks if not good), None)


def switching(request: Request) -> bytes:
    """The reply that makes the connection a WebSocket."""
    digest = hashlib.sha1(_key(request.headers) + _GUID, usedforsecurity=False).digest()
    lines = (
        "HTTP/1.1 101 Switching Protocols",
        "Upgrade: websocket",
        "Connection: Upgrade",
        f"Sec-WebSocket-Accept: {base64.b64encode(digest).decode()}",
        f"Sec-WebSocket-Protocol: {SUBPROTOCOL}",
    )
    return "\r\n".join(lines).encode() + END


def refusal(denied: Denied) -> bytes:
    """The reply that says why not."""
    return reply(denied.status, "application/json", json.dumps({"code": denied.code}).encode())


def reply(status: int, kind: str, body: bytes) -> bytes:
    """A reply after which the connection ends."""
    lines = (
        f"HTTP/1.1 {status} {HTTPStatus(status).phrase}",
        f"Content-Type: {kind}",
        f"Content-Length: {len(body)}",
        "Cache-Control: no-store",
        "Connection: close",
    )
    return "\r\n".join(lines).encode() + END + body


def _tokens(value: str) -> list[str]:
    return [token.strip() for token in value.split(",")]


def _key(headers: Mapping[str, str]) -> bytes:
    """The key of a handshake; empty where there is none."""
    key = headers.get("sec-websocket-key", "").encode()
    try:
        return key if len(base64.b64decode(key, validate=True)) == _KEY_BYTES else b""
    except binascii.Error:
        return b""
