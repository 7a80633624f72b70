"""The channel of an occasion: all that is not free first, then what is taken and given back."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from tests.channels import Channel, Event, Served
from tests.channels import run as channels_run
from tests.park.plans import imported
from tests.ticketing.houses import (
    NOW,
    SEATS,
    SPAN,
    House,
    add_type,
    draft,
    live_bus,
    minutes,
    open_house,
    theatre,
)

from shulian.booking import api as ledger
from shulian.booking.types import Span
from shulian.identity import api as identity
from shulian.kit.db import Db
from shulian.ticketing import api
from shulian.ticketing import live as channel
from shulian.ticketing.types import PERMISSIONS, Occasion, OccasionId, OrderId

CUT = (
    "select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen %'"
    " and datname = current_database()"
)


class Stage:
    """A server with a house on it, whose people do things while others look on."""

    def __init__(self, served: Served, house: House) -> None:
        self.served = served
        self.house = house

    async def look(self, path: str = "", **headers: str) -> tuple[Channel, Any]:
        """A channel, and what it begins with."""
        opened = await self.served.open(path, **headers)
        return opened, await opened.event()

    async def do(self, act: Callable[[House], object]) -> None:
        """`act` in the house, in a transaction of its own."""
        await self.served.do(lambda db: act(replace(self.house, db=db, bus=live_bus(db))))


def run(
    database_url: str,
    folder: Path,
    story: Callable[[Stage], Coroutine[Any, Any, Any]],
    channels: int = 100,
) -> Any:
    """What `story` finds out at a running server with the house."""
    houses: list[House] = []

    def prepare(db: Db) -> str:
        imported(db, theatre())
        houses.append(open_house(db))
        return path_of(houses[0].occasion.id)

    async def told(served: Served) -> Any:
        return await story(Stage(served, houses[0]))

    return channels_run(database_url, folder, told, prepare, now=minutes(1), channels=channels)


def path_of(occasion: UUID) -> str:
    return f"/api/live/occasions/{occasion}"


def another(house: House) -> Occasion:
    """A draft of another evening in the same hall."""
    assert SPAN.end is not None
    span = Span(SPAN.end, SPAN.end + (SPAN.end - SPAN.start))
    return draft(house.db, house.bus, house.organizer, house.operator, span=span)


def seats(*told: tuple[int, str]) -> dict[str, Any]:
    """What is said of those seats, the first is 1."""
    return {"seats": [{"seat": SEATS[number - 1], "state": state} for number, state in told]}


CLOSED = seats(*((number, "closed") for number in range(1, 7)))


def test_a_channel_begins_with_the_seats_that_are_not_free(
    own_database_url: str, tmp_path: Path
) -> None:
    async def story(stage: Stage) -> Event:
        await stage.do(lambda house: house.bought(house.seats(1, 2)))
        await stage.do(lambda house: house.place(house.seats(4), who=house.ben))
        return (await stage.look())[1]

    assert run(own_database_url, tmp_path, story) == (
        "snapshot",
        seats((1, "sold"), (2, "sold"), (4, "held")),
    )


def test_a_channel_tells_what_is_held_and_sold(own_database_url: str, tmp_path: Path) -> None:
    async def story(stage: Stage) -> list[Event]:
        looking, first = await stage.look()
        held: list[OrderId] = []
        await stage.do(lambda house: held.append(house.place(house.seats(5, 6)).id))
        second = await looking.event()
        await stage.do(lambda house: house.told(house.pay(house.order(held[0]))))
        return [first, second, await looking.event()]

    assert run(own_database_url, tmp_path, story) == [
        ("snapshot", seats()),
        ("seats", seats((5, "held"), (6, "held"))),
        ("seats", seats((5, "sold"), (6, "sold"))),
    ]


@pytest.mark.parametrize("how", ["cancelled", "expired", "returned"])
def test_a_channel_tells_what_is_given_back(
    own_database_url: str, tmp_path: Path, how: str
) -> None:
    def give_back(house: House) -> None:
        [order] = api.own_orders(house.db, house.ann)
        if how == "expired":
            ledger.expire(house.db, house.bus, now=minutes(15))
        elif how == "cancelled":
            api.cancel_order(house.db, house.bus, house.ann, order.id, now=NOW)
        else:
            [ticket] = order.tickets
            api.cancel_ticket(house.db, house.bus, house.ann, ticket.id, now=NOW)

    async def story(stage: Stage) -> Event:
        bought = how == "returned"
        await stage.do(lambda house: (house.bought if bought else house.place)(house.seats(3)))
        looking, _ = await stage.look()
        await stage.do(give_back)
        return await looking.event()

    assert run(own_database_url, tmp_path, story) == ("seats", seats((3, "free")))


def test_what_is_undone_is_not_told(own_database_url: str, tmp_path: Path) -> None:
    def fall(house: House) -> None:
        house.place(house.seats(1))
        raise ZeroDivisionError

    async def story(stage: Stage) -> Event:
        looking, _ = await stage.look()
        with pytest.raises(ZeroDivisionError):
            await stage.do(fall)
        await stage.do(lambda house: house.place(house.seats(2)))
        return await looking.event()

    assert run(own_database_url, tmp_path, story) == ("seats", seats((2, "held")))


def test_who_looks_at_another_evening_is_told_nothing_of_this_one(
    own_database_url: str, tmp_path: Path
) -> None:
    other: list[UUID] = []

    def open_another(house: House) -> None:
        made = another(house)
        sold = add_type(house.db, house.bus, house.organizer, made, seated=True)
        api.put_seats(house.db, house.bus, house.organizer, sold.id, SEATS, now=NOW)
        api.open_occasion(house.db, house.bus, house.organizer, made.id, now=NOW)
        other.append(made.id)

    def cancel_another(house: House) -> None:
        api.cancel_occasion(house.db, house.bus, house.organizer, OccasionId(other[0]), now=NOW)

    async def story(stage: Stage) -> list[Event]:
        await stage.do(open_another)
        looking, first = await stage.look(path_of(other[0]))
        await stage.do(lambda house: house.place(house.seats(1)))
        await stage.do(cancel_another)
        return [first, await looking.event()]

    assert run(own_database_url, tmp_path, story) == [("snapshot", seats()), ("snapshot", CLOSED)]


def test_all_seats_of_an_occasion_that_is_cancelled_are_closed(
    own_database_url: str, tmp_path: Path
) -> None:
    def cancel(house: House) -> None:
        api.cancel_occasion(house.db, house.bus, house.organizer, house.occasion.id, now=minutes(1))

    async def story(stage: Stage) -> Any:
        looking, _ = await stage.look()
        await stage.do(cancel)
        while (event := await looking.event())[0] != "snapshot":
            pass
        return event

    assert run(own_database_url, tmp_path, story) == ("snapshot", CLOSED)


def test_who_comes_back_is_told_what_has_happened_meanwhile(
    own_database_url: str, tmp_path: Path
) -> None:
    async def story(stage: Stage) -> list[Event]:
        looking, first = await stage.look()
        await looking.close()
        await stage.do(lambda house: house.place(house.seats(1, 2)))
        again, second = await stage.look(**{"last-event-id": "7"})
        await stage.do(lambda house: house.place(house.seats(3), who=house.ben))
        return [first, second, await again.event()]

    assert run(own_database_url, tmp_path, story) == [
        ("snapshot", seats()),
        ("snapshot", seats((1, "held"), (2, "held"))),
        ("seats", seats((3, "held"))),
    ]


def test_a_lost_listener_is_mended_by_the_whole(own_database_url: str, tmp_path: Path) -> None:
    async def story(stage: Stage) -> Event:
        looking, _ = await stage.look()
        await stage.do(lambda house: house.place(house.seats(2)))
        await looking.event()
        await stage.served.do(lambda db: db.connection.cursor().execute(CUT))
        return await looking.event()

    assert run(own_database_url, tmp_path, story) == ("snapshot", seats((2, "held")))


def test_who_waits_in_line_is_told_who_is_called(own_database_url: str, tmp_path: Path) -> None:
    async def story(stage: Stage) -> Event:
        looking, _ = await stage.look()
        await stage.do(
            lambda house: api.join(house.db, house.ann, house.occasion.id, now=minutes(1))
        )
        return await looking.event()

    assert run(own_database_url, tmp_path, story) == ("called", {"upto": 1})


@pytest.mark.parametrize("who", ["guest", "organizer"])
def test_a_draft_has_no_channel(own_database_url: str, tmp_path: Path, who: str) -> None:
    drafts: list[UUID] = []
    tokens: list[str] = []

    def plan(house: House) -> None:
        drafts.append(another(house).id)
        scopes = frozenset(one for one in PERMISSIONS if house.organizer.may(one))
        _, token = identity.create_token(
            house.db, house.organizer, name="test", scopes=scopes, days=30, now=NOW
        )
        tokens.append(f"Bearer {token}")

    async def story(stage: Stage) -> bytes:
        await stage.do(plan)
        told = {"authorization": tokens[0]} if who == "organizer" else {}
        return await (await stage.served.open(path_of(drafts[0]), **told)).rest()

    answer = run(own_database_url, tmp_path, story)

    assert answer.startswith(b"HTTP/1.1 404")
    assert b"ticketing.occasion_unknown" in answer


def test_a_channel_says_how_soon_to_come_back_and_is_kept_by_nobody(
    own_database_url: str, tmp_path: Path
) -> None:
    async def story(stage: Stage) -> list[str]:
        opened = await stage.served.open()
        lines: list[str] = []
        while not (line := await opened.line()).startswith("event: "):
            lines.append(line.lower())
        return lines

    lines = run(own_database_url, tmp_path, story)

    assert lines[0] == "http/1.1 200 ok"
    assert "retry: 3000" in lines
    assert {"cache-control: no-cache", "x-accel-buffering: no"} <= set(lines)


def test_a_silent_channel_beats(
    own_database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(channel, "_HEARTBEAT", 0.01)

    async def story(stage: Stage) -> str:
        looking, _ = await stage.look()
        while (line := await looking.line()) != ":":
            assert not looking.reader.at_eof()
        return line

    assert run(own_database_url, tmp_path, story) == ":"


@pytest.mark.parametrize(("most", "channels", "status"), [(2, 100, 429), (100, 2, 503)])
def test_an_address_and_a_process_hold_so_many_channels(
    own_database_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    most: int,
    channels: int,
    status: int,
) -> None:
    monkeypatch.setattr(channel, "MOST_CHANNELS", most)

    async def story(stage: Stage) -> tuple[bytes, Event]:
        held = [(await stage.look())[0] for _ in range(2)]
        refused = await (await stage.served.open()).rest()
        await held[0].close()
        while True:  # until the server has heard that one left
            again = await stage.served.open()
            if b"200" in (await asyncio.wait_for(again.reader.readline(), 20)):
                return refused, await again.event()

    refused, again = run(own_database_url, tmp_path, story, channels=channels)

    assert refused.startswith(f"HTTP/1.1 {status}".encode())
    assert b"retry-after: 30" in refused
    assert again == ("snapshot", seats())
