"""WebSocket frames (RFC 6455) as the server writes them, and messages put together from frames."""

from dataclasses import dataclass, field
from enum import IntEnum

from shulian.world.live.ports import Close


class Opcode(IntEnum):
    """What a frame is."""

    MORE = 0
    TEXT = 1
    BINARY = 2
    CLOSE = 8
    PING = 9
    PONG = 10


FIN = 0x80
MOST_CONTROL = 125
"""Bytes of a ping, a pong or a close."""
_NO_CODE = 1005
"""What a close without a code counts as."""
_SENDABLE = range(3000, 5000)
_STANDARD = {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014}


class BadFrame(Exception):
    """What came is not what a client may send."""

    def __init__(self, close: Close) -> None:
        super().__init__(close.name)
        self.close = close


@dataclass(frozen=True, slots=True)
class Message:
    """A whole message or a control frame."""

    opcode: Opcode
    payload: bytes


@dataclass(slots=True)
class Assembly:
    """The message of one client that has come in part."""

    most: int
    """Bytes of a message."""
    opcode: Opcode | None = None
    parts: list[bytes] = field(default_factory=list[bytes])

    def add(self, opcode: int, fin: bool, payload: bytes) -> Message | None:  # noqa: FBT001
        """The message that this frame completes; BadFrame where it cannot come now."""
        if opcode >= Opcode.CLOSE:
            if not fin or len(payload) > MOST_CONTROL:
                raise BadFrame(Close.BROKEN)
            return Message(Opcode(opcode), payload)
        if (opcode == Opcode.MORE) == (self.opcode is None):
            raise BadFrame(Close.BROKEN)
        first = Opcode(opcode) if self.opcode is None else self.opcode
        self.parts.append(payload)
        if sum(map(len, self.parts)) > self.most or len(self.parts) > self.most:
            raise BadFrame(Close.TOO_LARGE)
        if not fin:
            self.opcode = first
            return None
        whole = b"".join(self.parts)
        self.opcode, self.parts = None, []
        return Message(first, whole)


def frame(opcode: Opcode, payload: bytes) -> bytes:
    """A whole frame from the server."""
    size = len(payload)
    if size <= MOST_CONTROL:
        return bytes((FIN | opcode, size)) + payload
    if size < 1 << 16:
        return bytes((FIN | opcode, 126)) + size.to_bytes(2, "big") + payload
    return bytes((FIN | opcode, 127)) + size.to_bytes(8, "big") + payload


def close_frame(code: int) -> bytes:
    """The frame that ends a connection; `_NO_CODE` is not written out."""
    return frame(Opcode.CLOSE, b"" if code == _NO_CODE else code.to_bytes(2, "big"))


def close_code(payload: bytes) -> int:
    """The code in a close frame; BadFrame where there can be none such."""
    if not payload:
        return _NO_CODE
    code = int.from_bytes(payload[:2], "big")
    try:
        payload[2:].decode()
    except UnicodeDecodeError:
        raise BadFrame(Close.BROKEN) from None
    if len(payload) == 1 or not (code in _STANDARD or code in _SENDABLE):
        raise BadFrame(Close.BROKEN)
    return code
