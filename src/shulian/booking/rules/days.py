"""Days by the clocks of a place, and what of each is taken: what a calendar draws and reads out.

A day is as long as it is: of 23 or 25 hours where clocks are put forward or back.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from shulian.booking.rules.spans import EARLIEST, LATEST, end_of
from shulian.booking.types import Occupied, Span

_DAY = timedelta(days=1)
_EVERY = 3
"""Hours between the marks of a day."""


class BlockState(StrEnum):
    """What a part of a day is to somebody who wants to book."""

    PAST = "past"
    FREE = "free"
    PARTLY = "partly"
    TAKEN = "taken"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a day of one state."""

    span: Span
    state: BlockState
    left: int
    """Units that are free."""
    start: float
    length: float
    """Of the day, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class DayView:
    """A day, and its parts in order."""

    day: date
    span: Span
    blocks: tuple[Block, ...]
    marks: tuple[tuple[float, str], ...]
    """Where hours are marked, and what a clock shows there."""

    @property
    def state(self) -> BlockState:
        """The day in a word: taken where nothing is free any more."""
        states = {one.state for one in self.blocks} - {BlockState.PAST}
        if not states:
            return BlockState.PAST
        if len(states) == 1:
            return next(iter(states))
        bookable = states & {BlockState.FREE, BlockState.PARTLY}
        return BlockState.PARTLY if bookable else BlockState.TAKEN


def read_day(typed: str, today: date) -> date:
    """The day that an address names; today where it names none that makes sense."""
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return today
    return day if EARLIEST.date() < day < LATEST.date() - 8 * _DAY else today


def week_of(day: date) -> tuple[date, ...]:
    """The seven days from Monday on among which `day` is."""
    monday = day - day.weekday() * _DAY
    return tuple(monday + number * _DAY for number in range(7))


def span_of_day(day: date, zone: ZoneInfo) -> Span:
    """From the first instant of a day to that of the next."""
    return Span(_begin(day, zone), _begin(day + _DAY, zone))


def day_view(
    day: date, zone: ZoneInfo, parts: Sequence[Occupied], capacity: int, now: datetime
) -> DayView:
    """`day` at `now`, of a resource that is taken as `parts` say."""
    span = span_of_day(day, zone)
    end = end_of(span)
    blocks: list[Block] = []
    for part in parts:
        cut = Span(max(part.span.start, span.start), min(end_of(part.span), end))
        for piece in _split(cut, now):
            if piece.start < end_of(piece):
                _add(blocks, _block(piece, part, capacity, now, span))
    return DayView(day, span, tuple(blocks), _marks(span, zone))


def _split(span: Span, now: datetime) -> tuple[Span, ...]:
    if span.start < now < end_of(span):
        return Span(span.start, now), Span(now, span.end)
    return (span,)


def _block(piece: Span, part: Occupied, capacity: int, now: datetime, day: Span) -> Block:
    whole = end_of(day) - day.start
    left = max(capacity - part.units, 0)
    return Block(
        piece,
        _state(piece, part, left, now),
        left,
        (piece.start - day.start) / whole,
        (end_of(piece) - piece.start) / whole,
    )


def _state(piece: Span, part: Occupied, left: int, now: datetime) -> BlockState:
    if end_of(piece) <= now:
        return BlockState.PAST
    if part.closed:
        return BlockState.CLOSED
    if not left:
        return BlockState.TAKEN
    return BlockState.PARTLY if part.units else BlockState.FREE


def _add(blocks: list[Block], new: Block) -> None:
    """Append a block, as one with the last where both are over, however they were taken."""
    if blocks and blocks[-1].state is new.state is BlockState.PAST:
        last = blocks.pop()
        span = Span(last.span.start, new.span.end)
        new = Block(span, new.state, new.left, last.start, last.length + new.length)
    blocks.append(new)


def _marks(span: Span, zone: ZoneInfo) -> tuple[tuple[float, str], ...]:
    whole = end_of(span) - span.start
    hour = timedelta(hours=1)
    at = [span.start + number * hour for number in range(whole // hour)]
    shown = [(one, one.astimezone(zone)) for one in at]
    return tuple(
        ((one - span.start) / whole, f"{local:%H}")
        for one, local in shown
        if local.hour % _EVERY == 0 and local.minute == 0 and not local.fold
    )


def _begin(day: date, zone: ZoneInfo) -> datetime:
    """The first instant of a day, also where a clock never shows midnight."""
    return datetime.combine(day, time(), zone).astimezone(UTC)
