"""What a gate decides, and what the scans of several gates come to once all of them are known.

A gate that is offline decides by what it knows, and people pass on its word: that has happened,
whatever others find out later. So a scan keeps both: what the gate `told` on the spot, and the
`verdict` on it once everything is known.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from shulian.ticketing.types import (
    Direction,
    Double,
    OccasionId,
    Scan,
    Ticket,
    TicketState,
    Verdict,
)

BARRED = frozenset(
    {
        Verdict.NOT_PAID,
        Verdict.CANCELLED,
        Verdict.HANDED_ON,
        Verdict.ELSEWHERE,
        Verdict.UNREADABLE,
    }
)
"""Answers that say something of the ticket itself, whoever is in."""

PASSED = frozenset({Verdict.ADMITTED, Verdict.OUT})
"""Answers after which somebody is on the other side."""

TRUSTED = timedelta(minutes=2)
"""A clock that differs by no more is right."""
LONGEST_OFFLINE = timedelta(days=7)
"""No scan is older when we are told of it: what a clock says beyond that is not believed."""
LATE = timedelta(minutes=1)
"""A scan that we heard of so much later was made offline."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A ticket as a gate sees it at a moment."""

    ticket: Ticket
    inside: bool
    """Whether somebody is in by it."""


def verdict(
    occasion: OccasionId, standing: Standing | None, issue: int, direction: Direction
) -> Verdict:
    """What the gate of `occasion` answers to a code of that `issue`; none: of no ticket.

    Whoever is in may go out, whatever has become of their ticket meanwhile.
    """
    if standing is None:
        return Verdict.UNREADABLE
    if standing.ticket.occasion != occasion:
        return Verdict.ELSEWHERE
    if direction is Direction.OUT:
        return Verdict.OUT if standing.inside else Verdict.NOT_IN
    return _way_in(standing, issue)


def _way_in(standing: Standing, issue: int) -> Verdict:
    if issue < standing.ticket.issue:
        return Verdict.HANDED_ON
    if standing.ticket.state is TicketState.CANCELLED:
        return Verdict.CANCELLED
    if standing.ticket.state is TicketState.RESERVED:
        return Verdict.NOT_PAID
    return Verdict.ALREADY_IN if standing.inside else Verdict.ADMITTED


def judged(told: Verdict | None, found: Verdict) -> tuple[Verdict, Verdict]:
    """What the gate told, and the verdict so far: before the scan's place among others is known.

    told   what the gate answered offline; none: it waits for our answer
    found  what we would answer now
    A gate that refused somebody has done so. What it let pass is judged by what we know.
    """
    if told is None:
        return found, found
    return told, found if found in BARRED and told not in BARRED else told


def replayed(scans: Iterable[Scan]) -> tuple[Scan, ...]:
    """The scans of one ticket, the first first, each with the verdict that it comes to.

    It depends on which scans there are, not on when or how often we heard of them. The admission
    that was earlier counts; another one before somebody went out is `ALREADY_IN`: a copy came in.
    """
    inside = False
    found: list[Scan] = []
    for scan in sorted({one.id: one for one in scans}.values(), key=_place):
        said = _in_turn(scan, inside=inside)
        if said in PASSED:
            inside = said is Verdict.ADMITTED
        found.append(replace(scan, verdict=said))
    return tuple(found)


def is_inside(scans: Sequence[Scan]) -> bool:
    """Whether somebody is in after these scans of one ticket, in the order of `replayed`."""
    passed = [one for one in scans if one.verdict in PASSED]
    return bool(passed) and passed[-1].verdict is Verdict.ADMITTED


def doubles(scans: Sequence[Scan]) -> tuple[Double, ...]:
    """Who came in by a ticket by which somebody was in: scans of one ticket as of `replayed`."""
    counted: Scan | None = None
    found: list[Double] = []
    for scan in scans:
        if scan.verdict is Verdict.ADMITTED:
            counted = scan
        elif counted and scan.verdict is Verdict.ALREADY_IN and scan.told is Verdict.ADMITTED:
            found.append(Double(counted, scan))
    return tuple(found)


def corrected(at: datetime, *, sent: datetime, heard: datetime) -> datetime:
    """When a scan was made by our clock: `at` by the gate's, which said `sent` when we `heard`."""
    return heard - min(max(sent - at, timedelta()), LONGEST_OFFLINE)


def is_clock_wrong(sent: datetime, heard: datetime) -> bool:
    """Whether a gate whose clock said `sent` when ours said `heard` should be told so."""
    return abs(sent - heard) > TRUSTED


def was_offline(scan: Scan) -> bool:
    """Whether we heard of a scan only later."""
    return scan.heard - scan.at > LATE


def _place(scan: Scan) -> tuple[datetime, str]:
    return (scan.at, str(scan.id))


def _in_turn(scan: Scan, *, inside: bool) -> Verdict:
    """The verdict on a scan when those before it have left somebody in, or not."""
    if scan.verdict in BARRED:
        return scan.verdict
    if scan.direction is Direction.OUT:
        # whoever stands at the way out goes out, whatever the gate knew of them
        return Verdict.OUT if inside else Verdict.NOT_IN
    if scan.told is not Verdict.ADMITTED:
        return scan.told
    return Verdict.ALREADY_IN if inside else Verdict.ADMITTED
