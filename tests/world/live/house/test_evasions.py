"""Ways around what holds: none of them leads anywhere."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from tests.world.live.house.houses import House
from tests.world.visitors import HALL, PARK

from shulian.park.types import SpaceId
from shulian.world import api
from shulian.world.live.house import order
from shulian.world.live.house.records import Decisions
from shulian.world.live.ports import Close, Denied
from shulian.world.rules.limits import RATES, Kind
from shulian.world.types import (
    MODERATE,
    Audience,
    Measure,
    Right,
    Rule,
    Sanction,
    Scope,
    VisitorKey,
)
from shulian.world.wire.messages import (
    Hand,
    Hands,
    Leave,
    Refusal,
    Said,
    Say,
    Told,
    Waiting,
    Welcome,
)

PLAZA = SpaceId("yq-plaza")
ANN = VisitorKey("g-ann")
BURST = int(RATES[Kind.CHAT][1])


def codes(house: House, slot: int) -> list[str]:
    return [one.code for one in house.told(slot, Refusal)]


def talkative(house: House) -> int:
    """Somebody who said as much as one may at once."""
    slot = house.come("ann", space=HALL)
    for number in range(BURST):
        house.ask(slot, Say(key=f"k{number}", scope=Scope.ZONE, text="hello"))
    assert codes(house, slot) == []
    return slot


def by_a_second_link(house: House, slot: int) -> int:
    again = house.knock(resume=house.session(slot), last="0")
    assert isinstance(again, int)
    house.open(again)
    return again


def by_leaving_and_coming_back(house: House, slot: int) -> int:
    house.ask(slot, Leave())
    return house.come("ann", space=HALL)


def by_another_ticket(house: House, _slot: int) -> int:
    return house.come("ann", space=HALL)


@pytest.mark.parametrize("way", [by_a_second_link, by_leaving_and_coming_back, by_another_ticket])
def test_nobody_may_say_more_by_coming_anew(house: House, way: Callable[[House, int], int]) -> None:
    slot = way(house, talkative(house))
    house.clear()
    house.ask(slot, Say(key="one more", scope=Scope.ZONE, text="hello"))

    assert codes(house, slot) == ["world.too_fast"]


def test_who_comes_back_after_a_while_may_say_as_much_as_anybody(house: House) -> None:
    house.ask(talkative(house), Leave())
    house.pass_(151.0)
    slot = house.come("ann", space=HALL)
    house.ask(slot, Say(key="one more", scope=Scope.ZONE, text="hello"))

    assert codes(house, slot) == []


def test_who_floods_after_coming_back_is_answered_and_let_go_again(house: House) -> None:
    ann = house.come("ann", space=HALL)
    for _ in range(2):
        session = house.session(ann)
        for _ in range(100):
            house.home.heard(ann, b"?")
        house.lose(ann)
        house.seconds += 20.0
        assert house.knock(resume=session, last="0") == ann
        house.open(ann)
    house.clear()
    house.home.heard(ann, b"?")

    assert house.sockets.dropped == [(ann, Close.FLOOD)] * 2
    assert codes(house, ann) == ["world.call_wrong"]


def test_a_full_house_takes_nobodys_place_away(house: House) -> None:
    ann, number = house.come("ann"), 0
    while house.book.free:
        house.come(f"guest{number}")
        number += 1
    session = house.session(ann)

    assert house.knock(resume=session, last="0") == Denied(503, "world.full")
    assert house.book.by_key[ANN].slot == ann
    house.lose(ann)
    assert house.knock(resume=session, last="0") == ann


def nonsense() -> Iterator[bytes]:
    """Calls with what no database keeps, or no message has as its number."""
    nul, far, endless = r"\u0000", "9" * 30, "g-" + "".join(chr(97 + n % 25) for n in range(3000))
    yield f'{{"type":"say","key":"a{nul}","scope":"zone","text":"a"}}'.encode()
    yield f'{{"type":"say","key":"a","scope":"direct","text":"a","to":"g-{nul}"}}'.encode()
    yield f'{{"type":"go","key":"a","space":"{nul}"}}'.encode()
    yield f'{{"type":"block","key":"a","person":"{nul}","on":true}}'.encode()
    yield f'{{"type":"block","key":"a","person":"{endless}","on":true}}'.encode()
    yield f'{{"type":"complain","key":"a","person":"{endless}","reason":"a","message":1}}'.encode()
    yield f'{{"type":"complain","key":"a","person":"g-a","reason":"a","message":{far}}}'.encode()
    yield b'{"type":"roster","key":"a","query":"\xff"}'


@pytest.mark.parametrize("call", list(nonsense()), ids=range(8))
def test_what_cannot_be_is_refused_and_troubles_neither_database_nor_log(
    house: House, call: bytes
) -> None:
    ann = house.come("ann", space=HALL)
    house.home.heard(ann, call)
    house.settle()

    assert codes(house, ann)[0] in {"world.call_wrong", "world.person_gone"}
    assert (house.home.counters["database_failures"], house.book.counters["calls_failed"]) == (0, 0)


def test_history_goes_back_from_any_number(house: House) -> None:
    ann = house.come("ann", space=HALL)
    house.ask(ann, Say(key="1", scope=Scope.ZONE, text="hello"))
    for number, before in enumerate(("9" * 400, "-" + "9" * 400)):
        call = f'{{"type":"history","key":"{number}","before":{before}}}'
        house.home.heard(ann, call.encode())
        house.settle()

    told = [[one.text for one in news.messages] for news in house.told(ann, Told)]
    assert told == [["hello"], []]


def test_one_may_write_how_the_letter_nul_is_written(house: House) -> None:
    ann = house.come("ann", space=HALL)
    house.ask(ann, Say(key="1", scope=Scope.ZONE, text=r"JSON has \u0000"))

    assert [one.message.text for one in house.told(ann, Said)] == [r"JSON has \u0000"]


# into zones that one may not enter


def put_out(house: House, *spaces: SpaceId) -> None:
    """Have Ann out of these zones."""
    now = house.clock()
    told = tuple(
        Sanction(PARK, one, ANN, "Ann", Measure.REMOVE, now, now + api.BARRED, "Chair", "")
        for one in spaces
    )
    order.decide(house.book, PARK, Decisions(sanctions=told))


def close_hall(house: House) -> None:
    rules = (Rule(HALL, Right.ENTER, Audience.ACCOUNTS),)
    order.decide(house.book, PARK, Decisions(rules=rules))


def remove_from_hall(house: House) -> None:
    put_out(house, HALL)


@pytest.mark.parametrize("act", [close_hall, remove_from_hall])
def test_nobody_waits_for_a_zone_that_they_may_not_enter_any_more(
    house: House, act: Callable[[House], None]
) -> None:
    house.book.grounds[PARK].gates[HALL].cap = 1
    ben, ann = house.come("ben", space=HALL), house.come("ann", space=HALL)
    act(house)
    house.ask(ben, Leave())
    house.pass_(1.1)

    assert [one.position for one in house.told(ann, Waiting)] == [1, 0]
    assert (house.zone(ann), house.book.queued) == (PARK, set())


def test_who_lost_a_right_meanwhile_is_not_let_in_from_the_queue(house: House) -> None:
    rule = Rule(HALL, Right.ENTER, Audience.STAFF)
    order.decide(house.book, PARK, Decisions(rules=(rule,)))
    house.book.grounds[PARK].gates[HALL].cap = 1
    staff = frozenset({MODERATE})
    ben = house.come("ben", space=HALL, permissions=staff)
    ann = house.come("ann", space=HALL, permissions=staff)
    one = house.presence(ann)
    one.visitor = replace(one.visitor, permissions=frozenset())
    house.ask(ben, Leave())
    house.pass_(1.1)

    assert [one.position for one in house.told(ann, Waiting)] == [1, 0]
    assert (house.zone(ann), house.book.queued) == (PARK, set())


def test_nobody_waits_in_a_zone_that_they_were_put_out_of(house: House) -> None:
    ground = house.book.grounds[PARK]
    ground.gates[HALL].cap = 0
    ground.porch = ground.zones.place[PLAZA]
    put_out(house, PLAZA)
    ann = house.come("ann", space=HALL)

    assert house.zone(ann) == PARK


def test_nobody_is_led_into_a_zone_that_they_were_put_out_of(house: House) -> None:
    ground = house.book.grounds[PARK]
    ground.porch = ground.zones.place[PLAZA]
    put_out(house, PLAZA)
    ann = house.come("ann", space=HALL)
    put_out(house, PLAZA, HALL)

    assert house.zone(ann) == PARK


def test_who_blocked_somebody_does_not_see_their_hand(house: House) -> None:
    ann, ben, eve = (house.come(name, space=HALL) for name in ("ann", "ben", "eve"))
    house.presence(ann).hidden = frozenset({VisitorKey("g-ben")})
    house.ask(ben, Hand(raised=True))
    house.ask(eve, Hand(raised=True))
    house.pass_(0.3)
    again = house.come("kim", space=HALL)

    assert house.told(ann, Hands)[-1].raised == ("g-eve",)
    assert house.told(eve, Hands)[-1].raised == ("g-ben", "g-eve")
    assert house.told(again, Welcome)[-1].hands == ("g-ben", "g-eve")
