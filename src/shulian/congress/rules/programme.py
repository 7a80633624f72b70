"""What visitors look for in a programme: by day, theme, hall, words; a timetable; now and next."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from shulian.congress.rules import days
from shulian.congress.types import (
    Forum,
    ForumId,
    Hall,
    Programme,
    Session,
    Speaker,
    SpeakerId,
    Theme,
    ThemeId,
)
from shulian.kit.text import Text
from shulian.park.types import SpaceId

SOON = timedelta(hours=2)
"""What begins within it is next."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for; what is empty does not matter."""

    day: date | None = None
    theme: ThemeId | None = None
    hall: SpaceId | None = None
    words: str = ""


@dataclass(frozen=True)
class Index:
    """The nouns of a programme by their ids."""

    themes: Mapping[ThemeId, Theme]
    halls: Mapping[SpaceId, Hall]
    forums: Mapping[ForumId, Forum]
    speakers: Mapping[SpeakerId, Speaker]

    def theme(self, session: Session) -> Theme | None:
        """What a session is about."""
        forum = self.forums.get(session.forum)
        return self.themes.get(forum.theme) if forum and forum.theme else None

    def hall(self, session: Session) -> Text:
        """Where a session is; empty where it is not placed."""
        found = self.halls.get(session.placed.hall) if session.placed else None
        return found.name if found else Text()

    def speaking(self, session: Session) -> tuple[Speaker, ...]:
        """Who speaks in a session: those who are there for all of it, then those of its talks."""
        ids = [*session.speakers, *(who for talk in session.talks for who in talk.speakers)]
        return tuple(self.speakers[one] for one in dict.fromkeys(ids) if one in self.speakers)


