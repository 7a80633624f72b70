"""Halls as those see them who buy, and what those are told who look."""

from typing import Any

import msgspec
from sqlalchemy import event
from tests.ticketing.houses import NOW, SEATS, House

from shulian.kit.db import Db
from shulian.kit.live import Announcement
from shulian.ticketing import api
from shulian.ticketing.api import halls
from shulian.ticketing.types import Wanted
from shulian.ticketing.wire.seats import SeatList


def test_where_no_seat_is_named_the_best_ones_together_are_had(house: House) -> None:
    order = house.place(Wanted(house.seated.id, 2))

    had = {ticket.seat for ticket in order.tickets}
    assert had in ({SEATS[0], SEATS[1]}, {SEATS[1], SEATS[2]})


def test_a_proposal_keeps_to_what_is_free(house: House) -> None:
    house.place(house.seats(1, 2))

    found = halls.propose(halls.hall(house.db, house.occasion, now=NOW), house.seated.id, 4)

    assert found is not None
    assert set(found.seats) == set(SEATS[2:])


def test_there_is_no_proposal_where_too_few_are_free(house: House) -> None:
    house.place(house.seats(1, 2, 3))

    assert halls.propose(halls.hall(house.db, house.occasion, now=NOW), house.seated.id, 4) is None


def test_a_plan_shows_every_seat_and_what_it_is(house: House) -> None:
    house.place(house.seats(1))

    plan = halls.plan(halls.hall(house.db, house.occasion, now=NOW))

    shown = {mark.id: mark.state.value for row in plan.rows for mark in row.marks}
    assert shown == dict(zip(SEATS, house.states(), strict=True))


def test_who_looks_is_told_what_becomes_of_seats(house: House) -> None:
    told = heard(house.db, f"ticketing/{house.occasion.id}")

    order = house.place(house.seats(1, 2))
    api.cancel_order(house.db, house.bus, house.ann, order.id, now=NOW)

    assert [
        (one.event, {each.seat: each.state.value for each in list_of(one).seats}) for one in told
    ] == [("seats", dict.fromkeys(SEATS[:2], state)) for state in ("held", "free")]


def test_who_looks_reads_anew_what_is_sold_otherwise(house: House) -> None:
    told = heard(house.db, f"ticketing/{house.occasion.id}")

    api.put_seats(house.db, house.bus, house.organizer, house.seated.id, SEATS[:3], now=NOW)

    assert [one.event for one in told] == ["anew"]


def heard(db: Db, topic: str) -> list[Announcement]:
    """What is announced on a topic from now on."""
    told: list[Announcement] = []

    def hear(*said: Any) -> None:
        if "pg_notify" in said[2]:
            one = msgspec.json.decode(said[3]["payload"], type=Announcement)
            told.extend([one] if one.topic == topic else [])

    event.listen(db, "before_cursor_execute", hear)
    return told


def list_of(one: Announcement) -> SeatList:
    """The seats that an announcement tells of."""
    return msgspec.json.decode(one.data, type=SeatList)
