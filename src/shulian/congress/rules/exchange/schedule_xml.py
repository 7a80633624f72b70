"""`schedule.xml`, as frab, pentabarf and pretalx write it and c3voc's schema has it.

The schema allows no elements of others, so our own words stand in a processing instruction
`<?shulian …?>`, which whoever does not know it passes over (XML 1.0, §2.6).
"""

import io
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from defusedxml import ElementTree as Safe
from defusedxml.common import DefusedXmlException

from shulian.congress.errors import ExchangeUnreadable, ExchangeUnsafe
from shulian.congress.rules.exchange import own_words
from shulian.congress.rules.exchange.days import Day, acronym, days_of, duration, numbers
from shulian.congress.rules.exchange.drafts import DEEPEST, NOTHING, Draft, Given, check_size
from shulian.congress.rules.exchange.reading import Raw, RawSchedule, day_of, draft_of, instant
from shulian.congress.rules.exchange.views import PLAIN, Entry, Telling, View, view_of
from shulian.congress.types import Programme

FORM = "schedule.xml"


def write(
    programme: Programme, telling: Telling = PLAIN, *, version: str = "", base: str = ""
) -> bytes:
    """The programme as a file.

    version  of the timetable: the name of its release
    base     the address below which each session has a page, `sessions/<guid>`; none: no pages
    """
    view = view_of(programme, telling)
    root = ET.Element("schedule")
    root.append(ET.ProcessingInstruction(own_words.NAME, own_words.text(programme, telling)))
    ET.SubElement(root, "generator", name="shulian")
    ET.SubElement(root, "version").text = version or str(programme.congress.version)
    _conference(root, view, base)
    number = numbers(view)
    for day in days_of(view):
        _day(root, day, view, number, base)
    ET.indent(root)
    return ET.tostring(root, encoding="utf-8", xml_declaration=True)


def _conference(root: ET.Element, view: View, base: str) -> None:
    conference = ET.SubElement(root, "conference")
    told = {
        "acronym": acronym(view.slug),
        "title": view.title,
        "start": view.first.isoformat(),
        "end": view.last.isoformat(),
        "days": str((view.last - view.first).days + 1),
        "timeslot_duration": "00:05",
        "base_url": base,
        "url": base,
        "time_zone_name": view.timezone,
    }
    for name, words in told.items():
        if words:
            ET.SubElement(conference, name).text = words
    for name in view.tracks:
        ET.SubElement(conference, "track", name=name)


def _day(root: ET.Element, day: Day, view: View, number: dict[object, int], base: str) -> None:
    told = ET.SubElement(
        root,
        "day",
        index=str(day.index),
        date=day.date.isoformat(),
        start=day.start.isoformat(),
        end=day.end.isoformat(),
    )
    for room in view.rooms:
        entries = day.rooms.get(room.name, ())
        if entries:
            place = ET.SubElement(told, "room", name=room.name, guid=str(room.guid))
            for one in entries:
                _event(place, one, day, number[one.guid], base)


def _event(place: ET.Element, one: Entry, day: Day, number: int, base: str) -> None:
    event = ET.SubElement(place, "event", guid=str(one.guid), id=str(number))
    start = one.start.astimezone(day.start.tzinfo)
    told = {
        "date": start.isoformat(),
        "start": f"{start:%H:%M}",
        "duration": duration(one.minutes),
        "room": one.room,
        "title": one.title,
        "subtitle": one.subtitle,
        "track": one.track,
        "type": one.kind,
        "language": one.language,
        "abstract": one.abstract,
        "description": one.description,
    }
    for name, words in told.items():
        ET.SubElement(event, name).text = words
    if base:
        ET.SubElement(event, "url").text = f"{base}sessions/{one.guid}"
    persons = ET.SubElement(event, "persons")
    for voice in one.voices:
        ET.SubElement(persons, "person", guid=str(voice.guid)).text = voice.name
    links = ET.SubElement(event, "links")
    if one.link:
        ET.SubElement(links, "link", href=one.link, type="web").text = one.link
    ET.SubElement(event, "attachments")


def read(content: bytes, given: Given = NOTHING) -> Draft:
    """What a file would make of a congress."""
    check_size(content)
    root, words = parse(content)
    if root.tag != "schedule":
        raise ExchangeUnreadable(format=FORM, where=f"<{root.tag[:80]}>")
    conference = root.find("conference")
    if conference is None:
        raise ExchangeUnreadable(format=FORM, where="<conference>")
    return draft_of(
        RawSchedule(
            form=FORM,
            title=_text(conference, "title"),
            slug=_text(conference, "acronym"),
            zone=_text(conference, "time_zone_name"),
            first=day_of(_text(conference, "start")),
            last=day_of(_text(conference, "end")),
            rooms=tuple((one.get("guid", ""), one.get("name", "")) for one in root.iter("room")),
            tracks=tuple(one.get("name", "") for one in conference.findall("track")),
            events=tuple(_raws(root)),
            words=own_words.from_text(words, FORM) if words else None,
            biographies=False,
        ),
        given,
    )


def parse(content: bytes, form: str = FORM) -> tuple[ET.Element, str]:
    """The elements of a document, and our own words in it; nothing that it declares is followed."""
    depth, words, root = 0, "", None
    try:
        source = Safe.iterparse(io.BytesIO(content), events=("start", "end", "pi"), forbid_dtd=True)
        for what, one in source:
            if what == "pi":
                name, _, told = (one.text or "").partition(" ")
                words = told if name == own_words.NAME else words
                continue
            depth += 1 if what == "start" else -1
            if depth > DEEPEST:
                raise ExchangeUnsafe(format=form)
            root = one if root is None else root
    except DefusedXmlException as error:
        raise ExchangeUnsafe(format=form) from error
    except (ET.ParseError, ValueError, LookupError) as error:
        raise ExchangeUnreadable(format=form, where=_where(error)) from error
    if root is None:  # the parser says so itself
        raise ExchangeUnreadable(format=form, where="1:0")
    return root, words


def _where(error: Exception) -> str:
    """The line and column at which a document stops being one."""
    if isinstance(error, ET.ParseError):
        line, column = error.position
        return f"{line}:{column + 1}"
    return "1:1"


def _raws(root: ET.Element) -> Iterator[Raw]:
    for day in root.findall("day"):
        on, begins = day_of(day.get("date", "")), instant(day.get("start", ""))
        for room in day.findall("room"):
            for one in room.findall("event"):
                links = [
                    link.get("href", "") for link in one.findall("links/link") if link.get("href")
                ]
                yield Raw(
                    guid=one.get("guid", ""),
                    number=one.get("id", ""),
                    title=_text(one, "title"),
                    on=_text(one, "date"),
                    start=_text(one, "start"),
                    duration=_text(one, "duration"),
                    room=_text(one, "room") or room.get("name", ""),
                    day=on,
                    day_start=begins,
                    subtitle=_text(one, "subtitle"),
                    kind=_text(one, "type"),
                    track=_text(one, "track"),
                    language=_text(one, "language"),
                    abstract=_text(one, "abstract"),
                    description=_text(one, "description"),
                    voices=tuple(
                        (who.get("guid", ""), "".join(who.itertext()), "")
                        for who in one.findall("persons/person")
                    ),
                    link=links[0] if links else "",
                )


def _text(parent: ET.Element, name: str) -> str:
    found = parent.find(name)
    return "" if found is None else "".join(found.itertext())
