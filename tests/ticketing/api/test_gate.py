"""The gate: who passes, online and told afterwards, and what is kept of it."""

from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from uuid import UUID

import pytest
from tests.identity.accounts import entries
from tests.ticketing.gates import KEYS, OUT, Phone, code_of, doors, showing, steward
from tests.ticketing.houses import NOW, SPAN, House, draft

from shulian.booking.types import Span
from shulian.identity.types import GUEST
from shulian.kit.errors import LoginNeeded, Refused
from shulian.kit.text import Text
from shulian.ticketing import api
from shulian.ticketing.errors import OccasionUnknown, ScanKnown, TicketUnknown
from shulian.ticketing.events import Scanned
from shulian.ticketing.rules.ticket_codes import Keyring
from shulian.ticketing.types import (
    Counts,
    Fault,
    OccasionId,
    Passage,
    Ticket,
    TicketId,
    TicketState,
    Verdict,
)


@pytest.fixture
def phone(house: House) -> Phone:
    """A gate that is online."""
    return Phone(house, steward(house))


@pytest.fixture
def ticket(house: House) -> Ticket:
    """Ann's ticket for the first seat."""
    return house.bought(house.seats(1)).tickets[0]


def counts(phone: Phone) -> Counts:
    return api.gate_counts(phone.house.db, phone.who, phone.house.occasion.id)


def test_a_ticket_lets_in_once(phone: Phone, ticket: Ticket) -> None:
    code = code_of(ticket)

    first = phone.tells(showing(code), now=doors(1))
    second = phone.answers(showing(code), now=doors(2))[0]

    assert (first, second.scan.verdict) == ([Verdict.ADMITTED], Verdict.ALREADY_IN)
    assert second.before == Passage(ticket.id, inside=True, at=doors(1), gate="A")
    assert counts(phone) == Counts(inside=1, out=0, refused=1, doubles=0)


def test_who_went_out_may_come_in_again(phone: Phone, ticket: Ticket) -> None:
    code = code_of(ticket)

    answers = [
        *phone.tells(showing(code), now=doors(1)),
        *phone.tells(showing(code, OUT), now=doors(2)),
        *phone.tells(showing(code, OUT), now=doors(3)),
        *phone.tells(showing(code), now=doors(4)),
    ]

    assert answers == [Verdict.ADMITTED, Verdict.OUT, Verdict.NOT_IN, Verdict.ADMITTED]


def test_who_is_out_is_counted(phone: Phone, ticket: Ticket) -> None:
    phone.tells(showing(code_of(ticket)), now=doors(1))
    phone.tells(showing(code_of(ticket), OUT), now=doors(2))

    assert counts(phone) == Counts(inside=0, out=1, refused=0, doubles=0)


def test_a_scan_that_is_asked_again_is_answered_again(phone: Phone, ticket: Ticket) -> None:
    asked = showing(code_of(ticket))

    assert phone.tells(asked) == phone.tells(asked) == [Verdict.ADMITTED]
    assert counts(phone).inside == 1


def test_the_number_below_the_code_can_be_typed(phone: Phone, ticket: Ticket) -> None:
    listed = api.gate_tickets(phone.house.db, phone.who, phone.house.occasion.id, KEYS)
    number = next(one.number for one in listed if one.ticket == ticket.id)

    assert phone.tells(showing(number.lower())) == [Verdict.ADMITTED]
    assert phone.answers(showing("ZZZZZZZZ"))[0].fault is Fault.FOREIGN


def test_a_ticket_can_be_found_by_hand(phone: Phone, ticket: Ticket) -> None:
    assert phone.tells(showing(ticket=ticket.id)) == [Verdict.ADMITTED]


def test_an_older_issue_lets_nobody_in(phone: Phone, ticket: Ticket) -> None:
    house = phone.house
    given = house.handed(ticket, "ben", name="Ben")

    assert phone.tells(showing(code_of(ticket))) == [Verdict.HANDED_ON]
    assert phone.tells(showing(code_of(given))) == [Verdict.ADMITTED]


def test_a_ticket_that_is_offered_lets_its_giver_in_until_it_is_taken(
    phone: Phone, ticket: Ticket
) -> None:
    house = phone.house
    api.hand_on(house.db, house.ann, ticket.id, email="ben@park.example", name="", now=NOW)

    assert phone.tells(showing(code_of(ticket))) == [Verdict.ADMITTED]


def test_what_is_called_off_lets_nobody_in_before_its_orders_are_undone(
    phone: Phone, ticket: Ticket
) -> None:
    house = phone.house
    api.cancel_occasion(house.db, house.bus, house.organizer, house.occasion.id, now=NOW)
    (entry,) = [
        one
        for one in api.gate_tickets(house.db, house.organizer, house.occasion.id, KEYS)
        if one.ticket == ticket.id
    ]

    assert house.order(ticket.order).state.value == "paid"
    assert phone.tells(showing(code_of(ticket))) == [Verdict.CANCELLED]
    assert entry.state.value == "cancelled"
    assert api.proof(house.db, house.ann, ticket.id, KEYS).code == ""
    with pytest.raises(TicketUnknown):
        api.proofs(house.db, house.ann, ticket.order, KEYS)


