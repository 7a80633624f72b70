"""A programme as other programs know one: days, rooms and entries, in words of one language.

It is what `schedule.xml`, `schedule.json` and calendars have in common. What it leaves out goes
beside it, in our own words (`own_words`).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from types import MappingProxyType
from uuid import UUID

from shulian.congress.rules.exchange.drafts import named
from shulian.congress.types import (
    Forum,
    Hall,
    Programme,
    Session,
    Speaker,
    SpeakerId,
    Theme,
    ThemeId,
)
from shulian.kit.text import Language, Text
from shulian.park.types import SpaceId

_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 cannot carry (§2.2), and what ends lines in some programs but not in others."""


@dataclass(frozen=True, slots=True)
class Room:
    """A hall by its name; no two have the same."""

    guid: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who speaks."""

    guid: UUID
    name: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A session that has its place."""

    guid: UUID
    title: str
    start: datetime
    minutes: int
    room: str
    subtitle: str = ""
    kind: str = ""
    track: str = ""
    language: str = ""
    abstract: str = ""
    description: str = ""
    voices: tuple[Voice, ...] = ()
    link: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """What takes place, in the order of the programme."""

    title: str
    slug: str
    timezone: str
    first: date
    last: date
    rooms: tuple[Room, ...] = ()
    tracks: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Telling:
    """How a programme is told: the language that comes first, and where halls are."""

    language: Language = Language.ZH
    venues: Mapping[SpaceId, Text] = field(
        default_factory=lambda: MappingProxyType[SpaceId, Text]({}), hash=False
    )
    """The building of a hall."""


PLAIN = Telling()


def clean(words: str) -> str:
    """Words as any format carries them: without control characters, lines ended by one sign."""
    return _UNFIT.sub("", words.replace("\r\n", "\n").replace("\r", "\n")).strip()


def line(words: str) -> str:
    """Words on one line, one space between them."""
    return " ".join(clean(words).split())


def sides(text: Text, language: Language) -> tuple[str, str]:
    """What a text says in `language`, and in the other one."""
    return (text.zh, text.en) if language is Language.ZH else (text.en, text.zh)


def view_of(programme: Programme, telling: Telling = PLAIN) -> View:
    """The programme as other programs know one."""
    congress, language = programme.congress, telling.language
    halls = room_names(programme.halls, telling)
    themes = {one.id: _name(one, language) for one in programme.themes}
    forums = {one.id: one for one in programme.forums}
    speakers = {one.id: one for one in programme.speakers}
    return View(
        title=line(congress.title.into(language)) or congress.slug,
        slug=congress.slug,
        timezone=congress.timezone,
        first=congress.first,
        last=congress.last,
        rooms=tuple(Room(room_id(space), name) for space, name in halls.items()),
        tracks=tuple(dict.fromkeys(themes.values())),
        entries=tuple(
            _entry(one, one.placed.start, halls[one.placed.hall], track, speakers, language)
            for one in programme.sessions
            if one.placed is not None
            for track in (_track(forums[one.forum], themes),)
        ),
    )


def room_id(space: SpaceId) -> UUID:
    """The guid of a hall in files: spaces have ids that are no UUIDs."""
    return named("room", space)


def room_names(halls: Iterable[Hall], telling: Telling = PLAIN) -> dict[SpaceId, str]:
    """The name of each hall with its building, and with its id where two have the same."""
    told: dict[SpaceId, str] = {}
    for one in halls:
        name = line(one.name.into(telling.language)) or one.space
        venue = line(telling.venues.get(one.space, Text()).into(telling.language))
        full = f"{name}, {venue}" if venue else name
        told[one.space] = f"{full} · {one.space}" if full in told.values() else full
    return told


def _entry(
    session: Session,
    start: datetime,
    room: str,
    track: str,
    speakers: Mapping[SpeakerId, Speaker],
    language: Language,
) -> Entry:
    first, second = (line(one) for one in sides(session.title, language))
    abstract, description = (clean(one) for one in sides(session.about, language))
    talks = _talks(session, speakers, language)
    heard = (*session.speakers, *(one for talk in session.talks for one in talk.speakers))
    return Entry(
        guid=session.id,
        title=first or second,
        subtitle=second if first and second != first else "",
        start=start.astimezone(UTC).replace(fold=0),
        minutes=session.minutes,
        room=room,
        kind=session.kind.value,
        track=track,
        language=line(session.language),
        abstract=abstract,
        description="\n\n".join(filter(None, (description, talks))),
        voices=tuple(_voice(speakers[one], language) for one in dict.fromkeys(heard)),
        link=line(session.link),
    )


def _talks(session: Session, speakers: Mapping[SpeakerId, Speaker], language: Language) -> str:
    """The talks of a session, a line each, for programs that know none."""
    return "\n".join(
        line(f"• {talk.title.into(language)}{' — ' if who else ''}{who}")
        for talk in session.talks
        for who in (", ".join(speakers[one].name.into(language) for one in talk.speakers),)
    )


def _voice(speaker: Speaker, language: Language) -> Voice:
    told = (speaker.title.into(language), speaker.about.into(language))
    about = "\n\n".join(filter(None, map(clean, told)))
    return Voice(speaker.id, line(speaker.name.into(language)) or str(speaker.id), about)


def _track(forum: Forum, themes: Mapping[ThemeId, str]) -> str:
    return themes.get(forum.theme, "") if forum.theme else ""


def _name(theme: Theme, language: Language) -> str:
    return line(theme.name.into(language)) or str(theme.id)
