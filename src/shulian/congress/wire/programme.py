"""A programme over HTTP: what a release made public. Instants carry their offset from UTC."""

from datetime import date, datetime
from uuid import UUID

from msgspec import Struct

from shulian.congress.types import (
    Forum,
    Part,
    Presence,
    Programme,
    Release,
    Session,
    SessionKind,
    Speaker,
)
from shulian.kit.text import Text
from shulian.park.types import SpaceId


class ReleaseView(Struct, frozen=True):
    """Which release it is."""

    number: int
    name: str
    note: Text
    at: datetime


class ThemeView(Struct, frozen=True):
    """What forums are about."""

    id: UUID
    name: Text
    colour: int


class HallView(Struct, frozen=True):
    """A space of the park in which something takes place."""

    space: SpaceId
    name: Text
    capacity: int


class CreditView(Struct, frozen=True):
    """Who stands behind a forum."""

    part: Part
    name: Text


class ForumView(Struct, frozen=True):
    """Sessions that belong together."""

    id: UUID
    title: Text
    about: Text
    theme: UUID | None
    code: str
    credits: tuple[CreditView, ...]


class TalkView(Struct, frozen=True):
    """What is said within a session."""

    id: UUID
    title: Text
    about: Text
    minutes: int
    speakers: tuple[UUID, ...]


class SessionView(Struct, frozen=True):
    """What takes place in one hall in one go."""

    id: UUID
    forum: UUID
    kind: SessionKind
    title: Text
    about: Text
    hall: SpaceId | None
    start: datetime | None
    minutes: int
    language: str
    link: str
    speakers: tuple[UUID, ...]
    talks: tuple[TalkView, ...]


class SpeakerView(Struct, frozen=True):
    """Somebody who speaks."""

    id: UUID
    name: Text
    title: Text
    about: Text
    presence: Presence


class ProgrammeView(Struct, frozen=True):
    """All of a congress that is public."""

    id: UUID
    slug: str
    park: SpaceId
    title: Text
    about: Text
    first: date
    last: date
    timezone: str
    release: ReleaseView
    themes: tuple[ThemeView, ...]
    halls: tuple[HallView, ...]
    forums: tuple[ForumView, ...]
    sessions: tuple[SessionView, ...]
    speakers: tuple[SpeakerView, ...]


def programme_view(release: Release, programme: Programme) -> ProgrammeView:
    """What clients see of a release; accounts and who may edit what stay here."""
    congress = programme.congress
    return ProgrammeView(
        id=congress.id,
        slug=congress.slug,
        park=congress.park,
        title=congress.title,
        about=congress.about,
        first=congress.first,
        last=congress.last,
        timezone=congress.timezone,
        release=ReleaseView(release.number, release.name, release.note, release.at),
        themes=tuple(ThemeView(one.id, one.name, one.colour) for one in programme.themes),
        halls=tuple(HallView(one.space, one.name, one.capacity) for one in programme.halls),
        forums=tuple(map(_forum, programme.forums)),
        sessions=tuple(map(_session, programme.sessions)),
        speakers=tuple(map(_speaker, programme.speakers)),
    )


def _forum(one: Forum) -> ForumView:
    behind = tuple(CreditView(each.part, each.name) for each in one.credits)
    return ForumView(one.id, one.title, one.about, one.theme, one.code, behind)


def _session(one: Session) -> SessionView:
    return SessionView(
        id=one.id,
        forum=one.forum,
        kind=one.kind,
        title=one.title,
        about=one.about,
        hall=one.placed.hall if one.placed else None,
        start=one.placed.start if one.placed else None,
        minutes=one.minutes,
        language=one.language,
        link=one.link,
        speakers=one.speakers,
        talks=tuple(
            TalkView(each.id, each.title, each.about, each.minutes, each.speakers)
            for each in one.talks
        ),
    )


def _speaker(one: Speaker) -> SpeakerView:
    return SpeakerView(one.id, one.name, one.title, one.about, one.presence)