def test_a_cancelled_ticket_lets_nobody_in(phone: Phone, ticket: Ticket) -> None:
    house = phone.house
    api.cancel_ticket(house.db, house.bus, house.organizer, ticket.id, now=NOW)

    assert phone.tells(showing(code_of(ticket))) == [Verdict.CANCELLED]


def test_a_ticket_that_is_not_paid_lets_nobody_in(phone: Phone) -> None:
    held = phone.house.place(phone.house.seats(2)).tickets[0]

    assert phone.tells(showing(ticket=held.id)) == [Verdict.NOT_PAID]


def test_a_ticket_of_another_occasion_lets_nobody_in(phone: Phone, ticket: Ticket) -> None:
    house = phone.house
    later = Span(SPAN.start + timedelta(days=1), SPAN.start + timedelta(days=2))
    other = draft(
        house.db, house.bus, house.organizer, house.operator, span=later, title=Text("乙")
    )
    there = replace(phone, house=replace(house, occasion=other), who=house.organizer)

    answer = there.answers(showing(code_of(ticket)))[0]

    assert (answer.scan.verdict, answer.scan.ticket) == (Verdict.ELSEWHERE, ticket.id)
    assert phone.tells(showing(code_of(ticket))) == [Verdict.ADMITTED]


def test_a_code_of_ours_for_a_ticket_that_is_gone_is_unreadable(
    phone: Phone, ticket: Ticket
) -> None:
    gone = replace(ticket, id=TicketId(UUID(int=9)))

    answer = phone.answers(showing(code_of(gone)))[0]

    assert (answer.scan.verdict, answer.scan.ticket) == (Verdict.UNREADABLE, None)


@pytest.mark.parametrize(
    ("shown", "fault"),
    [
        ("https://example.com/ticket/1", Fault.FOREIGN),
        ("", Fault.FOREIGN),
        ("7512408", Fault.CUT),
        ("75124082" + "0" * 239, Fault.NEWER),
        ("75124081" + "0" * 239, Fault.STRANGER),
        ("75124081" + "9" * 239, Fault.FORGED),
    ],
)
def test_what_is_no_code_says_why(phone: Phone, shown: str, fault: Fault) -> None:
    answer = phone.answers(showing(shown))[0]

    assert (answer.scan.verdict, answer.scan.ticket, answer.fault) == (
        Verdict.UNREADABLE,
        None,
        fault,
    )
    assert counts(phone) == Counts(inside=0, out=0, refused=1, doubles=0)


def test_a_code_that_others_signed_is_forged(phone: Phone, ticket: Ticket) -> None:
    forged = code_of(ticket, keys=Keyring({1: bytes(32)}, newest=1))

    assert phone.answers(showing(forged))[0].fault is Fault.FORGED


def test_scans_that_are_told_afterwards_come_to_the_same_in_every_order(house: House) -> None:
    tickets = house.bought(house.seats(1, 2, 3)).tickets
    stewards = [steward(house, name) for name in ("gil", "hao", "ivy")]
    phones = [Phone(house, who, name) for who, name in zip(stewards, "ABC", strict=True)]
    batches = [
        [showing(code_of(tickets[0]), at=doors(120), told=Verdict.ADMITTED)],
        [
            showing(code_of(tickets[0]), at=doors(180), told=Verdict.ADMITTED),
            showing(code_of(tickets[1]), at=doors(190), told=Verdict.ADMITTED),
        ],
        [showing(code_of(tickets[0]), OUT, at=doors(150), told=Verdict.NOT_IN)],
    ]
    states: list[tuple[list[Passage], Counts]] = []
    for order in permutations(range(3)):
        with house.db.begin_nested() as trial:
            for place in (*order, *reversed(order)):
                phones[place].tells(*batches[place], now=doors(600))
            found = api.passages(house.db, stewards[0], house.occasion.id, since=None, now=NOW)[0]
            states.append((sorted(found, key=lambda one: one.at), counts(phones[0])))
            trial.rollback()

    assert states[0] == (
        [
            Passage(tickets[0].id, inside=True, at=doors(180), gate="B"),
            Passage(tickets[1].id, inside=True, at=doors(190), gate="B"),
        ],
        Counts(inside=2, out=0, refused=1, doubles=0),
    )
    assert all(state == states[0] for state in states)


