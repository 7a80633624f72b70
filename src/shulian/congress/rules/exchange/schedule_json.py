"""`schedule.json`, as c3voc's schema has it; our own words stand in `conference.meta.shulian`."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from shulian.congress.errors import ExchangeUnreadable
from shulian.congress.rules.exchange import own_words
from shulian.congress.rules.exchange.days import Day, acronym, days_of, duration, numbers
from shulian.congress.rules.exchange.drafts import NOTHING, Draft, Given, check_size
from shulian.congress.rules.exchange.reading import Raw, RawSchedule, day_of, draft_of, instant
from shulian.congress.rules.exchange.views import (
    PLAIN,
    Entry,
    Telling,
    View,
    room_id,
    view_of,
)
from shulian.congress.types import Programme
from shulian.kit.text import Text

FORM = "schedule.json"
_SCHEMA = "https://c3voc.de/schedule/schema.json"
_Tree = Mapping[str, Any]


def write(
    programme: Programme, telling: Telling = PLAIN, *, version: str = "", base: str = ""
) -> bytes:
    """The programme as a file.

    version  of the timetable: the name of its release
    base     the address below which each session has a page, `sessions/<guid>`; none: no pages
    """
    view = view_of(programme, telling)
    conference = {
        "acronym": acronym(view.slug),
        "title": view.title,
        "start": view.first.isoformat(),
        "end": view.last.isoformat(),
        "daysCount": (view.last - view.first).days + 1,
        "timeslot_duration": "00:05",
        **({"url": base} if base else {}),
        **({"time_zone_name": view.timezone} if _said(view.timezone) else {}),
        "tracks": [{"name": one} for one in view.tracks],
        "rooms": _rooms(programme, view),
        "days": _days(view, base),
        "meta": {own_words.NAME: own_words.tree(programme, telling)},
    }
    schedule: dict[str, object] = {
        "version": version or str(programme.congress.version),
        **({"base_url": base} if base else {}),
        "conference": conference,
    }
    told = {"$schema": _SCHEMA, "generator": {"name": "shulian"}, "schedule": schedule}
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def _said(zone: str) -> bool:
    """Whether the schema has such names of zones: it knows no `Etc/GMT+8` and no `EST`."""
    area, _, place = zone.partition("/")
    return zone == "UTC" or (
        all(
            one[:1].isascii() and one[:1].isupper() and one[1:2].isascii() and one[1:2].islower()
            for one in (area, place)
        )
        and area.isalpha()
        and area[1:].islower()
    )


def _rooms(programme: Programme, view: View) -> list[_Tree]:
    halls = {room_id(one.space): one for one in programme.halls}
    return [
        {
            "name": room.name,
            "guid": str(room.guid),
            "capacity": halls[room.guid].capacity,
            "description": _both(halls[room.guid].name),
        }
        for room in view.rooms
    ]


def _both(text: Text) -> _Tree:
    return {key: words for key, words in (("zh", text.zh), ("en", text.en)) if words}


def _days(view: View, base: str) -> list[_Tree]:
    number = numbers(view)
    return [
        {
            "index": day.index,
            "date": day.date.isoformat(),
            "day_start": day.start.isoformat(),
            "day_end": day.end.isoformat(),
            "rooms": {
                room.name: [
                    _event(one, day, number[one.guid], view.slug, base)
                    for one in day.rooms[room.name]
                ]
                for room in view.rooms
                if room.name in day.rooms
            },
        }
        for day in days_of(view)
    ]


def _event(one: Entry, day: Day, number: int, slug: str, base: str) -> _Tree:
    start = one.start.astimezone(day.start.tzinfo)
    return {
        "guid": str(one.guid),
        "id": number,
        "date": start.isoformat(),
        "start": f"{start:%H:%M}",
        "duration": duration(one.minutes),
        "room": one.room,
        "slug": f"{acronym(slug)}-{number}",
        "url": f"{base}sessions/{one.guid}" if base else one.guid.urn,
        "title": one.title,
        "subtitle": one.subtitle,
        "track": one.track or None,
        "type": one.kind,
        "language": one.language,
        "abstract": one.abstract,
        "description": one.description,
        "persons": [
            {"guid": str(who.guid), "name": who.name, "biography": who.about} for who in one.voices
        ],
        "links": [{"url": one.link, "title": one.link, "type": "web"}] if one.link else [],
        "attachments": [],
    }


def read(content: bytes, given: Given = NOTHING) -> Draft:
    """What a file would make of a congress."""
    check_size(content)
    try:
        told = json.loads(content)
    except json.JSONDecodeError as error:
        raise ExchangeUnreadable(format=FORM, where=f"{error.lineno}:{error.colno}") from error
    except UnicodeDecodeError as error:
        raise ExchangeUnreadable(format=FORM, where=f"1:{error.start + 1}") from error
    except (RecursionError, ValueError) as error:
        raise ExchangeUnreadable(format=FORM, where="1:1") from error
    conference = _tree(_tree(_tree(told).get("schedule")).get("conference"))
    if not conference:
        raise ExchangeUnreadable(format=FORM, where="schedule.conference")
    words = _tree(conference.get("meta")).get(own_words.NAME)
    return draft_of(
        RawSchedule(
            form=FORM,
            title=_text(conference, "title"),
            slug=_text(conference, "acronym"),
            zone=_text(conference, "time_zone_name"),
            first=day_of(_text(conference, "start")),
            last=day_of(_text(conference, "end")),
            rooms=tuple(
                (_text(one, "guid"), _text(one, "name")) for one in _trees(conference.get("rooms"))
            ),
            tracks=tuple(_text(one, "name") for one in _trees(conference.get("tracks"))),
            events=tuple(_raws(conference)),
            words=own_words.from_tree(words, FORM) if words is not None else None,
        ),
        given,
    )


def _raws(conference: _Tree) -> Iterator[Raw]:
    for day in _trees(conference.get("days")):
        on, begins = day_of(_text(day, "date")), instant(_text(day, "day_start"))
        for room, events in _tree(day.get("rooms")).items():
            for one in _trees(events):
                links = [_text(link, "url") for link in _trees(one.get("links"))]
                yield Raw(
                    guid=_text(one, "guid"),
                    number=_text(one, "id"),
                    title=_text(one, "title"),
                    on=_text(one, "date"),
                    start=_text(one, "start"),
                    duration=_text(one, "duration"),
                    room=_text(one, "room") or room,
                    day=on,
                    day_start=begins,
                    subtitle=_text(one, "subtitle"),
                    kind=_text(one, "type"),
                    track=_text(one, "track"),
                    language=_text(one, "language"),
                    abstract=_text(one, "abstract"),
                    description=_text(one, "description"),
                    voices=tuple(
                        (
                            _text(who, "guid"),
                            _text(who, "name") or _text(who, "public_name"),
                            _text(who, "biography"),
                        )
                        for who in _trees(one.get("persons"))
                    ),
                    link=next(filter(None, links), ""),
                )


def _tree(told: object) -> _Tree:
    """An object of JSON; anything else is one without members."""
    return cast("_Tree", told) if isinstance(told, Mapping) else {}


def _trees(told: object) -> Sequence[_Tree]:
    """The objects of an array of JSON."""
    if not isinstance(told, list):
        return ()
    return [_tree(one) for one in cast("list[object]", told)]


def _text(tree: _Tree, name: str) -> str:
    """A member as words; numbers are, too."""
    told = tree.get(name)
    return str(told) if isinstance(told, str | int) and not isinstance(told, bool) else ""
