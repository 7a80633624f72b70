"""The formats a programme comes and goes in, known by their content and written by their name."""

import re
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from shulian.congress.errors import ExchangeUnknown
from shulian.congress.rules.exchange import (
    calendar_reading,
    calendars,
    delimited,
    schedule_json,
    schedule_xml,
    sheets,
    xcal,
)
from shulian.congress.rules.exchange.calendars import Selection
from shulian.congress.rules.exchange.columns import head_of
from shulian.congress.rules.exchange.drafts import NOTHING, Draft, Given, check_size
from shulian.congress.rules.exchange.views import PLAIN, Telling
from shulian.congress.types import Programme, SessionId

_ROOT = re.compile(rb"<(?:[\w.-]+:)?(schedule|icalendar)[\s>/]")
_BEGINNING = 4096
"""[bytes] in which a document says what it is."""


_NONE: Mapping[SessionId, int] = MappingProxyType({})


class Form(StrEnum):
    """A format; the value is how its files end."""

    XML = "xml"
    JSON = "json"
    ICS = "ics"
    XCAL = "xcal"
    CSV = "csv"
    XLSX = "xlsx"


def form_of(content: bytes) -> Form:
    """The format of a file, by what stands in it."""
    if content.startswith(b"PK\x03\x04"):
        return Form.XLSX
    start = content[:_BEGINNING].removeprefix(b"\xef\xbb\xbf").lstrip()
    if start[:15].upper() == b"BEGIN:VCALENDAR":
        return Form.ICS
    if start.startswith((b"{", b"[")):
        return Form.JSON
    if start.startswith((b"<", b"\xff\xfe<", b"\xfe\xff\x00<")):
        root = _ROOT.search(start)
        return Form.XCAL if root is not None and root[1] == b"icalendar" else Form.XML
    if head_of(delimited.grid(content).rows) is not None:
        return Form.CSV
    raise ExchangeUnknown(formats=", ".join(Form))


def read(content: bytes, given: Given = NOTHING) -> Draft:
    """What a file of any format would make of a congress."""
    check_size(content)
    match form_of(content):
        case Form.XML:
            return schedule_xml.read(content, given)
        case Form.JSON:
            return schedule_json.read(content, given)
        case Form.ICS:
            return calendar_reading.read(content, given)
        case Form.XCAL:
            return xcal.read(content, given)
        case Form.CSV:
            return delimited.read(content, given)
        case Form.XLSX:
            return sheets.read(content, given)


def write(
    form: Form,
    programme: Programme,
    now: datetime,
    telling: Telling = PLAIN,
    *,
    base: str = "",
    version: str = "",
    revisions: Mapping[SessionId, int] = _NONE,
) -> bytes:
    """A programme as a file, made at `now`.

    base       the address below which its sessions have pages; none: no pages
    version    what it is called; none: the number of its draft
    revisions  how often each session was changed, where it is not as often as its draft
    """
    selection = Selection(base=base, versions=revisions)
    match form:
        case Form.XML:
            return schedule_xml.write(programme, telling, version=version, base=base)
        case Form.JSON:
            return schedule_json.write(programme, telling, version=version, base=base)
        case Form.ICS:
            return calendars.write(programme, now, selection, telling)
        case Form.XCAL:
            return xcal.write(calendars.calendar(programme, now, selection, telling))
        case Form.CSV:
            return delimited.write(programme, telling)
        case Form.XLSX:
            return sheets.write(programme, telling)