def test_a_copy_that_came_in_offline_is_told(house: House, ticket: Ticket) -> None:
    gil, hao = (steward(house, name) for name in ("gil", "hao"))
    a, b = Phone(house, gil, "A"), Phone(house, hao, "B")
    second = showing(code_of(ticket), at=doors(180), told=Verdict.ADMITTED)
    first = showing(code_of(ticket), at=doors(120), told=Verdict.ADMITTED)

    assert b.tells(second, now=doors(300)) == [Verdict.ADMITTED]
    assert a.tells(first, now=doors(400)) == [Verdict.ADMITTED]
    assert b.tells(second, now=doors(500)) == [Verdict.ALREADY_IN]

    [(about, double)] = api.doubles(house.db, gil, house.occasion.id)
    assert about == ticket
    assert [(one.gate, one.at) for one in (double.counted, double.copy)] == [
        ("A", doors(120)),
        ("B", doors(180)),
    ]
    assert counts(a) == Counts(inside=1, out=0, refused=0, doubles=1)
    assert [one.verb for one in entries(house.db)][-1] == "ticketing.correct_scan"


def test_who_came_in_offline_by_a_cancelled_ticket_is_not_counted(
    phone: Phone, ticket: Ticket
) -> None:
    house = phone.house
    api.cancel_ticket(house.db, house.bus, house.organizer, ticket.id, now=NOW)

    told = showing(code_of(ticket), told=Verdict.ADMITTED)

    assert phone.tells(told) == [Verdict.CANCELLED]
    assert counts(phone).inside == 0


@pytest.mark.parametrize("ahead", [timedelta(days=1), timedelta(days=-1), timedelta()])
def test_a_wrong_clock_is_set_right(house: House, ticket: Ticket, ahead: timedelta) -> None:
    phone = Phone(house, steward(house), ahead=ahead)
    told = showing(code_of(ticket), at=doors(60) + ahead, told=Verdict.ADMITTED)

    answer = phone.answers(told, now=doors(600))[0]

    assert answer.scan.at == doors(60)


def test_a_phone_that_did_not_hear_our_answer_says_what_it_told(
    phone: Phone, ticket: Ticket
) -> None:
    asked = showing(code_of(ticket))
    phone.tells(asked, now=doors(0))

    told = replace(asked, told=Verdict.ALREADY_IN)

    assert phone.tells(told, now=doors(5)) == [Verdict.ALREADY_IN]
    assert counts(phone) == Counts(inside=0, out=0, refused=1, doubles=0)


def test_an_answer_that_comes_after_what_was_told_changes_nothing(
    phone: Phone, ticket: Ticket
) -> None:
    told = showing(code_of(ticket), told=Verdict.ALREADY_IN)
    phone.tells(told)

    assert phone.tells(replace(told, told=None)) == [Verdict.ALREADY_IN]


def test_what_happened_is_published(phone: Phone, ticket: Ticket) -> None:
    phone.house.bus.published.clear()

    scan = phone.answers(showing(code_of(ticket)))[0].scan

    assert phone.house.bus.published == [Scanned(None, scan)]


def test_an_id_of_a_scan_elsewhere_is_refused(phone: Phone, ticket: Ticket) -> None:
    house = phone.house
    asked = showing(code_of(ticket))
    phone.tells(asked)
    later = Span(SPAN.start + timedelta(days=1), SPAN.start + timedelta(days=2))
    other = draft(house.db, house.bus, house.organizer, house.operator, span=later)
    there = replace(phone, house=replace(house, occasion=other), who=house.organizer)

    with pytest.raises(ScanKnown):
        there.tells(asked)


def test_the_list_says_no_more_than_a_gate_needs(phone: Phone, ticket: Ticket) -> None:
    house = phone.house
    held = house.place(house.seats(2), who=house.ben).tickets[0]

    listed = api.gate_tickets(house.db, phone.who, house.occasion.id, KEYS)

    assert {(one.ticket, one.issue, one.state, one.name) for one in listed} == {
        (ticket.id, 1, TicketState.VALID, ticket.name),
        (held.id, 1, TicketState.RESERVED, held.name),
    }
    assert len({one.number for one in listed}) == 2


def test_passages_are_told_since_a_cursor(phone: Phone, ticket: Ticket) -> None:
    house, where = phone.house, phone.house.occasion.id
    other = house.bought(house.seats(2)).tickets[0]
    phone.tells(showing(code_of(ticket)), now=doors(0))
    _, cursor = api.passages(house.db, phone.who, where, since=None, now=doors(300))
    phone.tells(showing(code_of(other)), now=doors(400))

    found, _ = api.passages(house.db, phone.who, where, since=cursor, now=doors(500))

    assert [one.ticket for one in found] == [other.id]


def test_only_who_checks_opens_a_gate(house: House) -> None:
    where = house.occasion.id

    with pytest.raises(LoginNeeded):
        api.open_gate(house.db, GUEST, where)
    with pytest.raises(Refused):
        api.open_gate(house.db, house.ann, where)
    with pytest.raises(OccasionUnknown):
        api.open_gate(house.db, steward(house), OccasionId(UUID(int=1)))


def test_a_guest_tells_no_scans(house: House) -> None:
    with pytest.raises(LoginNeeded):
        Phone(house, GUEST).tells(showing("1"))
