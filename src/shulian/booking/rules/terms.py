"""On which terms people book for themselves: with an end, not for long, not too far ahead.

And not more than their share: what counts is spaces, each claim of one as one, whatever its units.
An allowance is a limit itself.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from shulian.booking.rules.spans import end_of
from shulian.booking.types import Claim, Holder, Span

LONGEST = timedelta(days=31)
AHEAD = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Limit:
    """How many claims of spaces one holder may have."""

    at_once: int
    ahead: int
    """Now and later, all together."""


PERSON = Limit(at_once=2, ahead=20)
"""The room one sits in and the one to go to next, and a month of working days ahead."""
ORGANIZATION = Limit(at_once=10, ahead=150)
"""Every team of a firm in a room, and those of a month."""


def limit_of(holder: Holder) -> Limit:
    """What a holder may have at the most."""
    return PERSON if holder.organization is None else ORGANIZATION


def busiest(wanted: Sequence[Claim], held: Iterable[Claim]) -> tuple[datetime, int] | None:
    """At which instant of `wanted` most is held, with `wanted`, and how much; the first of those.

    None where nothing is wanted.
    """
    every = [*wanted, *held]
    starts = {one.span.start for one in every}
    at = sorted(one for one in starts if any(held_at(claim, one) for claim in wanted))
    counts = [(one, sum(held_at(claim, one) for claim in every)) for one in at]
    return max(counts, key=lambda one: one[1], default=None)


def held_at(claim: Claim, at: datetime) -> bool:
    """Whether a claim holds something at an instant."""
    return claim.span.start <= at < end_of(claim.span)


def fault(span: Span, now: datetime) -> str | None:
    """The code of what stands against booking `span` for oneself."""
    if span.end is None:
        return "booking.span_endless"
    if span.end - span.start > LONGEST:
        return "booking.span_long"
    if span.start > now + AHEAD:
        return "booking.span_ahead"
    return None


def past(span: Span, now: datetime) -> bool:
    """Whether it is over: nobody books what has been."""
    return end_of(span) <= now
