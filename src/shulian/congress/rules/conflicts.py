"""What is wrong with a timetable: every rule that its sessions break, and how much that matters."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from shulian.booking.types import Span
from shulian.congress.rules import days
from shulian.congress.types import (
    Conflict,
    Forum,
    ForumId,
    Hall,
    Level,
    Part,
    Presence,
    Programme,
    Rule,
    Session,
    SessionId,
    SessionKind,
    Speaker,
    SpeakerId,
    Surroundings,
)
from shulian.kit.text import Text
from shulian.park.types import SpaceId

_NEEDED = frozenset({Part.HOST, Part.ORGANIZER})
"""Whose people have to be at their forum."""
_SECONDS = 60


@dataclass(frozen=True, slots=True)
class _Placed:
    """A session that has a place, and its span."""

    session: Session
    hall: SpaceId
    span: Span


@dataclass(frozen=True)
class _Known:
    """A programme, to be looked things up in."""

    programme: Programme

    @cached_property
    def placed(self) -> tuple[_Placed, ...]:
        """All that has a place, by start."""
        found = [
            _Placed(one, one.placed.hall, days.span_at(one.placed, one.minutes))
            for one in self.programme.sessions
            if one.placed is not None
        ]
        return tuple(sorted(found, key=lambda one: (one.span.start, one.hall, one.session.id)))

    @cached_property
    def meeting(self) -> tuple[tuple[_Placed, _Placed], ...]:
        """All pairs that share a moment, the earlier first."""
        found: list[tuple[_Placed, _Placed]] = []
        running: list[_Placed] = []
        for one in self.placed:
            running = [other for other in running if days.overlap(other.span, one.span)]
            found += [(other, one) for other in running]
            running.append(one)
        return tuple(found)

    @cached_property
    def forums(self) -> Mapping[ForumId, Forum]:
        return {one.id: one for one in self.programme.forums}

    @cached_property
    def halls(self) -> Mapping[SpaceId, Hall]:
        return {one.space: one for one in self.programme.halls}

    @cached_property
    def speakers(self) -> Mapping[SpeakerId, Speaker]:
        return {one.id: one for one in self.programme.speakers}

    @cached_property
    def needed(self) -> Mapping[ForumId, Mapping[object, Text]]:
        """Of each forum the organizations that have to be there, by what tells them apart."""
        return {
            forum.id: {
                one.organization or (one.name.zh or one.name.en).casefold(): one.name
                for one in forum.credits
                if one.part in _NEEDED
            }
            for forum in self.programme.forums
        }


def conflicts(programme: Programme, around: Surroundings) -> tuple[Conflict, ...]:
    """Every rule that a timetable breaks: what blocks first, then by start.

    Rules that the congress ignores are not looked for. Takes time in proportion to the sessions
    and to the pairs of them that share a moment.
    """
    known = _Known(programme)
    place = {one.session.id: number for number, one in enumerate(known.placed)}
    found = [
        one
        for kind, broken in _RULES.items()
        if around.levels[kind] is not Level.IGNORE
        for one in broken(known, around)
    ]
    found.sort(key=lambda one: (one.level is not Level.BLOCK, place[one.sessions[0]], one.rule))
    return tuple(found)


def of_session(found: Sequence[Conflict], session: SessionId) -> tuple[Conflict, ...]:
    """Those of the conflicts that a session is part of."""
    return tuple(one for one in found if session in one.sessions)


def _hall_taken(known: _Known, around: Surroundings) -> Iterator[Conflict]:
    level = around.levels[Rule.HALL_TAKEN]
    for one, other in known.meeting:
        if one.hall == other.hall:
            yield Conflict(Rule.HALL_TAKEN, level, _both(one, other), hall=one.hall)
    for one in known.placed:
        if any(days.overlap(one.span, taken) for taken in around.taken.get(one.hall, ())):
            yield Conflict(Rule.HALL_TAKEN, level, (one.session.id,), hall=one.hall)


def _hall_closed(known: _Known, around: Surroundings) -> Iterator[Conflict]:
    level = around.levels[Rule.HALL_CLOSED]
    for one in known.placed:
        hall = known.halls.get(one.hall)
        if hall is None or not days.within(one.span, hall.hours):
            yield Conflict(Rule.HALL_CLOSED, level, (one.session.id,), hall=one.hall)


def _too_small(known: _Known, around: Surroundings) -> Iterator[Conflict]:
    level = around.levels[Rule.TOO_SMALL]
    for one in known.placed:
        hall, expected = known.halls.get(one.hall), one.session.attendance
        if hall is not None and expected > hall.capacity:
            yield Conflict(
                Rule.TOO_SMALL,
                level,
                (one.session.id,),
                hall=one.hall,
                needed=expected,
                there=hall.capacity,
            )


def _speaker_twice(known: _Known, around: Surroundings) -> Iterator[Conflict]:
    level = around.levels[Rule.SPEAKER_TWICE]
    for one, other in known.meeting:
        for who in sorted(one.session.everyone & other.session.everyone):
            yield Conflict(Rule.SPEAKER_TWICE, level, _both(one, other), speaker=who)


def _speaker_away(known: _Known, around: Surroundings) -> Iterator[Conflict]:
    level = around.levels[Rule.SPEAKER_AWAY]
    for one in known.placed:
        for who in sorted(one.session.everyone):
            speaker = known.speakers.get(who)
            if speaker and speaker.available and not days.within(one.span, speaker.available):
                yield Conflict(Rule.SPEAKER_AWAY, level, (one.session.id,), speaker=who)


def _theme_clash(known: _Known, around: Surroundings) -> Iterator[Conflict]:
    level = around.levels[Rule.THEME_CLASH]
    for one, other in known.meeting:
        theme = known.forums[one.session.forum].theme
        aside = SessionKind.SIDE in (one.session.kind, other.session.kind)
        if theme and theme == known.forums[other.session.forum].theme and not aside:
            yield Conflict(Rule.THEME_CLASH, level, _both(one, other))


def _organizer_twice(known: _Known, around: Surroundings) -> Iterator[Conflict]:
    level = around.levels[Rule.ORGANIZER_TWICE]
    for one, other in known.meeting:
        if one.session.forum == other.session.forum:
            continue
        here, there = known.needed[one.session.forum], known.needed[other.session.forum]
        for who, name in here.items():
            if who in there:
                yield Conflict(Rule.ORGANIZER_TWICE, level, _both(one, other), name=name)


def _too_far(known: _Known, around: Surroundings) -> Iterator[Conflict]:
    """Of people who are there in person, from each of their sessions to the next."""
    level = around.levels[Rule.TOO_FAR]
    before: dict[SpeakerId, _Placed] = {}
    for one in known.placed:
        for who in sorted(one.session.everyone):
            last, speaker = before.get(who), known.speakers.get(who)
            before[who] = one
            if last is None or speaker is None or speaker.presence is not Presence.ON_SITE:
                continue
            walk = around.walks.get((last.hall, one.hall), 0.0)
            there = _minutes_between(last.span, one.span)
            if 0 <= there < walk:
                yield Conflict(
                    Rule.TOO_FAR,
                    level,
                    _both(last, one),
                    speaker=who,
                    needed=_whole(walk),
                    there=there,
                )


def _not_alone(known: _Known, around: Surroundings) -> Iterator[Conflict]:
    level = around.levels[Rule.NOT_ALONE]
    for one, other in known.meeting:
        kinds = (one.session.kind, other.session.kind)
        if SessionKind.PLENARY in kinds and SessionKind.SIDE not in kinds:
            yield Conflict(Rule.NOT_ALONE, level, _both(one, other))


def _outside(known: _Known, around: Surroundings) -> Iterator[Conflict]:
    level, whole = around.levels[Rule.OUTSIDE], days.whole(known.programme.congress)
    for one in known.placed:
        if not days.within(one.span, [whole]):
            yield Conflict(Rule.OUTSIDE, level, (one.session.id,))


_RULES = {
    Rule.HALL_TAKEN: _hall_taken,
    Rule.HALL_CLOSED: _hall_closed,
    Rule.TOO_SMALL: _too_small,
    Rule.SPEAKER_TWICE: _speaker_twice,
    Rule.SPEAKER_AWAY: _speaker_away,
    Rule.THEME_CLASH: _theme_clash,
    Rule.ORGANIZER_TWICE: _organizer_twice,
    Rule.TOO_FAR: _too_far,
    Rule.NOT_ALONE: _not_alone,
    Rule.OUTSIDE: _outside,
}


def _both(one: _Placed, other: _Placed) -> tuple[SessionId, SessionId]:
    return one.session.id, other.session.id


def _minutes_between(one: Span, other: Span) -> int:
    """Whole minutes from the end of one to the start of the other; below 0 where they meet."""
    if one.end is None:
        return -1
    return int((other.start - one.end).total_seconds() // _SECONDS)


def _whole(minutes: float) -> int:
    """Minutes rounded up."""
    return int(-(-minutes // 1))
