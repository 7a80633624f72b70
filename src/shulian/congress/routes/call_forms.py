"""The forms of a call for sessions: what browsers send, as values."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from msgspec import Struct

from shulian.booking.types import Span
from shulian.congress.types import (
    Call,
    Minutes,
    Proposal,
    SessionKind,
    ThemeId,
)
from shulian.kit.errors import Invalid
from shulian.kit.text import Text

_LONGEST_NUMBER = 6


class CallForm(Struct, frozen=True):
    """What is looked for, and until when."""

    words_zh: str = ""
    words_en: str = ""
    start: str = ""
    end: str = ""
    anonymous: str = ""


class ProposalForm(Struct, frozen=True):
    """A session that somebody would give; `do`: `save`, `submit` or `withdraw`."""

    title_zh: str = ""
    title_en: str = ""
    about_zh: str = ""
    about_en: str = ""
    kind: str = SessionKind.TALK
    minutes: str = "45"
    theme: str = ""
    speakers: str = ""
    do: str = "save"


class ReviewForm(Struct, frozen=True):
    """What a reviewer says."""

    score: str = ""
    words: str = ""


class TellingSeen(Struct, frozen=True):
    """Until when one has seen what became of one's proposals, as the page said it."""

    until: str = ""


def told_of(typed: ProposalForm) -> dict[str, Any]:
    """The fields of a proposal; raises Invalid."""
    if typed.kind not in set(SessionKind):
        raise Invalid(fields={"kind": "field_invalid"})
    return {
        "title": both(typed.title_zh, typed.title_en),
        "about": both(typed.about_zh, typed.about_en),
        "kind": SessionKind(typed.kind),
        "minutes": Minutes(whole_of(typed.minutes, "minutes")),
        "theme": ThemeId(id_of(typed.theme, "theme")) if typed.theme else None,
        "speakers": typed.speakers,
    }


def proposal_form(one: Proposal) -> ProposalForm:
    """The form of a proposal as it is."""
    return ProposalForm(
        title_zh=one.title.zh,
        title_en=one.title.en,
        about_zh=one.about.zh,
        about_en=one.about.en,
        kind=one.kind,
        minutes=str(one.minutes),
        theme=str(one.theme or ""),
        speakers=one.speakers,
    )


def call_form(call: Call | None, zone: str) -> CallForm:
    """The form of a call as it is."""
    if call is None:
        return CallForm(anonymous="1")
    return CallForm(
        words_zh=call.words.zh,
        words_en=call.words.en,
        start=_local(call.span.start, zone),
        end=_local(call.span.end, zone) if call.span.end else "",
        anonymous="1" if call.anonymous else "",
    )


def span_of(typed: CallForm, zone: str) -> Span:
    """From when to when, typed by the park's clocks; raises Invalid."""
    try:
        start, end = (datetime.fromisoformat(one.strip()) for one in (typed.start, typed.end))
    except ValueError as error:
        raise Invalid(fields={"span": "field_invalid"}) from error
    clock = ZoneInfo(zone)
    return Span(start.replace(tzinfo=clock), end.replace(tzinfo=clock))


def moment_of(typed: str) -> datetime:
    """An instant with its time zone, as a page told it; raises Invalid."""
    try:
        told = datetime.fromisoformat(typed)
    except ValueError as error:
        raise Invalid(fields={"until": "field_invalid"}) from error
    if told.tzinfo is None:
        raise Invalid(fields={"until": "field_invalid"})
    return told


def _local(at: datetime, zone: str) -> str:
    return at.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M:%S")


def both(zh: str, en: str) -> Text:
    """A text in both languages as it was typed; browsers send lines with CR."""
    return Text(zh.replace("\r\n", "\n"), en.replace("\r\n", "\n"))


def whole_of(typed: str, field: str) -> int:
    """A whole number; raises Invalid."""
    told = typed.strip()
    if not (told.isascii() and told.isdecimal() and len(told) <= _LONGEST_NUMBER):
        raise Invalid(fields={field: "field_invalid"})
    return int(told)


def id_of(typed: str, field: str) -> UUID:
    """An id; raises Invalid."""
    try:
        return UUID(typed)
    except ValueError as error:
        raise Invalid(fields={field: "field_invalid"}) from error


def all_of(typed: Mapping[str, object], name: str) -> tuple[str, ...]:
    """All values of a field that a form may tell several times."""
    value = typed.get(name, ())
    if isinstance(value, list):
        return tuple(str(one) for one in value)  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    return (str(value),) if value != () else ()


def one_of(typed: Mapping[str, object], name: str) -> str:
    """The value of a field; empty where it is not there."""
    return next(iter(all_of(typed, name)), "")
