"""What the sockets have done since they were opened."""

from collections import Counter
from dataclasses import dataclass, field, fields
from typing import cast


@dataclass(slots=True)
class Counters:
    """Numbers that only grow, but for the first three."""

    connected: int = 0
    """Now."""
    guests: int = 0
    """Whose handshake is not complete."""
    uncompiled: int = 0
    """1: the compiler failed, the first stage goes on."""
    opened: int = 0
    accepted: int = 0
    """Connections, whatever became of them."""
    timeouts: int = 0
    """Handshakes that were not complete in time."""
    moves: int = 0
    texts: int = 0
    told: int = 0
    """Messages queued."""
    snapshots: int = 0
    skipped: int = 0
    """Snapshots that were not sent to who had not read the last."""
    bytes_in: int = 0
    bytes_out: int = 0
    """Of snapshots."""
    ticks: int = 0
    late: int = 0
    """Ticks that came more than a tick too late."""
    failures: int = 0
    """Ticks that went wrong."""
    refused: Counter[str] = field(default_factory=Counter[str])
    """Handshakes, by code."""
    strayed: Counter[str] = field(default_factory=Counter[str])
    """People whose moves were refused in a tick, by reason."""
    ended: Counter[str] = field(default_factory=Counter[str])
    """Connections, by the name or number of the close code."""


_LABELS = {"refused": "code", "strayed": "reason", "ended": "code"}
_GAUGES = {"connected", "guests", "uncompiled"}


def exposition(counters: Counters) -> bytes:
    """The counters as Prometheus reads them."""
    lines: list[str] = []
    for one in fields(counters):
        name, value = f"shulian_world_sockets_{one.name}", getattr(counters, one.name)
        lines.append(f"# TYPE {name} {'gauge' if one.name in _GAUGES else 'counter'}")
        if isinstance(value, Counter):
            known = cast("Counter[str]", value)
            label = _LABELS[one.name]
            lines += [f'{name}{{{label}="{key}"}} {known[key]}' for key in sorted(known)]
        else:
            lines.append(f"{name} {value}")
    return "\n".join([*lines, ""]).encode()
