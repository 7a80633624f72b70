"""Whose turn it is in a tick: who gets a snapshot, and who of them a whole one.

This version serves until the compiled one is there (rules/compiled/turns.py); both do the same.

Symbols: s slots, n receivers, m slots in which there is somebody else.
"""

from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from shulian.world.rules.crowd import Crowd, State
from shulian.world.rules.interest import visible

NEVER = -1
"""The tick of a whole snapshot that is due at once."""

Bits = NDArray[np.uint8]
Ticks = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Links:
    """Everyone's connection; each (s,)."""

    there: Bits
    """1: it can be told things."""
    blocked: Bits
    """1: something waits to be sent."""
    missed: Bits
    """1: a snapshot was left out or came in part."""


@dataclass(frozen=True, slots=True, eq=False)
class Past:
    """What was before; each (s,)."""

    stirred: Ticks
    """Tick in which everyone moved last, counted as in `Beat`."""
    whole: Ticks
    """Tick of everyone's last whole snapshot, as clients know it."""
    visit: Ticks
    """Whose turn it was last: which visit to the slot."""
    part: Bits
    """1 for whom the others could see, and 2 for whom had their turn, in the last step."""
    follow: Bits
    """1: had the last frame for all, and knows all that the next one counts from."""
    regrouped: Bits
    """(1,) 1: others can be seen or have their turn since it was set to 0."""


class Step(NamedTuple):
    """One tick, or a part of one."""

    number: int
    """As in `Beat`."""
    phases: int
    part: bool
    """Whether only those have their turn whose phase it is."""
    high: int
    """No slot from here on has a connection."""
    everyone: int
    """Up to so many people all are shown to all."""
    shared: bool
    """Whether they were in the last step."""
    counts: bool
    """Whether a frame for all would count from the last one."""
    often: int
    """Ticks between two whole snapshots of the nearest …"""
    seldom: int
    """… and of all."""


@dataclass(frozen=True, slots=True, eq=False)
class Turns:
    """Who has their turn."""

    receivers: NDArray[np.int32]
    """(n,)"""
    whole: NDArray[np.bool_]
    """(n,) whose snapshot is whole."""
    changed: NDArray[np.int32]
    """(m,) slots in which there is somebody else now."""
    skipped: int
    """How many get nothing since they have not read what was sent before."""
    shared: bool
    """Whether all are shown to all."""


class Take(Protocol):
    """Finds whose turn it is, and has `past` and `links` say that they had it."""

    def __call__(self, crowd: Crowd, links: Links, past: Past, step: Step) -> Turns:
        """`Take`."""
        ...


def no_past(crowd: Crowd) -> Past:
    """Nobody was shown anything."""
    slots = len(crowd.state)
    return Past(
        stirred=np.zeros(slots, np.int64),
        whole=np.full(slots, NEVER, np.int64),
        visit=crowd.visit.copy(),
        part=np.zeros(slots, np.uint8),
        follow=np.zeros(slots, np.uint8),
        regrouped=np.ones(1, np.uint8),
    )


def take(crowd: Crowd, links: Links, past: Past, step: Step) -> Turns:
    """`Take`, all at once."""
    changed = np.flatnonzero((crowd.visit != past.visit) & (crowd.state != State.FREE))
    past.visit[changed] = crowd.visit[changed]
    past.stirred[crowd.moved == 1] = step.number
    crowd.moved[:] = 0
    shared = 0 < int(np.count_nonzero(visible(crowd))) <= step.everyone
    some = slice(0, step.high)
    missed = np.flatnonzero(links.missed[some])
    past.whole[missed], links.missed[missed] = NEVER, 0
    if shared != step.shared:
        past.whole[:] = NEVER
    here = (links.there[some] == 1) & (crowd.state[some] == State.HERE)
    blocked = links.blocked[some] == 1
    receivers = np.flatnonzero(here & ~blocked).astype(np.int32)
    if step.part:
        receivers = receivers[(receivers + step.number) % step.phases == 0]
    whole = _due(past, receivers, step, shared=shared)
    past.follow[some] = 0
    if shared:
        past.follow[receivers] = whole | step.counts
    part = visible(crowd).astype(np.uint8)
    part[receivers] |= 2
    part[step.high :] |= past.part[step.high :] & 2
    if (part != past.part).any():
        past.regrouped[0] = 1
    past.part[:] = part
    skipped = int(np.count_nonzero(here & blocked))
    return Turns(receivers, whole, changed.astype(np.int32), skipped, shared)


def _due(
    past: Past, receivers: NDArray[np.int32], step: Step, *, shared: bool
) -> NDArray[np.bool_]:
    """Whose snapshot is whole: a part of them in every tick, and who else needs everything.

    That is who had none for long, and who does not know what a frame for all counts from.
    """
    period = step.seldom if shared else step.often
    last, tick = past.whole[receivers], step.number // step.phases
    turn = (tick + receivers // step.phases) % period == 0
    due = turn | (last == NEVER) | (tick - last >= period)
    if shared and step.counts:
        due |= past.follow[receivers] == 0
    past.whole[receivers[due]] = tick
    return due
