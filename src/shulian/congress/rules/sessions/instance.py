"""A conference whose talks want sessions: who talks, in which tracks, when and where there is room.

The problem is that of CoSPLib: Kheiri, Pylyavskyy and Jacko, "CoSPLib - A benchmark library for
conference scheduling problems", GECCO '25 Companion, doi:10.1145/3712255.3726570. Its words are
kept: a *submission* is one talk, a *track* the submissions of one subject, a *session* a stretch
of the programme of so many time slots, and in each session a room holds one track or none.

Symbols: i submissions, t tracks, s sessions, r rooms, k time slots of a session.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each part of the objective counts; 0: not at all."""

    tracks_sessions: int = 0
    tracks_rooms: int = 0
    sessions_rooms: int = 0
    similar_tracks: int = 0
    rooms_per_track: int = 0
    parallel_tracks: int = 0
    consecutive_tracks: int = 0
    submissions_time_zones: int = 0
    submissions_order: int = 0
    submissions_sessions: int = 0
    submissions_rooms: int = 0
    presenters_conflicts: int = 0
    attendees_conflicts: int = 0
    chairs_conflicts: int = 0
    presenters_conflicts_in_slots: int = 0
    attendees_conflicts_in_slots: int = 0


PARTS = tuple(one.name for one in fields(Weights))
"""The parts of the objective, in the order of the parameters sheet."""


@dataclass(frozen=True, slots=True)
class Submission:
    """One talk."""

    name: str
    track: int
    slots: int = 1
    """Time slots that it needs, one after the other in one room."""
    order: int = 0
    """Its place among the submissions of its track, from 1; 0: any."""
    presenters: tuple[str, ...] = ()
    attendees: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Track:
    """The submissions of one subject."""

    name: str
    chairs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Session:
    """A stretch of the programme, in all rooms at once."""

    name: str
    slots: int


@dataclass(frozen=True)
class Instance:
    """All that is given; penalties are as they stand in the file, not weighted yet."""

    submissions: tuple[Submission, ...]
    tracks: tuple[Track, ...]
    sessions: tuple[Session, ...]
    """In the order in which they take place."""
    rooms: tuple[str, ...]
    weights: Weights
    tracks_sessions: Integers
    """(t, s)."""
    tracks_rooms: Integers
    """(t, r)."""
    sessions_rooms: Integers
    """(s, r)."""
    similar_tracks: Integers
    """(t, t), symmetric, for two tracks in one session."""
    submissions_sessions: Integers
    """(i, s)."""
    submissions_rooms: Integers
    """(i, r)."""
    submissions_time_zones: Integers
    """(i, s), of how late or early it is where the presenter is."""

    @cached_property
    def track_of(self) -> Integers:
        """(i,) the track of each submission."""
        return np.array([one.track for one in self.submissions], np.int64)

    @cached_property
    def needs(self) -> Integers:
        """(i,) the time slots that each submission needs."""
        return np.array([one.slots for one in self.submissions], np.int64)

    @cached_property
    def orders(self) -> Integers:
        """(i,) the wanted place of each submission in its track; 0: any."""
        return np.array([one.order for one in self.submissions], np.int64)

    @cached_property
    def capacities(self) -> Integers:
        """(s,) the time slots of each session."""
        return np.array([one.slots for one in self.sessions], np.int64)

    @cached_property
    def of_track(self) -> tuple[tuple[int, ...], ...]:
        """The submissions of each track."""
        found: list[list[int]] = [[] for _ in self.tracks]
        for place, one in enumerate(self.submissions):
            found[one.track].append(place)
        return tuple(tuple(one) for one in found)

    @cached_property
    def presenters_meet(self) -> Flags:
        """(i, i) whether two submissions want the same person: both to present, or one to chair.

        Whoever chairs a track is wanted at all of it; within a track that is no conflict.
        """
        presents = _matrix([one.presenters for one in self.submissions], self._people)
        return self._meet(presents @ presents.T + self._apart(presents @ self._chairs.T))

    @cached_property
    def attendees_meet(self) -> Flags:
        """(i, i) whether somebody attends both, or attends one and presents or chairs the other."""
        presents = _matrix([one.presenters for one in self.submissions], self._people)
        attends = _matrix([one.attendees for one in self.submissions], self._people)
        return self._meet(
            attends @ attends.T + attends @ presents.T + self._apart(attends @ self._chairs.T)
        )

    @cached_property
    def chairs_meet(self) -> Flags:
        """(t, t) whether two tracks have a chair in common."""
        chairs = _matrix([one.chairs for one in self.tracks], self._people)
        meet = (chairs @ chairs.T) > 0
        np.fill_diagonal(meet, val=False)
        return meet

    @cached_property
    def _people(self) -> Mapping[str, int]:
        names = {name for one in self.submissions for name in (*one.presenters, *one.attendees)} | {
            name for one in self.tracks for name in one.chairs
        }
        return {name: place for place, name in enumerate(sorted(names))}

    @cached_property
    def _chairs(self) -> Integers:
        """(i, people) who chairs the track of each submission."""
        chairs = _matrix([one.chairs for one in self.tracks], self._people)
        return chairs[self.track_of]

    def _apart(self, shared: Integers) -> Integers:
        """What is shared by submissions of different tracks."""
        return np.where(self.track_of[:, None] != self.track_of[None, :], shared, 0)

    @staticmethod
    def _meet(shared: Integers) -> Flags:
        meet = (shared + shared.T) > 0
        np.fill_diagonal(meet, val=False)
        return meet


def _matrix(names: Sequence[Sequence[str]], people: Mapping[str, int]) -> Integers:
    """(rows, people) 1 where a row names somebody."""
    found = np.zeros((len(names), max(len(people), 1)), np.int64)
    for place, row in enumerate(names):
        for name in row:
            found[place, people[name]] = 1
    return found


@dataclass(frozen=True)
class Solution:
    """Where and when everything takes place."""

    tracks: Integers
    """(s, r) the track of a room in a session; -1: none."""
    submissions: Integers
    """(s, r, k) the submission of each time slot; -1: none; k up to the longest session."""


def empty(instance: Instance) -> Solution:
    """Nothing takes place."""
    sessions, rooms = len(instance.sessions), len(instance.rooms)
    longest = int(instance.capacities.max(initial=0))
    return Solution(
        np.full((sessions, rooms), -1, np.int64), np.full((sessions, rooms, longest), -1, np.int64)
    )
