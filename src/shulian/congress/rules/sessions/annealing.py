"""A conference as the arrays that annealing works on, and answers back from them."""

from dataclasses import dataclass
from math import prod

import numpy as np

from shulian.congress.rules.sessions.instance import Flags, Instance, Integers, Solution
from shulian.congress.rules.sessions.kernel.arrays import (
    LOST,
    TOTAL,
    Desk,
    Prices,
    State,
    copy,
)
from shulian.congress.rules.sessions.kernel.places import fill
from shulian.congress.rules.sessions.kernel.walk import anneal

NO_PLACE = 10**13
"""Price of a time slot of a submission without a place: more than anything else can cost."""
_SPREAD = 0x9E3779B97F4A7C15
"""Spreads seeds over all numbers of 64 bits (Steele et al., "Fast splittable generators", 2014)."""


def prices_of(instance: Instance) -> Prices:
    """What everything costs, weighted."""
    w = instance.weights
    needs = instance.needs[:, None]
    counts = np.array([len(one) for one in instance.of_track], np.int64)
    wanted = np.array(
        [any(instance.submissions[i].order for i in one) for one in instance.of_track], np.bool_
    )
    first, other, same_session, same_slot = _conflicts(instance)
    ordered = wanted & (w.submissions_order > 0)
    return Prices(
        capacity=instance.capacities,
        track=instance.track_of,
        needs=instance.needs,
        order=instance.orders,
        in_session=needs
        * (
            _weighted(w.submissions_sessions, instance.submissions_sessions)
            + _weighted(w.submissions_time_zones, instance.submissions_time_zones)
        ),
        in_room=needs * _weighted(w.submissions_rooms, instance.submissions_rooms),
        track_session=_weighted(w.tracks_sessions, instance.tracks_sessions),
        track_room=_weighted(w.tracks_rooms, instance.tracks_rooms),
        session_room=_weighted(w.sessions_rooms, instance.sessions_rooms),
        beside=_weighted(w.similar_tracks, instance.similar_tracks)
        + _weighted(w.chairs_conflicts, instance.chairs_meet.astype(np.int64)),
        first=first,
        other=other,
        same_session=same_session,
        same_slot=same_slot,
        members=np.concatenate(([0], np.cumsum(counts))).astype(np.int64),
        listed=np.array([i for one in instance.of_track for i in one], np.int64),
        ordered=ordered.astype(np.int64),
        shape=np.maximum(
            np.array(
                [
                    w.rooms_per_track,
                    w.parallel_tracks,
                    w.consecutive_tracks,
                    w.submissions_order,
                ],
                np.int64,
            ),
            0,
        ),
        price=np.array([NO_PLACE], np.int64),
        fine=np.array([ordered.any() or same_slot.any()], np.int64),
    )


def _weighted(weight: int, penalties: Integers) -> Integers:
    return np.ascontiguousarray(max(weight, 0) * penalties)


def _conflicts(instance: Instance) -> tuple[Integers, Integers, Integers, Integers]:
    """The conflicts of each submission one after the other: see `Prices`."""
    w = instance.weights
    presenters, attendees = instance.presenters_meet, instance.attendees_meet
    in_session = _either(presenters, w.presenters_conflicts, attendees, w.attendees_conflicts)
    in_slot = _either(
        presenters,
        w.presenters_conflicts_in_slots,
        attendees,
        w.attendees_conflicts_in_slots,
    )
    one, other = np.nonzero(in_session + in_slot)
    first = np.searchsorted(one, np.arange(len(instance.submissions) + 1)).astype(np.int64)
    return first, other.astype(np.int64), in_session[one, other], in_slot[one, other]


def _either(presenters: Flags, here: int, attendees: Flags, there: int) -> Integers:
    return _weighted(here, presenters.astype(np.int64)) + _weighted(
        there, attendees.astype(np.int64)
    )


@dataclass(frozen=True)
class Annealer:
    """One search by annealing: where it is, and the best that it has seen."""

    prices: Prices
    state: State
    best: State
    desk: Desk

    @property
    def cost(self) -> int:
        """The objective of the best, as far as everything has a place."""
        return int(self.best.sums[TOTAL])

    @property
    def complete(self) -> bool:
        """Whether everything has a place in the best."""
        return bool(self.best.sums[LOST] == 0)

    def solution(self) -> Solution:
        """The best."""
        return Solution(self.best.grid.copy(), self.best.slots.copy())

    def run(self, hot: float, cold: float, steps: int) -> int:
        """Try `steps` moves while it cools; answers how many were taken."""
        heat = np.array([hot, cold], np.float64)
        return int(anneal(self.prices, self.state, self.best, self.desk, heat, steps))

    def back(self) -> None:
        """Go on from the best."""
        copy(self.best, self.state)

    def start(self, submissions: Integers) -> None:
        """Go on from `submissions` (s, r, k), and keep that if it is the best."""
        _clear(self.prices, self.state)
        fill(self.prices, self.state, self.desk, submissions)
        if self.state.sums[TOTAL] < self.best.sums[TOTAL]:
            copy(self.state, self.best)


def annealer(instance: Instance, seed: int) -> Annealer:
    """A search in which nothing has a place yet."""
    prices = prices_of(instance)
    state, best = _nowhere(instance, prices, seed), _nowhere(instance, prices, seed)
    sessions, rooms = len(instance.sessions), len(instance.rooms)
    longest = int(instance.capacities.max(initial=1))
    cells, items = sessions * rooms + 2, len(instance.submissions) + longest + 2
    desk = Desk(
        cells=np.zeros((cells, 2), np.int64),
        before=np.full((cells, longest), -1, np.int64),
        after=np.full((cells, longest), -1, np.int64),
        tracks=np.zeros(len(instance.tracks), np.int64),
        touched=np.zeros(len(instance.tracks), np.int64),
        items=np.zeros(items, np.int64),
        spare=np.zeros(items, np.int64),
    )
    return Annealer(prices, state, best, desk)


def _nowhere(instance: Instance, prices: Prices, seed: int) -> State:
    sessions, rooms = len(instance.sessions), len(instance.rooms)
    longest = int(instance.capacities.max(initial=1))
    count, tracks = len(instance.submissions), len(instance.tracks)
    shapes = (
        (sessions, rooms),
        (sessions, rooms, longest),
        (count,),
        (count,),
        (count,),
        (tracks, sessions),
        (tracks, rooms),
        (tracks,),
        (2,),
    )
    ends = np.cumsum([prod(one) for one in shapes])
    whole = np.zeros(int(ends[-1]), np.int64)
    parts = (
        part.reshape(shape) for part, shape in zip(np.split(whole, ends[:-1]), shapes, strict=True)
    )
    luck = np.array([((seed + 1) * _SPREAD) % 2**64 or 1], np.uint64)
    state = State(*parts, whole=whole, luck=luck)
    _clear(prices, state)
    return state


def _clear(prices: Prices, state: State) -> None:
    """Take its place from everything."""
    for one in (state.grid, state.slots, state.session, state.room, state.begin):
        one[...] = -1
    for one in (state.held, state.used, state.disorder):
        one[...] = 0
    state.sums[LOST] = prices.needs.sum()
    state.sums[TOTAL] = prices.needs.sum() * NO_PLACE
