"""The congress of the demo park: read from a file, made as a draft at once, and released."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct

from shulian.booking.types import Span
from shulian.congress.api.congresses import add_congress, put_hall, put_themes, touch
from shulian.congress.api.releases import release
from shulian.congress.rules import entries
from shulian.congress.store import congresses, forums, sessions, speakers
from shulian.congress.types import (
    Congress,
    Credit,
    Forum,
    ForumId,
    Hall,
    Minutes,
    Part,
    Placement,
    Presence,
    Session,
    SessionId,
    SessionKind,
    Speaker,
    SpeakerId,
    Talk,
    TalkId,
    Theme,
    ThemeId,
)
from shulian.identity.api import organizations
from shulian.identity.types import Actor, OrganizationKind
from shulian.kit.bus import Bus
from shulian.kit.db import Db
from shulian.kit.text import Text
from shulian.park import api as park_api
from shulian.park.types import SpaceId

_IDS = UUID("6d1f4c2e-3b0a-5e57-9a44-0c9a1c5b7e21")
"""Below which the ids of a sample are made from its names, so that they stay the same."""


class SampleTheme(Struct, frozen=True, forbid_unknown_fields=True):
    """What forums are about."""

    id: str
    zh: str
    en: str


class SampleHall(Struct, frozen=True, forbid_unknown_fields=True, rename={"start": "from"}):
    """A hall, open at the same hours on every day."""

    space: SpaceId
    capacity: int
    start: str
    to: str


class SampleSpeaker(Struct, frozen=True, forbid_unknown_fields=True, rename={"role": "as"}):
    """Somebody invented."""

    id: str
    name: Text
    of: Text
    role: Text
    days: tuple[int, ...] = ()
    """The only days on which they can be there, the first is 1; none: every day."""
    online: bool = False


class SampleTalk(Struct, frozen=True, forbid_unknown_fields=True):
    """What is said within a session."""

    title: Text
    minutes: int
    speakers: tuple[str, ...]


class SampleSession(Struct, frozen=True, forbid_unknown_fields=True):
    """A session, placed."""

    day: Annotated[int, msgspec.Meta(ge=1, le=31)]
    at: str
    minutes: int
    title: Text
    expected: int
    speakers: tuple[str, ...]
    kind: SessionKind = SessionKind.FORUM
    hall: SpaceId | None = None
    """None: that of its forum."""
    talks: tuple[SampleTalk, ...] = ()


class SampleForum(Struct, frozen=True, forbid_unknown_fields=True):
    """A forum and its sessions."""

    code: str
    title: Text
    host: Text
    hall: SpaceId
    sessions: tuple[SampleSession, ...]
    theme: str = ""


class Sample(Struct, frozen=True, forbid_unknown_fields=True):
    """A congress as a file tells it."""

    slug: str
    begins: int
    """Days after the one on which it is made."""
    days: int
    title: Text
    about: Text
    release: str
    themes: tuple[SampleTheme, ...]
    halls: tuple[SampleHall, ...]
    speakers: tuple[SampleSpeaker, ...]
    forums: tuple[SampleForum, ...]


def read(content: bytes) -> Sample:
    """The congress in a file; raises msgspec.ValidationError with the place that is wrong."""
    return msgspec.yaml.decode(content, type=Sample)


def seed_demo(db: Db, bus: Bus, actor: Actor, sample: Sample, *, now: datetime) -> None:
    """Make and release the congress of a demo park, where it is not there and its halls are."""
    if congresses.slug_is_taken(db, sample.slug):
        return
    known = park_api.localities(db, [one.space for one in sample.halls])
    host = next(
        (one.id for one in organizations(db, actor) if one.kind is OrganizationKind.OPERATOR),
        None,
    )
    if host is None or len(known) < len(sample.halls):
        return
    where = known[sample.halls[0].space]
    first = now.astimezone(ZoneInfo(where.timezone)).date() + timedelta(days=sample.begins)
    made = add_congress(
        db,
        bus,
        actor,
        organizer=host,
        park=where.park,
        slug=sample.slug,
        title=Text(f"{sample.title.zh}（示例）", f"{sample.title.en} (sample)"),
        about=sample.about,
        first=first,
        last=first + timedelta(days=sample.days - 1),
        now=now,
    )
    _fill(db, bus, actor, made, sample, now=now)
    release(db, bus, actor, made.id, name=sample.release, now=now)


def _fill(db: Db, bus: Bus, actor: Actor, made: Congress, sample: Sample, *, now: datetime) -> None:
    """Put all of it into the draft, as one change: it is checked as each of its parts would be."""
    themes = [
        Theme(ThemeId(_id("theme", one.id)), Text(one.zh, one.en), place)
        for place, one in enumerate(sample.themes)
    ]
    put_themes(db, bus, actor, made.id, themes, now=now)
    for hall in sample.halls:
        hours = tuple(_hours(made, hall))
        put_hall(db, bus, actor, made.id, Hall(hall.space, Text(), hall.capacity, hours), now=now)
    for one in sample.speakers:
        speaker = _speaker(made, one)
        entries.demand(entries.speaker_faults(speaker))
        speakers.put(db, made.id, speaker)
    for told in sample.forums:
        forum = _forum(told)
        entries.demand(entries.forum_faults(forum))
        forums.put(db, made.id, forum)
        for number, each in enumerate(told.sessions):
            session = _session(made, told, each, number)
            entries.demand(entries.session_faults(session))
            sessions.put(db, made.id, session)
    touch(db, bus, made.id)


def _hours(made: Congress, hall: SampleHall) -> Iterator[Span]:
    for day in range((made.last - made.first).days + 1):
        yield Span(_at(made, day + 1, hall.start), _at(made, day + 1, hall.to))


def _speaker(made: Congress, one: SampleSpeaker) -> Speaker:
    return Speaker(
        SpeakerId(_id("speaker", one.id)),
        one.name,
        title=Text(f"示例 · {one.of.zh}{one.role.zh}", f"Sample · {one.of.en}, {one.role.en}"),
        presence=Presence.ONLINE if one.online else Presence.ON_SITE,
        available=_together(
            Span(_at(made, day, "00:00"), _at(made, day + 1, "00:00")) for day in one.days
        ),
    )


def _forum(one: SampleForum) -> Forum:
    host = Text(f"示例 · {one.host.zh}", f"Sample · {one.host.en}")
    return Forum(
        ForumId(_id("forum", one.code)),
        one.title,
        theme=ThemeId(_id("theme", one.theme)) if one.theme else None,
        code=one.code,
        credits=(Credit(Part.HOST, host),),
    )


def _session(made: Congress, forum: SampleForum, one: SampleSession, number: int) -> Session:
    name = f"{forum.code}/{number}"
    talks = tuple(
        Talk(
            TalkId(_id("talk", f"{name}/{place}")),
            each.title,
            minutes=Minutes(each.minutes),
            speakers=_who(each.speakers),
        )
        for place, each in enumerate(one.talks)
    )
    return Session(
        SessionId(_id("session", name)),
        ForumId(_id("forum", forum.code)),
        one.kind,
        one.title,
        Minutes(one.minutes),
        attendance=one.expected,
        language="zh",
        talks=talks,
        speakers=_who(one.speakers),
        placed=Placement(one.hall or forum.hall, _at(made, one.day, one.at)),
    )


def _who(names: tuple[str, ...]) -> tuple[SpeakerId, ...]:
    return tuple(SpeakerId(_id("speaker", one)) for one in names)


def _together(spans: Iterator[Span]) -> tuple[Span, ...]:
    """Spans in order, and one where they touch."""
    found: list[Span] = []
    for one in spans:
        if found and found[-1].end == one.start:
            found[-1] = Span(found[-1].start, one.end)
        else:
            found.append(one)
    return tuple(found)


def _at(made: Congress, day: int, clock: str) -> datetime:
    """An hour of a day of the congress, the first is 1, by the park's clocks."""
    when: date = made.first + timedelta(days=day - 1)
    local = datetime.combine(when, time.fromisoformat(clock), ZoneInfo(made.timezone))
    return local.astimezone(UTC)


def _id(kind: str, name: str) -> UUID:
    return uuid5(_IDS, f"{kind}/{name}")
