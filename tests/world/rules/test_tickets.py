"""Tickets: what is signed is what is read, and nothing else is."""

from datetime import timedelta

import jwt
import pytest
from tests.world.visitors import HALL, NOW, PARK, visitor

from shulian.identity.types import OrganizationId, PersonId
from shulian.kit.ids import new_id
from shulian.world.errors import TicketExpired, TicketWrong
from shulian.world.rules.tickets import Kind, Ticket, read, sign
from shulian.world.types import MODERATE, Stand

SECRET = "s" * 64
MINUTE = timedelta(minutes=1)
TICKET = Ticket(
    visitor(
        person=PersonId(new_id(NOW)),
        permissions=frozenset({MODERATE}),
        organizations=frozenset({OrganizationId(new_id(NOW))}),
    ),
    PARK,
    HALL,
    "once",
    Stand(1.5, -2.25, 0.2, 90.0),
    slot=7,
    visit=3,
    last=99,
)


def signed(kind: Kind = Kind.TICKET) -> str:
    return sign(TICKET, kind=kind, secret=SECRET, now=NOW, life=MINUTE)


def test_what_was_signed_is_read() -> None:
    assert read(signed(), kind=Kind.TICKET, secret=SECRET, now=NOW) == TICKET


def test_a_ticket_ends_when_its_life_is_over() -> None:
    almost = NOW + MINUTE - timedelta(milliseconds=1)

    assert read(signed(), kind=Kind.TICKET, secret=SECRET, now=almost) == TICKET
    with pytest.raises(TicketExpired):
        read(signed(), kind=Kind.TICKET, secret=SECRET, now=NOW + MINUTE)


def test_a_clock_that_jumped_back_does_not_refuse_a_ticket() -> None:
    earlier = NOW - timedelta(days=1)

    assert read(signed(), kind=Kind.TICKET, secret=SECRET, now=earlier) == TICKET


@pytest.mark.parametrize("kind", [Kind.SESSION, Kind.HANDOVER])
def test_a_ticket_is_good_for_one_thing_only(kind: Kind) -> None:
    with pytest.raises(TicketWrong):
        read(signed(), kind=kind, secret=SECRET, now=NOW)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "a.b.c",
        "\x00" * 40,
        "x" * 10_000,
        "数链.数链.数链",
        signed()[:-2],
        signed() + "x",
        sign(TICKET, kind=Kind.TICKET, secret="t" * 64, now=NOW, life=MINUTE),
        jwt.encode({"aud": "world.ticket", "exp": 9e9, "ticket": {}}, SECRET),
        jwt.encode({"aud": "world.ticket", "exp": 9e9}, SECRET),
        jwt.encode({"aud": "world.ticket", "ticket": {}}, SECRET),
        jwt.encode({"aud": "world.ticket", "exp": 9e9, "ticket": {}}, "", algorithm="none"),
    ],
)
def test_what_was_not_signed_here_is_refused(text: str) -> None:
    with pytest.raises(TicketWrong):
        read(text, kind=Kind.TICKET, secret=SECRET, now=NOW)
