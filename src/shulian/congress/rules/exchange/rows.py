"""Rows of a table of sessions: what a table carries of a programme, and the programme of rows.

A table carries forums with their organizations, sessions with their times and halls, and who
speaks, by name. It does not carry talks, wishes, hours of halls, nor who may edit what.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from shulian.congress.rules.exchange.drafts import Draft, Given, HallNamed, Remark, named, zone_of
from shulian.congress.rules.exchange.making import (
    congress_of,
    hall,
    ordered,
    same,
    text_of,
)
from shulian.congress.rules.exchange.views import PLAIN, Telling, clean, line
from shulian.congress.types import (
    Congress,
    Credit,
    Forum,
    ForumId,
    Hall,
    Minutes,
    Placement,
    Programme,
    Session,
    SessionId,
    SessionKind,
    Speaker,
    SpeakerId,
    Theme,
    ThemeId,
)
from shulian.kit.text import Text
from shulian.park.types import SpaceId


@dataclass(frozen=True, slots=True)
class Row:
    """One session with its forum."""

    title: Text
    """Of the forum."""
    code: str = ""
    forum: UUID | None = None
    guid: UUID | None = None
    kind: SessionKind = SessionKind.FORUM
    session: Text = Text()  # noqa: RUF009  # frozen
    """Its own title; none: that of its forum."""
    about: Text = Text()  # noqa: RUF009  # frozen
    theme: Text = Text()  # noqa: RUF009  # frozen
    start: datetime | None = None
    minutes: int = 0
    venue: str = ""
    room: str = ""
    credits: tuple[Credit, ...] = ()
    language: str = ""
    attendance: int = 0
    speakers: tuple[str, ...] = ()
    link: str = ""


def rows_of(programme: Programme, telling: Telling = PLAIN) -> tuple[Row, ...]:
    """What a table carries of a programme, a row for each session."""
    forums = {one.id: one for one in programme.forums}
    themes = {one.id: one.name for one in programme.themes}
    names = {one.id: one.name for one in programme.speakers}
    rooms = _rooms(programme.halls, telling)
    codes = Counter(_flat(one.code) for one in programme.forums)
    return tuple(
        _row(one, forum, themes, names, rooms, telling, own=codes[_flat(forum.code)] > 1)
        for one in programme.sessions
        for forum in (forums[one.forum],)
    )


def _row(
    session: Session,
    forum: Forum,
    themes: dict[ThemeId, Text],
    names: dict[SpeakerId, Text],
    rooms: dict[SpaceId, tuple[str, str]],
    telling: Telling,
    *,
    own: bool,
) -> Row:
    placed = session.placed
    code = _flat(forum.code)
    told = [_flat(names[one].into(telling.language)) for one in session.speakers]
    title, own_title = _line(forum.title), _line(session.title)
    bare = own or not code or _is_guid(code)
    venue, room = rooms[placed.hall] if placed else ("", "")
    return Row(
        title=title or own_title,
        code="" if bare else code,
        forum=forum.id if bare else None,
        guid=session.id,
        kind=session.kind,
        session=Text() if own_title == (title or own_title) else own_title,
        about=Text(clean(session.about.zh), clean(session.about.en)),
        theme=_line(themes[forum.theme]) if forum.theme else Text(),
        start=placed.start.astimezone(UTC).replace(microsecond=0, fold=0) if placed else None,
        minutes=session.minutes,
        venue=venue,
        room=room,
        credits=tuple(
            Credit(one.part, text_of(name))
            for one in forum.credits
            for name in (_flat(one.name.into(telling.language)),)
            if name
        ),
        language=line(session.language),
        attendance=session.attendance,
        speakers=tuple(dict.fromkeys(one for one in told if one)),
        link=line(session.link),
    )


def _rooms(halls: Sequence[Hall], telling: Telling) -> dict[SpaceId, tuple[str, str]]:
    """Venue and room of each hall: by its name where no other may be meant, else by its id."""
    names = {one.space: line(one.name.into(telling.language)) for one in halls}
    count = Counter(same(each) for one in halls for each in {one.name.zh, one.name.en, one.space})
    return {
        space: (
            line(telling.venues.get(space, Text()).into(telling.language)),
            name if name and count[same(name)] == 1 else str(space),
        )
        for space, name in names.items()
    }


def programme_of(rows: Sequence[Row], given: Given, zone: str) -> Draft:
    """The programme that rows make; they are all right by themselves."""
    clocks = zone_of(zone) or ZoneInfo("UTC")
    days = [one.start.astimezone(clocks).date() for one in rows if one.start is not None]
    if not days and given.congress is None:
        return Draft(None, len(rows), faults=(Remark("days_missing", "A1"),))
    congress = congress_of(given, title=given.name, slug=given.name, zone=zone, days=days)
    themes = _themes(rows, congress)
    halls, unknown = _halls(rows, congress, given)
    forums: dict[ForumId, Forum] = {}
    sessions: list[Session] = []
    count: Counter[ForumId] = Counter()
    for row in rows:
        forum = _forum(row, congress, themes, given)
        forums.setdefault(forum.id, forum)
        count[forum.id] += 1
        sessions.append(_session(row, forum, halls, count[forum.id]))
    speakers = {_speaker(name).id: _speaker(name) for row in rows for name in row.speakers}
    programme = Programme(
        congress,
        tuple(themes.values()),
        tuple(dict.fromkeys(halls.values())),
        tuple(forums.values()),
        ordered(sessions),
        tuple(speakers.values()),
    )
    return Draft(programme, len(rows), halls=unknown)


def _themes(rows: Sequence[Row], congress: Congress) -> dict[Text, Theme]:
    names = dict.fromkeys(one.theme for one in rows if one.theme)
    return {
        name: Theme(ThemeId(named("theme", congress.id, name.zh, name.en)), name, at)
        for at, name in enumerate(names)
    }


def _halls(
    rows: Sequence[Row], congress: Congress, given: Given
) -> tuple[dict[tuple[str, str], Hall], tuple[HallNamed, ...]]:
    """The hall of each venue and room, and those that the park does not know."""
    halls: dict[tuple[str, str], Hall] = {}
    unknown: dict[SpaceId, HallNamed] = {}
    for row in rows:
        place = (row.venue, row.room)
        if row.start is None or place in halls:
            continue
        one, known = hall(row.room, congress, given, row.venue)
        if not known:
            unknown.setdefault(one.space, HallNamed(one.space, text_of(row.room), row.venue))
        halls[place] = one
    return halls, tuple(unknown.values())


def _forum(row: Row, congress: Congress, themes: dict[Text, Theme], given: Given) -> Forum:
    theme = themes.get(row.theme)
    known = given.forums.get(row.code) if row.code else None
    words = (row.code,) if row.code else (row.title.zh, row.title.en)
    return Forum(
        ForumId(row.forum or known or named("forum", congress.id, *words)),
        row.title,
        theme=theme.id if theme else None,
        code=row.code,
        credits=row.credits,
    )


def _session(row: Row, forum: Forum, halls: dict[tuple[str, str], Hall], number: int) -> Session:
    placed = None
    if row.start is not None:
        placed = Placement(halls[row.venue, row.room].space, row.start)
    return Session(
        id=SessionId(row.guid or named("session", forum.id, number)),
        forum=forum.id,
        kind=row.kind,
        title=row.session or row.title,
        minutes=Minutes(row.minutes),
        about=row.about,
        attendance=row.attendance,
        language=row.language,
        speakers=tuple(_speaker(name).id for name in row.speakers),
        placed=placed,
        link=row.link,
    )


def _speaker(name: str) -> Speaker:
    return Speaker(SpeakerId(named("speaker", name)), text_of(name))


def _line(text: Text) -> Text:
    return Text(line(text.zh), line(text.en))


def _flat(words: str) -> str:
    """Words that stand in a list within a cell, so without what parts it."""
    return line(words.replace(";", ",").replace("；", "，"))


def _is_guid(words: str) -> bool:
    try:
        UUID(words)
    except ValueError:
        return False
    return True
