"""Spans of time: which make sense, which meet, and what a local time means."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from shulian.booking.types import Claim, Span

EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
LATEST = datetime(2200, 1, 1, tzinfo=UTC)
"""Nobody books before or after."""
SHORTEST = timedelta(minutes=1)

FAR_FUTURE = datetime.max.replace(tzinfo=UTC)
"""Stands for the end of what has none, where ends are compared."""


def fault(span: Span) -> str | None:
    """The code of what is wrong with a span."""
    end = LATEST if span.end is None else span.end
    if span.start.tzinfo is None or end.tzinfo is None:
        return "booking.span_without_zone"
    if end <= span.start:
        return "booking.span_backwards"
    if end - span.start < SHORTEST:
        return "booking.span_short"
    if span.start < EARLIEST or end > LATEST:
        return "booking.span_far"
    return None


def end_of(span: Span) -> datetime:
    """When it ends; an instant that never comes for what has no end."""
    return FAR_FUTURE if span.end is None else span.end


def meet(one: Span, other: Span) -> bool:
    """Whether there is an instant in both: what ends when the other starts does not meet it."""
    return one.start < end_of(other) and other.start < end_of(one)


def covers(one: Claim, other: Claim) -> bool:
    """Whether all of `other` is in `one`: of the same resource, no more, no earlier, no later."""
    return (
        one.resource == other.resource
        and one.units >= other.units
        and one.span.start <= other.span.start
        and end_of(other.span) <= end_of(one.span)
    )


def in_utc(span: Span) -> Span:
    """The same instants, however they were written."""
    return Span(span.start.astimezone(UTC), span.end and span.end.astimezone(UTC))


def instant(local: datetime, zone: ZoneInfo) -> datetime | None:
    """The instant that a clock in `zone` shows `local` (without a zone of its own).

    None for a time that a clock put forward never shows; the first of two for one that it shows
    twice, unless `local.fold` asks for the second.
    """
    found = local.replace(tzinfo=zone)
    back = found.astimezone(UTC).astimezone(zone)
    return found.astimezone(UTC) if back.replace(tzinfo=None) == local else None


def is_twice(local: datetime, zone: ZoneInfo) -> bool:
    """Whether a clock in `zone` shows `local` twice, for it is put back then."""
    first, second = (instant(local.replace(fold=fold), zone) for fold in (0, 1))
    return first != second


def longer(claims: Sequence[Claim], by: timedelta) -> tuple[Claim, ...]:
    """The same claims, each for so much longer; what has no end stays so."""
    return tuple(
        replace(one, span=Span(one.span.start, one.span.end and one.span.end + by))
        for one in claims
    )
