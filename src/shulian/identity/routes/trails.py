"""Which entries of the audit log an address asks for."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from shulian.identity.types import AuditFilter, PersonId
from shulian.kit.errors import Invalid

_ZONE = ZoneInfo("Asia/Shanghai")
"""Where a day begins, on the pages as here."""


def wanted_entries(query: Mapping[str, str]) -> AuditFilter:
    """The filter that a query asks for; raises Invalid with the fields that make no sense.

    `since` and `until` are a day, or an instant with its offset; a day is meant whole.
    """
    faults: dict[str, str] = {}
    wanted = AuditFilter(
        subject_kind=_text(query, "subject_kind"),
        subject_id=_text(query, "subject_id"),
        person=_person(query, faults),
        verb=_text(query, "verb"),
        since=_moment(query, "since", timedelta(0), faults),
        until=_moment(query, "until", timedelta(days=1), faults),
    )
    if faults:
        raise Invalid(fields=faults)
    return wanted


def wanted_below(query: Mapping[str, str]) -> int | None:
    """The number below which the page starts; raises Invalid where it is none."""
    text = _text(query, "below")
    if not text:
        return None
    if not (text.isascii() and text.isdigit()) or int(text) >= 1 << 63:
        raise Invalid(fields={"below": "field_invalid"})
    return int(text)


def _text(query: Mapping[str, str], name: str) -> str:
    return query.get(name, "").replace("\0", "").strip()


def _person(query: Mapping[str, str], faults: dict[str, str]) -> PersonId | None:
    text = _text(query, "person")
    try:
        return PersonId(UUID(text)) if text else None
    except ValueError:
        faults["person"] = "field_invalid"
        return None


def _moment(
    query: Mapping[str, str], name: str, whole: timedelta, faults: dict[str, str]
) -> datetime | None:
    text = _text(query, name)
    if not text:
        return None
    try:
        return _parsed(text, whole)
    except (ValueError, OverflowError):
        faults[name] = "identity.moment_wrong"
        return None


def _parsed(text: str, whole: timedelta) -> datetime:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None:
            raise
        return moment
    return datetime.combine(day + whole, time(), _ZONE)