@dataclass(frozen=True, slots=True)
class Cell:
    """What a hall has from one row of a timetable on, and over how many rows it goes."""

    sessions: tuple[Session, ...]
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """A moment at which something begins, and what there is in each hall; None: still the above."""

    start: datetime
    cells: tuple[Cell | None, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A day as a timetable: halls beside each other, time downwards."""

    halls: tuple[Hall, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """What takes place now, and what is next."""

    now: tuple[Session, ...] = ()
    next: tuple[Session, ...] = ()


def index(programme: Programme) -> Index:
    """The nouns of a programme by their ids."""
    return Index(
        {one.id: one for one in programme.themes},
        {one.space: one for one in programme.halls},
        {one.id: one for one in programme.forums},
        {one.id: one for one in programme.speakers},
    )


def day_of(session: Session, zone: str) -> date | None:
    """The day on which a session begins by the clocks of `zone`."""
    return session.placed.start.astimezone(ZoneInfo(zone)).date() if session.placed else None


def days_shown(programme: Programme) -> tuple[date, ...]:
    """The days of a congress, and others on which something takes place."""
    congress = programme.congress
    found = {day_of(one, congress.timezone) for one in programme.sessions}
    return tuple(sorted({*days.days_of(congress), *(one for one in found if one)}))


def matching(programme: Programme, wanted: Wanted) -> tuple[Session, ...]:
    """The sessions that somebody looks for, in the order of the programme."""
    known, zone = index(programme), programme.congress.timezone
    terms = _terms(wanted.words)
    return tuple(
        one
        for one in programme.sessions
        if one.placed is not None
        and (wanted.day is None or day_of(one, zone) == wanted.day)
        and (wanted.hall is None or one.placed.hall == wanted.hall)
        and (wanted.theme is None or known.forums[one.forum].theme == wanted.theme)
        and (not terms or _says(terms, _texts(one, known)))
    )


def people(programme: Programme, words: str) -> tuple[Speaker, ...]:
    """The speakers whose name or position has all of those words."""
    terms = _terms(words)
    return tuple(one for one in programme.speakers if _says(terms, (one.name, one.title)))


def grid(programme: Programme, sessions: Sequence[Session]) -> Grid:
    """Placed sessions of one day as a timetable, of the halls in which something takes place.

    A row begins where a session does. What overlaps in one hall stands in one cell.
    """
    used = {one.placed.hall for one in sessions if one.placed}
    halls = tuple(one for one in programme.halls if one.space in used)
    starts = sorted({one.placed.start for one in sessions if one.placed})
    columns = [_column(hall.space, sessions, starts) for hall in halls]
    rows = (
        Row(start, tuple(column[place] for column in columns)) for place, start in enumerate(starts)
    )
    return Grid(halls, tuple(rows))


def by_day(
    sessions: Iterable[Session], zone: str
) -> tuple[tuple[date, tuple[tuple[datetime, tuple[Session, ...]], ...]], ...]:
    """Placed sessions by day, and there by when they begin."""
    placed = sorted(((one.placed.start, one) for one in sessions if one.placed), key=_by_start)
    times = [
        (start, tuple(one for _, one in found)) for start, found in groupby(placed, key=_by_start)
    ]
    there = ZoneInfo(zone)
    return tuple(
        (day, tuple(found))
        for day, found in groupby(times, key=lambda one: one[0].astimezone(there).date())
    )


def now_and_next(programme: Programme, now: datetime) -> Moment:
    """What takes place at `now`; and for each hall what begins there next, if that is soon.

    Where nothing is on and nothing is soon: what begins first of all that is to come.
    """
    spans = [(one, days.span_of(one)) for one in programme.sessions]
    on = tuple(
        one for one, span in spans if span and span.end and span.start <= now and now < span.end
    )
    coming: dict[SpaceId, Session] = {}
    first: datetime | None = None
    for one in sorted(programme.sessions, key=_when):
        if one.placed is None or one.placed.start <= now:
            continue
        first = first or one.placed.start
        if one.placed.start <= now + SOON or (not on and one.placed.start == first):
            coming.setdefault(one.placed.hall, one)
    return Moment(on, tuple(coming.values()))


def talk_starts(session: Session) -> tuple[datetime | None, ...]:
    """When each talk of a session begins: one after the other, while each says how long it is."""
    at = session.placed.start if session.placed else None
    found: list[datetime | None] = []
    for one in session.talks:
        found.append(at if one.minutes else None)
        at = at + timedelta(minutes=one.minutes) if at and one.minutes else None
    return tuple(found)


def _when(session: Session) -> tuple[bool, datetime | None]:
    return (session.placed is None, session.placed.start if session.placed else None)


def _by_start(pair: tuple[datetime, object]) -> datetime:
    return pair[0]


def _column(
    hall: SpaceId, sessions: Sequence[Session], starts: Sequence[datetime]
) -> tuple[Cell | None, ...]:
    """What a hall has in each row: a cell with what begins, or goes on, or with nothing."""
    found: list[Cell | None] = [Cell(())] * len(starts)
    there = sorted(
        (
            (span.start, span.end or span.start, one)
            for one in sessions
            if one.placed and one.placed.hall == hall and (span := days.span_of(one))
        ),
        key=lambda one: one[:2],
    )
    place = 0
    while place < len(there):
        start, end, one = there[place]
        together = [one]
        while (place := place + 1) < len(there) and there[place][0] < end:
            together.append(there[place][2])
            end = max(end, there[place][1])
        covered = [row for row, at in enumerate(starts) if start <= at < end]
        found[covered[0]] = Cell(tuple(together), len(covered))
        for row in covered[1:]:
            found[row] = None
    return tuple(found)


def _texts(session: Session, known: Index) -> Iterable[Text]:
    """All that one may look for a session by."""
    forum, theme = known.forums[session.forum], known.theme(session)
    yield from (session.title, session.about, forum.title, known.hall(session), Text(forum.code))
    yield from (one.name for one in forum.credits)
    yield from (text for one in session.talks for text in (one.title, one.about))
    yield from (one.name for one in known.speaking(session))
    if theme:
        yield theme.name


def _terms(words: str) -> tuple[str, ...]:
    return tuple(_plain(words).split())


def _says(terms: Sequence[str], texts: Iterable[Text]) -> bool:
    told = "\n".join(_plain(side) for one in texts for side in (one.zh, one.en))
    return all(one in told for one in terms)


def _plain(text: str) -> str:
    """A text without what writing differs by: width of letters, upper and lower case."""
    return unicodedata.normalize("NFKC", text).casefold()
