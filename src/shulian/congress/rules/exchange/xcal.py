"""A calendar as XML: xCal (RFC 6321), by way of jCal (RFC 7265), which has the same parts."""

from typing import Any, cast
from xml.etree import ElementTree as ET

from icalendar import Calendar

from shulian.congress.errors import ExchangeUnreadable
from shulian.congress.rules.exchange.calendar_reading import read_calendar
from shulian.congress.rules.exchange.drafts import NOTHING, Draft, Given, check_size
from shulian.congress.rules.exchange.schedule_xml import parse

FORM = "xCal"
NAMESPACE = "urn:ietf:params:xml:ns:icalendar-2.0"
_SPACE = f"{{{NAMESPACE}}}"
_Part = list[Any]
"""As jCal has it: a name, properties, parts; or a name, parameters, a type, values."""


def write(calendar: Calendar) -> bytes:
    """A calendar as a file."""
    root = ET.Element(f"{_SPACE}icalendar")
    _component(root, cast("_Part", calendar.to_jcal()))
    ET.indent(root)
    return ET.tostring(root, encoding="utf-8", xml_declaration=True, default_namespace=NAMESPACE)


def _component(parent: ET.Element, part: _Part) -> None:
    name, properties, parts = part
    told = ET.SubElement(parent, _SPACE + name)
    listed = ET.SubElement(told, f"{_SPACE}properties")
    for one in properties:
        _property(listed, one)
    if parts:
        inside = ET.SubElement(told, f"{_SPACE}components")
        for one in parts:
            _component(inside, one)


def _property(parent: ET.Element, told: _Part) -> None:
    name, parameters, kind, *values = told
    one = ET.SubElement(parent, _SPACE + name)
    if parameters:
        listed = ET.SubElement(one, f"{_SPACE}parameters")
        for key, value in parameters.items():
            form = "language-tag" if key == "language" else "text"
            ET.SubElement(ET.SubElement(listed, _SPACE + key), _SPACE + form).text = str(value)
    for value in values:
        ET.SubElement(one, _SPACE + kind).text = str(value)


def read(content: bytes, given: Given = NOTHING) -> Draft:
    """What a file would make of a congress."""
    check_size(content)
    root, _ = parse(content, FORM)
    found = root.find(f"{_SPACE}vcalendar")
    if root.tag != f"{_SPACE}icalendar" or found is None:
        raise ExchangeUnreadable(format=FORM, where="<vcalendar>")
    try:
        calendar = Calendar.from_jcal(_part(found))
    except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        raise ExchangeUnreadable(format=FORM, where=" ".join(str(error).split())[:80]) from error
    return read_calendar(calendar, given, FORM)


def _part(told: ET.Element) -> _Part:
    properties = told.find(f"{_SPACE}properties")
    parts = told.find(f"{_SPACE}components")
    return [
        _name(told),
        [_told(one) for one in properties] if properties is not None else [],
        [_part(one) for one in parts] if parts is not None else [],
    ]


def _told(one: ET.Element) -> _Part:
    parameters: dict[str, str] = {}
    values: _Part = []
    kind = "text"
    for value in one:
        if _name(value) == "parameters":
            parameters = {_name(each): "".join(each.itertext()).strip() for each in value}
            continue
        kind = _name(value)
        values.append(_value(kind, value))
    return [_name(one), parameters, kind, *values]


def _value(kind: str, value: ET.Element) -> object:
    """A value of jCal: numbers are numbers there, and rules have parts."""
    words = value.text or ""
    if kind == "recur":
        return cast("object", {_name(each): each.text or "" for each in value})
    return int(words) if kind == "integer" else words


def _name(told: ET.Element) -> str:
    return told.tag.removeprefix(_SPACE)
