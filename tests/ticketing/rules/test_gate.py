"""The gate: each answer, and scans of many gates that come to the same whenever they are told."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shulian.identity.types import PersonId
from shulian.ticketing.rules import gate
from shulian.ticketing.rules.gate import Standing
from shulian.ticketing.types import (
    Direction,
    Double,
    Fen,
    OccasionId,
    OrderId,
    Scan,
    ScanId,
    Ticket,
    TicketId,
    TicketState,
    TicketTypeId,
    Verdict,
)

HERE = OccasionId(UUID(int=1))
ELSEWHERE = OccasionId(UUID(int=2))
NOW = datetime(2026, 12, 1, 18, 0, tzinfo=UTC)
TICKET = Ticket(
    id=TicketId(UUID(int=3)),
    order=OrderId(UUID(int=4)),
    occasion=HERE,
    type=TicketTypeId(UUID(int=5)),
    seat=None,
    price=Fen(0),
    owner=PersonId(UUID(int=6)),
    name="",
    state=TicketState.VALID,
    issue=2,
)
IN, OUT = Direction.IN, Direction.OUT


def minutes(count: float) -> datetime:
    return NOW + timedelta(minutes=count)


def scan(
    number: int,
    at: float,
    direction: Direction = IN,
    told: Verdict = Verdict.ADMITTED,
    verdict: Verdict | None = None,
) -> Scan:
    return Scan(
        id=ScanId(UUID(int=number)),
        occasion=HERE,
        ticket=TICKET.id,
        direction=direction,
        verdict=verdict or told,
        gate="ABC"[number % 3],
        at=minutes(at),
        heard=minutes(60),
        by=TICKET.owner,
        told=told,
    )


@pytest.mark.parametrize(
    ("ticket", "issue", "direction", "inside", "answer"),
    [
        (TICKET, 2, IN, False, Verdict.ADMITTED),
        (TICKET, 2, IN, True, Verdict.ALREADY_IN),
        (TICKET, 2, OUT, True, Verdict.OUT),
        (TICKET, 2, OUT, False, Verdict.NOT_IN),
        (TICKET, 1, IN, False, Verdict.HANDED_ON),
        (TICKET, 1, IN, True, Verdict.HANDED_ON),
        (TICKET, 1, OUT, True, Verdict.OUT),
        (replace(TICKET, state=TicketState.CANCELLED), 2, IN, False, Verdict.CANCELLED),
        (replace(TICKET, state=TicketState.CANCELLED), 2, OUT, True, Verdict.OUT),
        (replace(TICKET, state=TicketState.RESERVED), 2, IN, False, Verdict.NOT_PAID),
        (replace(TICKET, occasion=ELSEWHERE), 2, IN, False, Verdict.ELSEWHERE),
        (replace(TICKET, occasion=ELSEWHERE), 2, OUT, False, Verdict.ELSEWHERE),
        (None, 2, IN, False, Verdict.UNREADABLE),
        (None, 2, OUT, False, Verdict.UNREADABLE),
    ],
)
def test_what_a_gate_answers(
    ticket: Ticket | None, issue: int, direction: Direction, *, inside: bool, answer: Verdict
) -> None:
    standing = Standing(ticket, inside) if ticket else None

    assert gate.verdict(HERE, standing, issue, direction) is answer


def test_who_asks_is_told_what_is_found() -> None:
    assert gate.judged(None, Verdict.CANCELLED) == (Verdict.CANCELLED, Verdict.CANCELLED)


def test_what_a_gate_let_pass_is_judged_by_what_we_know() -> None:
    judged = gate.judged(Verdict.ADMITTED, Verdict.HANDED_ON)

    assert judged == (Verdict.ADMITTED, Verdict.HANDED_ON)


def test_whom_a_gate_refused_is_refused() -> None:
    judged = gate.judged(Verdict.CANCELLED, Verdict.ADMITTED)

    assert judged == (Verdict.CANCELLED, Verdict.CANCELLED)


def test_the_earlier_of_two_who_came_in_counts_and_the_other_is_a_copy() -> None:
    heard_first, earlier = scan(1, 3), scan(2, 2)

    found = gate.replayed([heard_first, earlier])

    copy = replace(heard_first, verdict=Verdict.ALREADY_IN)
    assert found == (earlier, copy)
    assert gate.doubles(found) == (Double(earlier, copy),)


def test_who_went_out_between_is_no_copy() -> None:
    found = gate.replayed([scan(1, 1), scan(2, 2, OUT, Verdict.OUT), scan(3, 3)])

    assert [one.verdict for one in found] == [Verdict.ADMITTED, Verdict.OUT, Verdict.ADMITTED]
    assert gate.doubles(found) == ()
    assert gate.is_inside(found)


def test_who_goes_out_by_a_gate_that_does_not_know_of_them_is_out() -> None:
    found = gate.replayed([scan(1, 1), scan(2, 2, OUT, Verdict.NOT_IN)])

    assert [one.verdict for one in found] == [Verdict.ADMITTED, Verdict.OUT]
    assert not gate.is_inside(found)


def test_who_was_refused_offline_did_not_come_in() -> None:
    found = gate.replayed([scan(1, 1, IN, Verdict.ALREADY_IN)])

    assert [one.verdict for one in found] == [Verdict.ALREADY_IN]
    assert not gate.is_inside(found)


def test_who_came_in_by_a_cancelled_ticket_does_not_count() -> None:
    found = gate.replayed([scan(1, 1, verdict=Verdict.CANCELLED), scan(2, 2)])

    assert [one.verdict for one in found] == [Verdict.CANCELLED, Verdict.ADMITTED]


answers = {
    IN: st.sampled_from([Verdict.ADMITTED, Verdict.ALREADY_IN, Verdict.CANCELLED]),
    OUT: st.sampled_from([Verdict.OUT, Verdict.NOT_IN]),
}


@st.composite
def told_scans(draw: st.DrawFn) -> list[Scan]:
    """Scans of one ticket by gates that know nothing of each other."""
    found: list[Scan] = []
    for number in range(draw(st.integers(0, 12))):
        direction = draw(st.sampled_from(Direction))
        at = draw(st.integers(0, 8))
        found.append(scan(number, at, direction, draw(answers[direction])))
    return found


@given(told_scans(), st.data())
def test_whenever_and_however_often_scans_are_told_they_come_to_the_same(
    scans: list[Scan], data: st.DataObject
) -> None:
    again = data.draw(st.lists(st.sampled_from(scans))) if scans else []
    told = data.draw(st.permutations([*scans, *again]))
    state: tuple[Scan, ...] = ()
    for one in told:  # a sync of one scan after the other, each on what the ones before have left
        state = gate.replayed([*(known for known in state if known.id != one.id), one])

    assert state == gate.replayed(scans)


@given(told_scans())
def test_nobody_is_in_twice(scans: list[Scan]) -> None:
    passed = [one for one in gate.replayed(scans) if one.verdict in gate.PASSED]

    assert all(before.verdict is not after.verdict for before, after in pairwise(passed))
    assert not passed or passed[0].verdict is Verdict.ADMITTED


@given(told_scans())
def test_nothing_of_what_was_told_is_lost(scans: list[Scan]) -> None:
    found = gate.replayed(scans)

    assert {(one.id, one.at, one.told) for one in found} == {
        (one.id, one.at, one.told) for one in scans
    }
    let_in = [one for one in found if one.told is Verdict.ADMITTED]
    counted = [one for one in let_in if one.verdict is Verdict.ADMITTED]
    assert len(gate.doubles(found)) == len(let_in) - len(counted)


DAY = timedelta(days=1)


@pytest.mark.parametrize("wrong", [timedelta(), DAY, -DAY, timedelta(hours=8)])
def test_a_wrong_clock_is_set_right_by_ours(wrong: timedelta) -> None:
    at, sent = minutes(0) + wrong, minutes(30) + wrong

    assert gate.corrected(at, sent=sent, heard=minutes(30)) == minutes(0)


def test_nothing_was_scanned_after_we_heard_of_it() -> None:
    assert gate.corrected(minutes(31), sent=minutes(30), heard=minutes(30)) == minutes(30)


@given(st.datetimes(timezones=st.just(UTC)), st.datetimes(timezones=st.just(UTC)))
def test_no_clock_leads_further_back_than_a_week(at: datetime, sent: datetime) -> None:
    assert NOW - timedelta(days=7) <= gate.corrected(at, sent=sent, heard=NOW) <= NOW


@pytest.mark.parametrize(
    ("ahead", "wrong"), [(0, False), (119, False), (-119, False), (121, True), (-86_400, True)]
)
def test_a_clock_is_wrong_beyond_two_minutes(ahead: float, *, wrong: bool) -> None:
    assert gate.is_clock_wrong(NOW + timedelta(seconds=ahead), NOW) is wrong


def test_what_is_heard_much_later_was_offline() -> None:
    assert gate.was_offline(scan(1, 0))
    assert not gate.was_offline(scan(1, 60))
