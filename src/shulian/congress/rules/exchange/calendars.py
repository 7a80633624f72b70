"""A programme as a calendar: iCalendar (RFC 5545, with names and conferences of RFC 7986).

Calendars know titles in one language, times, places and links. What else there is stands in our
own words in `X-SHULIAN-PROGRAMME`, unless it is one person's selection.
"""

from base64 import b64decode, b64encode
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from icalendar import Calendar

from shulian.booking.types import Span
from shulian.congress.rules import calendars as writer
from shulian.congress.rules.exchange import own_words
from shulian.congress.rules.exchange.drafts import begin, zone_of
from shulian.congress.rules.exchange.views import PLAIN, Entry, Telling, View, clean, line, view_of
from shulian.congress.types import Programme, Session, SessionId

DOMAIN = "@shulian"
"""Behind the guid of a session in a UID."""
OWN = "X-SHULIAN-PROGRAMME"


@dataclass(frozen=True, slots=True)
class Selection:
    """What of a programme goes into a calendar, and what was in it once."""

    sessions: Collection[SessionId] | None = None
    """None: all that are placed, and our own words beside them."""
    dropped: Sequence[Session] = ()
    """They were in it, at the place that they have here: now they are cancelled."""
    base: str = ""
    """The address below which each session has a page, `sessions/<guid>`; none: no pages."""
    versions: Mapping[SessionId, int] = field(
        default_factory=lambda: MappingProxyType[SessionId, int]({}), hash=False
    )
    """How often each was changed, where it is not as often as its draft."""


EVERYTHING = Selection()


def calendar(
    programme: Programme,
    now: datetime,
    selection: Selection = EVERYTHING,
    telling: Telling = PLAIN,
) -> Calendar:
    """The programme as a calendar, made at `now`."""
    view = shown(programme, telling)
    zone = zone_of(programme.congress.timezone) or ZoneInfo("UTC")
    whole = selection.sessions is None
    told = {one.id: one for one in programme.sessions}
    former = {one.id: one for one in selection.dropped}
    wanted = told if selection.sessions is None else set(selection.sessions)
    there = [one for one in view.entries if one.guid in wanted]
    gone = shown(replace(programme, sessions=tuple(selection.dropped)), telling).entries

    def entry(one: Entry, session: Session, *, cancelled: bool) -> writer.Entry:
        made = _entry(one, session, now, selection, telling)
        return replace(made, cancelled=cancelled)

    entries = [
        *(entry(one, told[SessionId(one.guid)], cancelled=False) for one in there),
        *(entry(one, former[SessionId(one.guid)], cancelled=True) for one in gone),
    ]
    words = b64encode(own_words.text(programme, telling).encode()).decode() if whole else ""
    frame = writer.Frame(
        name=view.title,
        zone=zone,
        range=_range(view, selection.dropped, zone),
        published=True,
        own={OWN: words} if whole else {},
    )
    return writer.calendar(entries, frame)


def write(
    programme: Programme,
    now: datetime,
    selection: Selection = EVERYTHING,
    telling: Telling = PLAIN,
) -> bytes:
    """The same as a file."""
    return calendar(programme, now, selection, telling).to_ical()


def shown(programme: Programme, telling: Telling) -> View:
    """What a calendar shows of a programme: no subtitles, kinds and people of their own."""
    view = view_of(programme, telling)
    return replace(view, tracks=(), entries=tuple(map(_plain, view.entries)))


def _plain(one: Entry) -> Entry:
    """What is said about a session, and who speaks, in one text; calendars count seconds."""
    people = ", ".join(voice.name for voice in one.voices)
    about = "\n\n".join(filter(None, (one.subtitle, one.abstract, one.description, people)))
    return Entry(
        guid=one.guid,
        title=one.title,
        start=one.start.replace(microsecond=0),
        minutes=one.minutes,
        room=one.room,
        track=one.track,
        abstract=clean(about),
        link=one.link,
    )


def _entry(
    one: Entry, session: Session, now: datetime, selection: Selection, telling: Telling
) -> writer.Entry:
    """A session as calendars have it; an end has to be after its start."""
    end = one.start + timedelta(minutes=one.minutes) if one.minutes else None
    return writer.Entry(
        id=f"{one.guid}{DOMAIN}",
        span=Span(one.start, end),
        title=one.title,
        about=one.abstract,
        place=one.room,
        link=f"{selection.base}sessions/{one.guid}" if selection.base else "",
        revised=now,
        sequence=selection.versions.get(session.id, session.version),
        language=telling.language,
        category=one.track,
        conference=one.link,
    )


def _range(view: View, dropped: Iterable[Session], zone: ZoneInfo) -> Span:
    """From before anything that is in a calendar to after all of it."""
    starts = [one.start for one in view.entries]
    starts += [one.placed.start for one in dropped if one.placed is not None]
    starts += [begin(view.first, zone), begin(view.last, zone)]
    return Span(min(starts) - timedelta(days=1), max(starts) + timedelta(days=3))


def own_of(told: str) -> str:
    """Our own words out of what a calendar says; empty where it is none of ours."""
    try:
        return b64decode(line(told), validate=True).decode()
    except ValueError:
        return ""
