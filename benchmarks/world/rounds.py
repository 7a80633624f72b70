"""One round: a server on one core, users on another, and what came of it."""

import json
import statistics
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import msgspec

from world.machine import on_core, wait_until_idle

TICKS = 20
"""Snapshots a second."""
_OTHERS = 0.12
"""Of the server's core: more that others took spoil a round."""
_WHOLE = 0.9
"""The share of its snapshots that a server must send for a round to count."""
_ATTEMPTS = 3


class Round(msgspec.Struct, frozen=True):
    """What `load` tells."""

    users: int
    cpu: float
    """Seconds a second that the server was busy."""
    busy: float
    """The same of its core, whoever it worked for."""
    own_cpu: float
    frames_s: float
    bytes_s: float
    moves_s: float
    seen_s: float
    p50_ms: float
    p99_ms: float
    max_ms: float
    closed: int
    joined_s: float
    lag_ms: float
    quiet: bool = True
    """Whether the machine had nothing else to do before it, and before those it stands for."""

    @property
    def per_user(self) -> float:
        """CPU time for each snapshot that was sent: a server that sends fewer is not the faster."""
        return self.cpu / self.frames_s

    @property
    def disturbed(self) -> str:
        """Why it does not count; empty: it does."""
        if self.closed:
            return f"{self.closed} users were dropped"
        if self.busy - self.cpu > _OTHERS:
            return f"others took {self.busy - self.cpu:.2f} of the server's core"
        if self.frames_s < _WHOLE * TICKS * self.users:
            return f"{self.frames_s / self.users:.1f} snapshots a second instead of {TICKS}"
        return ""


@dataclass(frozen=True, slots=True)
class Length:
    """How long a round takes [s], and how many there are."""

    rounds: int
    warm: float
    seconds: float
    retry_until: float
    """[s] of the monotonic clock after which no round that was disturbed is tried again, and
    hardly any time is spent on waiting for a machine that is busy."""

    @property
    def hurry(self) -> bool:
        """Whether it is that late."""
        return time.monotonic() > self.retry_until


@dataclass(frozen=True, slots=True)
class Bench:
    """What every round needs."""

    load: Path
    sends: Path
    cores: tuple[int, int]
    length: Length
    folder: Path


def run_load(
    bench: Bench, kind: str, port: int, pids: Sequence[int], people: Path, count: int
) -> Round:
    """Let `count` users in and measure; raises ClickException where that fails."""
    server, users = bench.cores
    options = [kind, port, count, bench.length.seconds, bench.length.warm]
    files = [people, server, bench.folder / f"{kind}.sizes"]
    listed = ",".join(map(str, pids))
    command = on_core(users, bench.load, *map(str, [*options, listed, *files]))
    done = subprocess.run(command, check=False, stdout=subprocess.PIPE, text=True, timeout=240)
    told = json.loads(done.stdout or '{"error": "nothing said"}')
    if "error" in told:
        raise click.ClickException(f"{kind}: {told['error']} (user {told.get('user')})")
    return msgspec.convert(told, Round)


def bare_sends(bench: Bench, kind: str, like: Round) -> tuple[float, bool]:
    """CPU seconds a second of the system alone, for as many frames of the same sizes.

    And whether the machine had nothing else to do before.
    """
    server, users = bench.cores
    quiet = wait_until_idle(hurry=bench.length.hurry)
    options = [like.users, like.frames_s, bench.length.seconds, bench.folder / f"{kind}.sizes"]
    command = [bench.sends, *map(str, [*options, server, users])]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    cpu: float = json.loads(done.stdout)["cpu"]
    return cpu, quiet


def settled(name: str, once: Callable[[], Round], length: Length) -> Round:
    """A round; one that others disturbed is tried again."""
    tried: list[Round] = []
    for _ in range(_ATTEMPTS):
        quiet = wait_until_idle(hurry=length.hurry)
        tried.append(msgspec.structs.replace(once(), quiet=quiet))
        said(name, tried[-1], quiet=quiet)
        if not tried[-1].disturbed or length.hurry:
            break
    return min(tried, key=lambda one: (bool(one.disturbed), -one.frames_s))


def said(name: str, one: Round, *, quiet: bool) -> None:
    """One line about a round."""
    rate = one.frames_s / one.users
    notes = [one.disturbed] if one.disturbed else []
    notes += [] if quiet else ["the machine was not idle before"]
    print(
        f"  {name:<34}{one.users:>6} users{one.cpu:>8.3f} cpu{rate:>7.1f} Hz"
        f"{one.p50_ms:>8.1f} ms{one.p99_ms:>8.1f} ms  {'; '.join(notes)}",
        flush=True,
    )


def middle(values: Sequence[float]) -> float:
    """Their median."""
    return float(statistics.median(values))
