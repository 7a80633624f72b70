"""Venues that a programme names and the park lacks: which rooms they have, and on which storeys.

A file may have two sessions in one room at a time: something small in a part of a large hall, or
a mistake. Both take place where the file says, so a room of which nobody knows more than its name
gets a part for each; what stands in the park is never divided.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from shulian.congress.rules import days
from shulian.congress.types import Hall, Placement, Programme, Session, SessionId
from shulian.kit.text import Text
from shulian.park.types import SpaceId

_HAN = {one: number for number, one in enumerate("一二三四五六七八九", start=1)} | {"两": 2}
_BELOW = re.compile(r"(?<![A-Za-z0-9])B(\d)(?:层|楼|F)?(?![A-Za-z0-9])|地下([一二三四五])[层楼]")
_SAID = (
    re.compile(
        r"(?<![A-Za-z0-9])(\d{1,2})\s*(?:/?F(?![A-Za-z])|层|楼|(?:st|nd|rd|th) floor)",
        re.IGNORECASE,
    ),
    re.compile(r"(?:level|floor|(?<![A-Za-z])[LF])\s*(\d{1,2})(?!\d)", re.IGNORECASE),
    re.compile(r"([一二三四五六七八九十]{1,3})[层楼]"),
)
_NUMBER = re.compile(r"(?<![A-Za-z0-9.路街道弄])(\d{1,2})\d\d(?![\d年弄]|号(?!会议|厅|室|房|馆))")
"""The number of a room, which begins with that of its storey; not a year, nor a house's."""
_HIGHEST = 40
_TEN = 10


@dataclass(frozen=True, slots=True)
class Divided:
    """A session that got a part of its room, since another one is there at the time."""

    session: SessionId
    other: SessionId
    """The one that is in its way."""
    hall: Text
    """The room as the file names it."""
    part: Text


def storey_of(name: Text) -> int:
    """On which storey a room is by its name: ground storey 0, basements below; 0: it says none."""
    for words in (name.zh, name.en):
        if below := _BELOW.search(words):
            return -int(below[1] or _HAN[below[2]])
        for said in (*_SAID, _NUMBER):
            found = said.search(words)
            storey = _number(found[1]) if found else 0
            if 0 < storey <= _HIGHEST:
                return storey - 1
    return 0


def capacity_of(programme: Programme, hall: Hall) -> int | None:
    """How many a new hall holds: what is said of it, else as many as are expected there at most."""
    expected = [
        one.attendance
        for one in programme.sessions
        if one.placed is not None and one.placed.hall == hall.space
    ]
    return hall.capacity or max(expected, default=0) or None


def apart(
    programme: Programme, rooms: Collection[SpaceId]
) -> tuple[Programme, Mapping[SpaceId, SpaceId], tuple[Divided, ...]]:
    """The programme with no two sessions at a time in one of `rooms`.

    Who begins first, or of these the longer one, stays. Answers the parts with the rooms they are
    of, and who got one.
    """
    halls = {one.space: one for one in programme.halls}
    moved: dict[SessionId, SpaceId] = {}
    parts: dict[SpaceId, SpaceId] = {}
    told: list[Divided] = []
    for room, sessions in _by_room(programme, rooms).items():
        for one, number, other in _spread(sessions):
            space, name = SpaceId(f"{room}-{number}"), _part(halls[room].name, number)
            halls.setdefault(space, replace(halls[room], space=space, name=name))
            parts[space], moved[one.id] = room, space
            told.append(Divided(one.id, other.id, halls[room].name, name))
    sessions = tuple(_in(one, moved.get(one.id)) for one in programme.sessions)
    return replace(programme, halls=tuple(halls.values()), sessions=sessions), parts, tuple(told)


def _by_room(
    programme: Programme, rooms: Collection[SpaceId]
) -> Mapping[SpaceId, Sequence[tuple[datetime, Session]]]:
    found: defaultdict[SpaceId, list[tuple[datetime, Session]]] = defaultdict(list)
    for one in programme.sessions:
        if one.placed is not None and one.placed.hall in rooms:
            found[one.placed.hall].append((one.placed.start, one))
    for told in found.values():
        told.sort(key=lambda row: (row[0], -row[1].minutes, row[1].id))
    return found


def _spread(
    sessions: Sequence[tuple[datetime, Session]],
) -> Iterator[tuple[Session, int, Session]]:
    """Who cannot be in the room itself, the number of the part, and who is in the way."""
    last: list[Session] = []
    for _, one in sessions:
        free = next((at for at, each in enumerate(last) if not _meet(each, one)), len(last))
        if free:
            yield one, free + 1, last[0]
        last[free : free + 1] = [one]


def _meet(one: Session, other: Session) -> bool:
    spans = days.span_of(one), days.span_of(other)
    return spans[0] is not None and spans[1] is not None and days.overlap(spans[0], spans[1])


def _in(one: Session, hall: SpaceId | None) -> Session:
    if hall is None or one.placed is None:
        return one
    return replace(one, placed=Placement(hall, one.placed.start))


def _part(name: Text, number: int) -> Text:
    return Text(
        f"{name.zh} · {number}区" if name.zh else "",
        f"{name.en} · Part {number}" if name.en else "",
    )


def _number(words: str) -> int:
    """A number of digits, or of Chinese ones up to 99."""
    if words.isdecimal():
        return int(words)
    tens, ten, ones = words.rpartition("十")
    return (_HAN.get(tens, 1) * _TEN if ten else 0) + _HAN.get(ones, 0)
