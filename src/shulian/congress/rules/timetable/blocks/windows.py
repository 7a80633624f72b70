"""Where a block can be as one piece: from when to when, in which halls, and at what least cost.

A block is a forum, or a session that has none. It is in one piece where its sessions follow each
other in one hall so closely that no other session fits between. Found by dynamic programming over
the sets of sessions that are over (Held and Karp, 1962), for all starts and kinds of halls at once.

Symbols: k sessions of a block, q kinds of halls, x cells of time (of `unit` minutes).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import gcd

import numpy as np
from numpy.typing import NDArray

from shulian.congress.rules.timetable.blocks.own import Costs
from shulian.congress.rules.timetable.problem import Problem

Floats = NDArray[np.float64]
LARGEST = 5
"""Sessions of a block; those of a larger forum are blocks of their own."""
FINEST = 5
"""[min] of a cell where a block has several sessions; with less they are blocks of their own."""


@dataclass(frozen=True, slots=True)
class Window:
    """A block in one piece, in any of some halls."""

    start: int
    end: int
    halls: frozenset[int]
    """Where it costs no more than `cost`."""
    cost: int
    idle: float
    """Minutes in it in which it may have no session, and that its like may be longer."""


@dataclass(frozen=True, slots=True)
class Block:
    """Sessions that are looked at together."""

    sessions: tuple[int, ...]
    """By their numbers."""
    unit: int
    """[min] of which all its times are multiples."""


def blocks(problem: Problem, costs: Costs) -> list[Block]:
    """The blocks of a problem."""
    forums: dict[str, list[int]] = {}
    for number, session in enumerate(problem.sessions):
        forums.setdefault(session.forum or f" {number}", []).append(number)
    found: list[Block] = []
    for members in forums.values():
        block = Block(tuple(members), _unit(problem, costs, members))
        if len(members) == 1 or (len(members) <= LARGEST and block.unit >= FINEST):
            found.append(block)
        else:
            found.extend(Block((one,), _unit(problem, costs, (one,))) for one in members)
    return found


def _unit(problem: Problem, costs: Costs, members: Sequence[int]) -> int:
    times = (start for one in members for start in costs.starts[one].tolist())
    minutes = (problem.sessions[one].minutes for one in members)
    return max(1, gcd(*times, *minutes, problem.buffer, problem.step))


def windows(
    problem: Problem, costs: Costs, block: Block, *, least: int, spare: float
) -> list[Window]:
    """Every window of `block` that costs at most `spare` more than its cheapest.

    Those are left out in which a shorter one lies that costs no more. `least`: so short is the
    shortest of all sessions [min].
    """
    table = _Table(problem, costs, block, least)
    whole = table.whole(spare)
    if not whole:
        return []
    cheapest = min(float(found.min()) for found in whole.values())
    if not np.isfinite(cheapest):
        return []
    kept = {idle: np.where(one <= cheapest + spare, one, np.inf) for idle, one in whole.items()}
    weight = _groups_weight(problem, block)
    longer = _thin_out(kept, block.unit, weight)
    long = sum(problem.sessions[one].minutes for one in block.sessions)
    found: list[Window] = []
    for idle, priced in kept.items():
        for cell in np.flatnonzero(np.isfinite(priced).any(0)).tolist():
            start = table.first + cell * block.unit
            more = idle * block.unit + float(longer[idle][:, cell].max())
            end = start + long + idle * block.unit
            found += [
                Window(start, end, halls, cost, more)
                for cost, halls in tiers(priced[:, cell], table.halls)
            ]
    return found


def tiers(priced: Floats, halls: Sequence[frozenset[int]]) -> list[tuple[int, frozenset[int]]]:
    """The prices of kinds of halls, each with all halls that cost no more."""
    found: list[tuple[int, frozenset[int]]] = []
    there: frozenset[int] = frozenset()
    for price in np.unique(priced[np.isfinite(priced)]).tolist():
        there = there.union(*(halls[one] for one in np.flatnonzero(priced == price).tolist()))
        found.append((round(price), there))
    return found


def _groups_weight(problem: Problem, block: Block) -> int:
    """What a minute more of a block may cost at most those who want to see it."""
    weights = problem.weights
    hosts = max(len(problem.sessions[one].organizers) for one in block.sessions)
    people = max(len(problem.sessions[one].speakers) for one in block.sessions)
    return weights.theme + weights.organizer * hosts + weights.speaker * people


def _thin_out(kept: dict[int, Floats], unit: int, weight: int) -> dict[int, Floats]:
    """Leave out windows in which a shorter one lies that costs no more.

    How much longer those that are left out may be than what stands for them, less what they cost
    more than it, as minutes of those who want to see the block.
    """
    longer = {idle: np.zeros_like(one) for idle, one in kept.items()}
    given = {idle: one.copy() for idle, one in kept.items()}
    for idle in sorted(kept):
        for shorter in sorted(one for one in kept if one < idle):
            for shift in range(idle - shorter + 1):
                inner, outer = (
                    given[shorter][:, shift:],
                    given[idle][:, : given[idle].shape[1] - shift],
                )
                over = np.isfinite(outer) & (inner <= outer)
                if not over.any():
                    continue
                more = np.where(over, (idle - shorter) * unit, 0.0)
                more[over] -= (outer[over] - inner[over]) / max(1, weight)
                into = longer[shorter][:, shift:]
                np.maximum(into, more, out=into)
                kept[idle][:, : outer.shape[1]][over] = np.inf
    return longer


class _Table:
    """What sets of the sessions of a block cost, by start and by how long they pause."""

    def __init__(self, problem: Problem, costs: Costs, block: Block, least: int) -> None:
        self._problem, self._block, self._least = problem, block, least
        kinds, self.halls = costs.kinds(block.sessions)
        starts = [costs.starts[one] for one in block.sessions]
        self.first = min((int(one[0]) for one in starts if len(one)), default=0)
        last = max((int(one[-1]) for one in starts if len(one)), default=0)
        size = (last - self.first) // block.unit + 1
        self._own = [
            costs.on_axis(one, kinds, self.first, block.unit, size) for one in block.sessions
        ]
        self._cells = [problem.sessions[one].minutes // block.unit for one in block.sessions]

    def whole(self, spare: float) -> dict[int, Floats]:
        """(q, x) what all sessions cost from each start on, by the cells in which they pause."""
        count, weights = len(self._own), self._problem.weights
        tables: dict[int, dict[int, Floats]] = {
            1 << one: {0: own} for one, own in enumerate(self._own)
        }
        rested = self._problem.buffer * (count - 1) // self._block.unit
        most = rested + int(spare // (weights.gap * self._block.unit)) if weights.gap else None
        for done in range(1, 1 << count):
            for idle, priced in sorted(tables.get(done, {}).items()):
                self._go_on(tables, done, idle, priced, most)
        gap = weights.gap * self._block.unit
        found = tables.get((1 << count) - 1, {})
        return {idle: one + gap * max(0, idle - rested) for idle, one in found.items()}

    def _go_on(
        self,
        tables: dict[int, dict[int, Floats]],
        done: int,
        idle: int,
        priced: Floats,
        most: int | None,
    ) -> None:
        """One session more, after each pause that leaves no room for another."""
        unit, problem = self._block.unit, self._problem
        over = sum(one for bit, one in enumerate(self._cells) if done >> bit & 1)
        shortest = problem.buffer // unit if problem.rests else 0
        for bit, own in enumerate(self._own):
            if done >> bit & 1:
                continue
            table = tables.setdefault(done | 1 << bit, {})
            for pause in range(shortest, max(shortest, -(-self._least // unit) - 1) + 1):
                shift = over + idle + pause
                if shift >= own.shape[1] or (most is not None and idle + pause > most):
                    break
                cost = priced[:, : own.shape[1] - shift] + own[:, shift:]
                cost += 0 if pause * unit >= problem.buffer else problem.weights.buffer
                if not np.isfinite(cost).any():
                    continue
                into = table.setdefault(idle + pause, np.full_like(own, np.inf))
                np.minimum(into[:, : cost.shape[1]], cost, out=into[:, : cost.shape[1]])
