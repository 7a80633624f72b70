"""Between the programme of a congress and a problem: the same, as plain values."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any
from uuid import UUID

from shulian.booking.types import Span
from shulian.congress.rules import days
from shulian.congress.rules.timetable import grid
from shulian.congress.rules.timetable.problem import (
    Hall,
    Place,
    Problem,
    Session,
    Speaker,
    Stretch,
    Weights,
)
from shulian.congress.types import (
    Congress,
    Forum,
    Part,
    Placement,
    Presence,
    Programme,
    SessionId,
    SessionKind,
    Surroundings,
)
from shulian.congress.types import Session as CongressSession
from shulian.park.types import SpaceId

_NEEDED = frozenset({Part.HOST, Part.ORGANIZER})
"""Whose people have to be at their forum."""
_NEVER = Stretch(0, 1)
"""For who says when they can, and never can during the congress: too short for any session."""


def of_programme(
    programme: Programme,
    around: Surroundings,
    *,
    step: int = 15,
    buffer: int = 0,
    rests: bool = False,
    weights: Weights | None = None,
) -> Problem:
    """The problem of timetabling a programme as it is, from where its sessions are now.

    Ids are those of the programme as text. Minutes are rounded so that nothing is allowed that
    the programme forbids. A session in a hall that the congress does not use counts as not placed.
    """
    clock = _Clock(programme.congress)
    forums = {forum.id: forum for forum in programme.forums}
    halls = {hall.space for hall in programme.halls}
    known = {speaker.id for speaker in programme.speakers}
    return Problem(
        title=programme.congress.title.zh or programme.congress.title.en,
        days=clock.days,
        halls=tuple(
            Hall(
                hall.space,
                hall.capacity,
                clock.inner(hall.hours),
                hall.name.zh or hall.name.en,
                clock.outer(around.taken.get(hall.space, ())),
            )
            for hall in programme.halls
        ),
        speakers=tuple(
            Speaker(
                str(one.id),
                one.name.zh or one.name.en,
                clock.inner(one.available) or ((_NEVER,) if one.available else ()),
                clock.inner(one.wished),
                one.presence is Presence.ONLINE,
            )
            for one in programme.speakers
        ),
        sessions=tuple(
            _session(one, forums[one.forum], clock, halls, known) for one in programme.sessions
        ),
        walks=MappingProxyType(
            {pair: int(-(-way // 1)) for pair, way in around.walks.items() if set(pair) <= halls}
        ),
        step=step,
        buffer=buffer,
        rests=rests,
        levels=around.levels,
        weights=weights or Weights(),
    )


def placements(congress: Congress, places: Mapping[str, Place]) -> dict[SessionId, Placement]:
    """Where and when each session is, by the ids of the programme."""
    clock = _Clock(congress)
    return {
        SessionId(UUID(session)): Placement(SpaceId(place.hall), clock.instant(place.start))
        for session, place in places.items()
    }


def _session(
    one: CongressSession,
    forum: Forum,
    clock: "_Clock",
    halls: Iterable[SpaceId],
    known: Iterable[Any],
) -> Session:
    aside = one.kind is SessionKind.SIDE
    placed = None
    if one.placed is not None and one.placed.hall in set(halls):
        start = clock.minute(one.placed.start)
        placed = Place(one.placed.hall, start) if start >= 0 else None
    return Session(
        id=str(one.id),
        minutes=one.minutes,
        title=one.title.zh or one.title.en,
        forum=str(forum.id),
        theme=str(forum.theme) if forum.theme and not aside else "",
        attendance=one.attendance,
        speakers=tuple(sorted(str(who) for who in one.everyone & set(known))),
        organizers=_organizers(forum),
        plenary=one.kind is SessionKind.PLENARY,
        aside=aside,
        placed=placed,
        pinned=one.pinned and placed is not None,
    )


def _organizers(forum: Forum) -> tuple[str, ...]:
    """The organizations that have to be there, by what tells them apart."""
    found = {
        str(one.organization or (one.name.zh or one.name.en).casefold())
        for one in forum.credits
        if one.part in _NEEDED
    }
    return tuple(sorted(found))


class _Clock:
    """Instants of a congress as minutes since its first midnight, and back."""

    def __init__(self, congress: Congress) -> None:
        self._begin = days.midnight(congress.first, congress.timezone)
        midnights = [
            self.minute(days.midnight(one, congress.timezone))
            for one in (*days.days_of(congress), congress.last + timedelta(days=1))
        ]
        self.days = tuple(map(Stretch, midnights, midnights[1:]))
        """From midnight to midnight: 23 or 25 hours where clocks change."""

    def minute(self, instant: datetime) -> int:
        """The last whole minute before or at an instant."""
        return (instant - self._begin) // timedelta(minutes=1)

    def instant(self, minute: int) -> datetime:
        """The same back."""
        return self._begin + timedelta(minutes=minute)

    def inner(self, spans: Iterable[Span]) -> tuple[Stretch, ...]:
        """The whole minutes of the congress that lie in `spans`."""
        return self._clipped((-self.minute_back(one.start), self._end(one)) for one in spans)

    def outer(self, spans: Iterable[Span]) -> tuple[Stretch, ...]:
        """The minutes of the congress that `spans` touch, in order and apart."""
        touched = self._clipped(
            (self.minute(one.start), -self.minute_back(one.end) if one.end else self.days[-1].end)
            for one in spans
        )
        return grid.union(touched)

    def minute_back(self, instant: datetime) -> int:
        """Minus the first whole minute after or at an instant."""
        return (self._begin - instant) // timedelta(minutes=1)

    def _end(self, span: Span) -> int:
        return self.days[-1].end if span.end is None else self.minute(span.end)

    def _clipped(self, pairs: Iterable[tuple[int, int]]) -> tuple[Stretch, ...]:
        """What of them lies in the congress."""
        first, last = 0, self.days[-1].end
        cut = (Stretch(max(first, start), min(last, end)) for start, end in pairs)
        return tuple(sorted(one for one in cut if one.start < one.end))
