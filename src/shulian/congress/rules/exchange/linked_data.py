"""A programme for search engines: schema.org/Event as JSON-LD, safe inside `<script>`."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from shulian.congress.rules.exchange.drafts import zone_of
from shulian.congress.rules.exchange.views import PLAIN, Telling, clean, line
from shulian.congress.types import (
    Forum,
    Hall,
    Part,
    Placement,
    Programme,
    Session,
    SessionId,
    Speaker,
    SpeakerId,
)
from shulian.kit.text import Language, Text

_Tree = dict[str, Any]
Tree = Mapping[str, Any]
"""What a page says, as JSON-LD has it."""
_Placed = tuple[Session, Placement]
_CONTEXT = "https://schema.org"
_ORGANIZERS = frozenset({Part.HOST, Part.ORGANIZER, Part.CO_ORGANIZER})
_UNSAFE = {ord(one): f"\\u{ord(one):04x}" for one in "<>&\u2028\u2029"}
"""What could end a script, or begin something in it."""


def script(tree: Tree) -> str:
    """The data as they stand in `<script type="application/ld+json">`."""
    return json.dumps(tree, ensure_ascii=False).translate(_UNSAFE)


def of_congress(programme: Programme, base: str, telling: Telling = PLAIN) -> Tree:
    """A congress with its forums as series and their sessions.

    base     the address of its pages; sessions have theirs at `sessions/<guid>` below it
    """
    tree = {"@context": _CONTEXT, **_frame(programme, base, telling)}
    placed = [(one, one.placed) for one in programme.sessions if one.placed is not None]
    tree["eventAttendanceMode"] = _mode([one.link for one, _ in placed])
    tree["location"] = _places(programme, placed, telling) or {
        "@type": "Place",
        "name": line(programme.congress.title.into(telling.language)),
    }
    tree["subEvent"] = [
        _series(programme, forum, mine, base, telling)
        for forum in programme.forums
        for mine in ([each for each in placed if each[0].forum == forum.id],)
        if mine
    ]
    return tree


def of_session(
    programme: Programme, session: SessionId, base: str, telling: Telling = PLAIN
) -> Tree:
    """One session, with its congress as what it is part of; it has a place."""
    [(one, placed)] = [
        (each, each.placed)
        for each in programme.sessions
        if each.id == session and each.placed is not None
    ]
    tree = {"@context": _CONTEXT, **_session(programme, one, placed, base, telling)}
    return {**tree, "superEvent": _frame(programme, base, telling)}


def _frame(programme: Programme, base: str, telling: Telling) -> _Tree:
    congress = programme.congress
    return _said(
        {
            "@type": "Event",
            "@id": base,
            "url": base,
            "name": line(congress.title.into(telling.language)),
            "description": clean(congress.about.into(telling.language)),
            "startDate": congress.first.isoformat(),
            "endDate": congress.last.isoformat(),
            "eventStatus": f"{_CONTEXT}/EventScheduled",
        }
    )


def _series(
    programme: Programme, forum: Forum, sessions: Sequence[_Placed], base: str, telling: Telling
) -> _Tree:
    """A forum: a series of events by the same organizers."""
    language = telling.language
    spans = [_span(programme, *one) for one in sessions]
    themes = {one.id: one.name for one in programme.themes}
    return _said(
        {
            "@type": "EventSeries",
            "name": line(forum.title.into(language)),
            "description": clean(forum.about.into(language)),
            "keywords": line(themes.get(forum.theme, Text()).into(language)) if forum.theme else "",
            "startDate": min(start for start, _ in spans).isoformat(),
            "endDate": max(end for _, end in spans).isoformat(),
            "eventAttendanceMode": _mode([one.link for one, _ in sessions]),
            "location": _places(programme, sessions, telling),
            "organizer": _organizers(forum, language),
            "subEvent": [_session(programme, *one, base, telling) for one in sessions],
        }
    )


def _session(
    programme: Programme, one: Session, placed: Placement, base: str, telling: Telling
) -> _Tree:
    language = telling.language
    start, end = _span(programme, one, placed)
    [hall] = [each for each in programme.halls if each.space == placed.hall]
    speakers = {each.id: each for each in programme.speakers}
    [forum] = [each for each in programme.forums if each.id == one.forum]
    where: list[_Tree] = [_place(hall, telling)]
    if one.link:
        where.append({"@type": "VirtualLocation", "url": one.link})
    address = f"{base}sessions/{one.id}"
    return _said(
        {
            "@type": "Event",
            "@id": address,
            "url": address,
            "identifier": str(one.id),
            "name": line(one.title.into(language)),
            "description": clean(one.about.into(language)),
            "startDate": start.isoformat(),
            "endDate": end.isoformat(),
            "inLanguage": [each for each in line(one.language).split(",") if each],
            "eventStatus": f"{_CONTEXT}/EventScheduled",
            "eventAttendanceMode": _mode([one.link]),
            "location": where[0] if len(where) == 1 else where,
            "maximumAttendeeCapacity": hall.capacity,
            "organizer": _organizers(forum, language),
            "performer": _performers(one, speakers, language),
        }
    )


def _performers(
    one: Session, speakers: Mapping[SpeakerId, Speaker], language: Language
) -> list[_Tree]:
    heard = dict.fromkeys((*one.speakers, *(each for talk in one.talks for each in talk.speakers)))
    return [
        _said(
            {
                "@type": "Person",
                "name": line(speakers[each].name.into(language)),
                "jobTitle": line(speakers[each].title.into(language)),
            }
        )
        for each in heard
    ]


def _organizers(forum: Forum, language: Language) -> list[_Tree]:
    return [
        {"@type": "Organization", "name": line(one.name.into(language))}
        for one in forum.credits
        if one.part in _ORGANIZERS
    ]


def _places(programme: Programme, sessions: Sequence[_Placed], telling: Telling) -> list[_Tree]:
    halls = {one.space: one for one in programme.halls}
    used = dict.fromkeys(placed.hall for _, placed in sessions)
    return [_place(halls[one], telling) for one in used]


def _place(hall: Hall, telling: Telling) -> _Tree:
    venue = line(telling.venues.get(hall.space, Text()).into(telling.language))
    inside = {"@type": "Place", "name": venue} if venue else None
    name = line(hall.name.into(telling.language)) or str(hall.space)
    return _said({"@type": "Place", "name": name, "containedInPlace": inside})


def _mode(links: Sequence[str]) -> str:
    """How one takes part: on site, and from afar where a link leads there."""
    return f"{_CONTEXT}/{'Mixed' if any(links) else 'Offline'}EventAttendanceMode"


def _span(programme: Programme, one: Session, placed: Placement) -> tuple[datetime, datetime]:
    """From, to, by the clocks of the congress."""
    zone = zone_of(programme.congress.timezone) or ZoneInfo("UTC")
    start = placed.start.astimezone(UTC)
    return start.astimezone(zone), (start + timedelta(minutes=one.minutes)).astimezone(zone)


def _said(tree: _Tree) -> _Tree:
    """What is known of it."""
    return {key: value for key, value in tree.items() if value not in ("", None, [], 0)}
