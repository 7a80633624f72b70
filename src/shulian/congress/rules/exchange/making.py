"""A congress out of what a file shows of it: themes of its tracks, halls of its rooms.

A file by other hands names no forums, so sessions of one track make one. Ids follow from the
names, so that the same file twice makes the same congress.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import UTC, date

from shulian.congress.rules.exchange.drafts import (
    Given,
    HallNamed,
    Known,
    all_day,
    named,
    zone_of,
)
from shulian.congress.rules.exchange.views import Entry, Room, View, Voice
from shulian.congress.types import (
    Congress,
    CongressId,
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
from shulian.identity.types import OrganizationId
from shulian.kit.text import Text
from shulian.park.types import SpaceId

_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_NOBODY = OrganizationId(named("organizer"))
"""Stands for the organizer until whoever imports says who that is."""
_NOWHERE = SpaceId("park")
_KINDS = {
    "keynote": SessionKind.PLENARY,
    "plenary": SessionKind.PLENARY,
    "全体会议": SessionKind.PLENARY,
    "forum": SessionKind.FORUM,
    "主题论坛": SessionKind.FORUM,
    "分论坛": SessionKind.FORUM,
    "论坛": SessionKind.FORUM,
    "talk": SessionKind.TALK,
    "lecture": SessionKind.TALK,
    "报告": SessionKind.TALK,
    "演讲": SessionKind.TALK,
    "panel": SessionKind.PANEL,
    "podium": SessionKind.PANEL,
    "discussion": SessionKind.PANEL,
    "圆桌": SessionKind.PANEL,
    "workshop": SessionKind.WORKSHOP,
    "tutorial": SessionKind.WORKSHOP,
    "hands-on": SessionKind.WORKSHOP,
    "工作坊": SessionKind.WORKSHOP,
    "ceremony": SessionKind.CEREMONY,
    "opening": SessionKind.CEREMONY,
    "closing": SessionKind.CEREMONY,
    "仪式": SessionKind.CEREMONY,
    "side": SessionKind.SIDE,
    "meeting": SessionKind.SIDE,
    "同期活动": SessionKind.SIDE,
    "活动": SessionKind.SIDE,
}


def text_of(words: str) -> Text:
    """Words on the side of the language they are in."""
    return Text(zh=words) if _HAN.search(words) else Text(en=words)


def kind_of(words: str) -> SessionKind | None:
    """The kind that a file means; none: it is none of ours."""
    return _KINDS.get(words.strip().casefold())


def words_of(entry: Entry) -> tuple[Text, Text]:
    """The title of an entry, and what it is about, by other hands than ours.

    A subtitle in the other language is the title in it; else it opens what is said about it.
    """
    title, subtitle = text_of(entry.title), text_of(entry.subtitle)
    told = [entry.abstract, entry.description]
    if entry.subtitle and bool(title.zh) != bool(subtitle.zh):
        title = Text(title.zh or subtitle.zh, title.en or subtitle.en)
    elif entry.subtitle:
        told.insert(0, entry.subtitle)
    about = "\n\n".join(dict.fromkeys(one for one in told if one))
    return title, text_of(about) if about else Text()


def same(words: str) -> str:
    """Words as they compare: whatever their width, case and spaces."""
    return "".join(unicodedata.normalize("NFKC", words).casefold().split())


def find(spaces: Iterable[Known], name: str, venue: str = "") -> Known | None:
    """The space of that name, in the building of that name where one is said."""
    found = [
        one
        for one in spaces
        if same(name) in _spellings(one)
        and (not venue or not one.venue or same(venue) in (same(one.venue.zh), same(one.venue.en)))
    ]
    return found[0] if len(found) == 1 else None


def _spellings(known: Known) -> set[str]:
    """The ways to write a space: its id, its name in each language, also with its building."""
    full = {
        same(f"{name}, {venue}")
        for name in (known.name.zh, known.name.en)
        for venue in (known.venue.zh, known.venue.en)
        if name and venue
    }
    return full | {same(one) for one in (known.space, known.name.zh, known.name.en) if one}


def hall(room: str, congress: Congress, given: Given, venue: str = "") -> tuple[Hall, bool]:
    """The hall that a file names, and whether the park knows it.

    It is the congress's all day and on all days, until somebody says when it is.
    """
    hours = all_day(congress.first, congress.last, zone_of(congress.timezone) or UTC)
    known = find(given.spaces, room, venue)
    if known is not None:
        return Hall(known.space, known.name, known.capacity, hours), True
    name = room if venue in room else f"{venue} {room}"
    space = SpaceId(f"hall-{named('hall', same(name)).hex[:12]}")
    return Hall(space, text_of(name), 0, hours), False


def congress_of(
    given: Given, *, title: str, slug: str, zone: str, days: Sequence[date]
) -> Congress:
    """The congress a file is for: the one that is given, or one with the names of the file."""
    if given.congress is not None:
        return given.congress
    name = title or given.name
    short = re.sub("[^a-z0-9]+", "-", slug.lower()).strip("-") or "congress"
    return Congress(
        id=CongressId(named("congress", name, short)),
        organizer=_NOBODY,
        park=_NOWHERE,
        title=text_of(name),
        about=Text(),
        first=min(days),
        last=max(days),
        timezone=zone,
        slug=short,
    )


def programme_of(view: View, given: Given) -> tuple[Programme, tuple[HallNamed, ...]]:
    """The programme that a file by other hands shows, and the halls that the park does not know."""
    congress = congress_of(
        given,
        title=view.title,
        slug=view.slug,
        zone=view.timezone,
        days=(view.first, view.last),
    )
    halls, unknown = _halls(view.rooms, congress, given)
    tracks = dict.fromkeys((*view.tracks, *(one.track for one in view.entries)))
    themes = {
        name: Theme(ThemeId(named("theme", congress.id, name)), text_of(name), at)
        for at, name in enumerate(one for one in tracks if one)
    }
    forums = {name: _forum(name, themes.get(name), congress) for name in tracks}
    used = {one.track for one in view.entries}
    return (
        Programme(
            congress,
            tuple(themes.values()),
            tuple(dict.fromkeys(halls.values())),
            tuple(one for name, one in forums.items() if name in used),
            ordered(
                session(one, forums[one.track].id, halls[one.room].space) for one in view.entries
            ),
            tuple({one.id: one for one in map(speaker, _voices(view))}.values()),
        ),
        unknown,
    )


def session(entry: Entry, forum: ForumId, space: SpaceId) -> Session:
    """The session that an entry shows."""
    title, about = words_of(entry)
    return Session(
        id=SessionId(entry.guid),
        forum=forum,
        kind=kind_of(entry.kind) or SessionKind.TALK,
        title=title,
        minutes=Minutes(entry.minutes),
        about=about,
        language=entry.language,
        speakers=tuple(dict.fromkeys(SpeakerId(one.guid) for one in entry.voices)),
        placed=Placement(space, entry.start),
        link=entry.link,
    )


def speaker(voice: Voice) -> Speaker:
    """The speaker that a file names."""
    about = text_of(voice.about) if voice.about else Text()
    return Speaker(SpeakerId(voice.guid), text_of(voice.name), about=about)


def ordered(sessions: Iterable[Session]) -> tuple[Session, ...]:
    """Those that are placed by start and hall, then the others as they were."""
    told = tuple(sessions)
    placed = [(one.placed.start, one.placed.hall, one) for one in told if one.placed is not None]
    placed.sort(key=lambda row: row[:2])
    return (*(one for _, _, one in placed), *(one for one in told if one.placed is None))


def _halls(
    rooms: Iterable[Room], congress: Congress, given: Given
) -> tuple[dict[str, Hall], tuple[HallNamed, ...]]:
    halls: dict[str, Hall] = {}
    unknown: list[HallNamed] = []
    for room in rooms:
        name, _, venue = room.name.partition(", ")
        halls[room.name], known = hall(room.name, congress, given)
        if not known and venue:
            one, known = hall(name, congress, given, venue)
            halls[room.name] = one if known else halls[room.name]
        if not known:
            one = halls[room.name]
            unknown.append(HallNamed(one.space, one.name))
    return halls, tuple(unknown)


def _forum(track: str, theme: Theme | None, congress: Congress) -> Forum:
    title = text_of(track) if track else congress.title
    return Forum(
        ForumId(named("forum", congress.id, track)), title, theme=theme.id if theme else None
    )


def _voices(view: View) -> Iterable[Voice]:
    return (voice for entry in view.entries for voice in entry.voices)
