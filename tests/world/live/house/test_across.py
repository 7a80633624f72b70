"""Two processes of one world."""

from collections.abc import Generator
from dataclasses import replace
from pathlib import Path

import msgspec
import numpy as np
import pytest
from tests.park.plans import box, imported, space
from tests.world.live.house.houses import building
from tests.world.live.house.pairs import URLS, Two
from tests.world.live.worlds import EAST, WEST, two_sites
from tests.world.visitors import PARK, visitor

from shulian.park.types import SpaceKind
from shulian.world.live.house import across, foreign
from shulian.world.live.house.across import Across
from shulian.world.live.ports import Close, Denied
from shulian.world.rules.crowd import State
from shulian.world.types import Scope, VisitorKey
from shulian.world.wire.messages import (
    Dress,
    Go,
    LookView,
    Met,
    Moved,
    Parted,
    Said,
    Say,
    Welcome,
)


@pytest.fixture
def two(own_database_url: str, tmp_path: Path) -> Generator[Two]:
    with building(own_database_url, tmp_path, two_sites()) as build:
        yield Two(build)


def test_people_at_a_border_see_each_other(two: Two) -> None:
    ann = two.at(two.west, "ann", WEST, -10, 100)
    ben = two.at(two.east, "ben", EAST, 10, 100)
    two.pass_()

    slot = two.east.book.stranger_slots[VisitorKey("g-ann")]
    assert two.east.crowd.state[slot] == State.BEYOND
    assert two.east.crowd.place[slot].tolist() == two.west.crowd.place[ann].tolist()
    two.east.home.meet(ben, [slot])
    assert [one.people[0].name for one in two.east.told(ben, Met)] == ["Ann"]


def test_who_is_far_from_the_border_is_not_seen(two: Two) -> None:
    two.at(two.west, "ann", WEST, -100, 100)
    two.pass_()

    assert two.east.book.stranger_slots == {}


def test_who_goes_away_from_the_border_is_not_seen_any_more(two: Two) -> None:
    ann = two.at(two.west, "ann", WEST, -10, 100)
    ben = two.at(two.east, "ben", EAST, 10, 100)
    two.pass_()
    slot = two.east.book.stranger_slots[VisitorKey("g-ann")]
    two.east.home.meet(ben, [slot])
    two.west.walk(ann, -100, 100)
    two.pass_()

    assert two.east.told(ben, Parted) == [Parted((slot,))]
    assert two.east.crowd.state[slot] == State.FREE


def test_the_people_of_a_process_that_falls_silent_are_not_seen(two: Two) -> None:
    two.at(two.west, "ann", WEST, -10, 100)
    two.pass_()
    for _ in range(3):
        two.east.pass_(1.0)

    assert two.east.book.stranger_slots == {}


def test_another_look_is_seen_across_the_border(two: Two) -> None:
    ann = two.at(two.west, "ann", WEST, -10, 100)
    ben = two.at(two.east, "ben", EAST, 10, 100)
    two.pass_()
    two.east.home.meet(ben, [two.east.book.stranger_slots[VisitorKey("g-ann")]])
    look = LookView(40, 60, 100, 120, 2, 3, 1, 4, 5, 6)
    two.west.ask(ann, Dress(look=look))
    two.pass_()

    assert two.east.told(ben, Met)[-1].people[0].look == look


def test_who_missed_an_introduction_asks(two: Two) -> None:
    two.at(two.west, "ann", WEST, -10, 100)
    abroad, two.east.book.abroad = two.east.book.abroad, None
    two.west.book.abroad._link.publish = lambda _data: None  # type: ignore[union-attr]
    two.west.pass_(0.15)
    del two.west.book.abroad._link.publish  # type: ignore[union-attr]
    two.east.book.abroad = abroad
    two.pass_()
    two.pass_()

    assert set(two.east.book.stranger_slots) == {VisitorKey("g-ann")}


def test_words_said_nearby_are_heard_across_the_border(two: Two) -> None:
    ann = two.at(two.west, "ann", WEST, -5, 100)
    ben = two.at(two.east, "ben", EAST, 5, 100)
    eve = two.at(two.east, "eve", EAST, 50, 100)
    two.pass_()
    two.west.ask(ann, Say(key="1", scope=Scope.NEARBY, text="psst"))
    two.pass_()

    (said,) = two.east.told(ben, Said)
    assert (said.message.text, said.slot) == (
        "psst",
        two.east.book.stranger_slots[VisitorKey("g-ann")],
    )
    assert two.east.told(eve, Said) == []


def test_words_for_one_reach_them_in_another_process(two: Two) -> None:
    ann = two.at(two.west, "ann", WEST, -200, 100)
    ben = two.at(two.east, "ben", EAST, 200, 100)
    to = VisitorKey("g-ben")
    two.west.ask(ann, Say(key="1", scope=Scope.DIRECT, text="you", to=to))
    two.pass_()

    assert [one.message.text for one in two.east.told(ben, Said)] == ["you"]
    assert [one.message.text for one in two.west.told(ann, Said)] == ["you"]


def test_who_walks_over_the_border_goes_on_there(two: Two) -> None:
    ann = two.at(two.west, "ann", WEST, -5, 100)
    two.west.walk(ann, 1, 101)
    two.pass_()

    (moved,) = two.west.told(ann, Moved)
    assert moved.url == URLS[two.east.book.terms.shard]
    assert two.west.sockets.dropped == [(ann, Close.MOVED)]
    assert VisitorKey("g-ann") not in two.west.book.by_key
    slot = two.east.knock(resume=moved.session, last="0")
    assert isinstance(slot, int)
    two.east.open(slot)
    (welcome,) = two.east.told(slot, Welcome)
    assert (welcome.you.name, welcome.zone.space, welcome.resumed) == ("Ann", EAST, True)
    assert (welcome.stand.east, welcome.stand.north) == (1, 101)


def test_a_handover_counts_once(two: Two) -> None:
    ann = two.at(two.west, "ann", WEST, -5, 100)
    two.west.walk(ann, 1, 101)
    two.pass_()
    (moved,) = two.west.told(ann, Moved)
    two.east.knock(resume=moved.session)

    assert two.east.knock(resume=moved.session) == Denied(401, "world.ticket_wrong")


def test_a_ticket_at_the_wrong_process_is_sent_on(two: Two) -> None:
    slot = two.west.knock(ticket=two.west.ticket(visitor("ann"), space=EAST))
    assert isinstance(slot, int)
    two.west.open(slot)

    (moved,) = two.west.told(slot, Moved)
    there = two.east.knock(resume=moved.session)
    assert isinstance(there, int)
    two.east.open(there)
    assert two.east.told(there, Welcome)[0].zone.space == EAST


def test_one_is_taken_to_a_space_of_another_process(two: Two) -> None:
    ann = two.at(two.west, "ann", WEST, -200, 100)
    two.west.ask(ann, Go(key="1", space=EAST))
    two.pass_()

    assert len(two.west.told(ann, Moved)) == 1


def test_one_is_taken_to_a_person_across_the_border(two: Two) -> None:
    ann = two.at(two.west, "ann", WEST, -20, 100)
    two.at(two.east, "ben", EAST, 20, 100)
    two.pass_()
    two.west.ask(ann, Go(key="1", person=VisitorKey("g-ben")))
    two.pass_()
    (moved,) = two.west.told(ann, Moved)
    slot = two.east.knock(resume=moved.session)
    assert isinstance(slot, int)
    two.east.open(slot)

    assert abs(two.east.stand(slot).east - 20) < 1.6


def test_who_comes_in_elsewhere_is_out_here(two: Two) -> None:
    ann = two.at(two.west, "ann", WEST, -100, 100)
    two.east.seconds = two.west.seconds + 1
    two.at(two.east, "ann", EAST, 100, 100)
    two.pass_()

    assert two.west.sockets.dropped == [(ann, Close.TAKEN)]
    assert VisitorKey("g-ann") in two.east.book.by_key


def test_who_is_blocked_is_not_seen_across_the_border(two: Two) -> None:
    ben = two.at(two.east, "ben", EAST, 10, 100)
    two.east.presence(ben).hidden = frozenset({VisitorKey("g-ann")})
    two.at(two.west, "ann", WEST, -10, 100)
    two.pass_()

    assert two.east.sockets.hidden[ben] == {two.east.book.stranger_slots[VisitorKey("g-ann")]}


@pytest.mark.parametrize("data", [b"", b"\x01", b"\x01\x00\x00\x00x", b"{", b"{}", b"\xff" * 99])
def test_nonsense_on_the_link_is_counted(two: Two, data: bytes) -> None:
    abroad = two.west.book.abroad
    assert isinstance(abroad, Across)
    abroad.receive(data)

    assert two.west.home.counters["link_broken"] == 1


def test_a_border_travels_packed() -> None:
    records = np.zeros(2, foreign.RECORD)
    records["slot"] = (3, 8191)
    records["place"] = ((-1, 2, 3), (4, -5, 2**31 - 1))
    unpacked = foreign.unpack(foreign.pack(7, records))

    assert unpacked is not None
    assert unpacked[0] == 7
    assert unpacked[1].tobytes() == records.tobytes()


def test_nobody_hears_a_process_that_there_is_not(two: Two) -> None:
    abroad = two.west.book.abroad
    assert isinstance(abroad, Across)
    ours = two.west.book.terms.shard
    for shard in (ours, 2, 65_535):
        abroad.receive(foreign.pack(shard, np.zeros(1, foreign.RECORD)))
    for shard in (ours, 2, -1, 2**40):
        abroad.receive(msgspec.json.encode(foreign.Came(shard, ())))

    assert two.west.home.counters["link_broken"] == 7


def test_who_came_in_elsewhere_while_the_link_was_cut_is_out_here_soon_after(two: Two) -> None:
    ann = two.at(two.west, "ann", WEST, -100, 100)
    two.east.seconds = two.west.seconds + 1
    two.wire.cut = True
    there = two.at(two.east, "ann", EAST, 100, 100)
    two.pass_(1.1)
    both = [VisitorKey("g-ann") in house.book.by_key for house in (two.west, two.east)]
    two.wire.cut = False
    for _ in range(30):
        two.east.pass_(1.1)

    assert both == [True, True]
    assert two.west.sockets.dropped == [(ann, Close.TAKEN)]
    assert (two.west.book.by_key, list(two.east.book.presences)) == ({}, [there])


def test_who_stood_beyond_the_border_when_the_process_died_goes_on_there(two: Two) -> None:
    ann = two.at(two.east, "ann", EAST, 5, 100)
    session = two.east.session(ann)
    two.east.crowd.place[ann, 0] -= 1000
    two.kill_east()
    assert two.east.knock(resume=session, last="0") == ann
    two.east.open(ann)

    (moved,) = two.east.told(ann, Moved)
    assert moved.url == URLS[two.west.book.terms.shard]
    assert two.east.book.presences == {}
    there = two.west.knock(resume=moved.session)
    assert isinstance(there, int)
    two.west.open(there)
    assert (two.west.zone(there), two.west.stand(there).east) == (WEST, -5)


def test_people_follow_their_zone_when_another_process_gets_it(two: Two) -> None:
    ann, ben = (two.at(two.west, name, WEST, -100, 100) for name in ("ann", "ben"))
    session = two.west.session(ben)
    two.west.lose(ben)
    plan = two_sites()
    more = space("mid", "", SpaceKind.SITE, order=2, shape=box(0, 300, 50, 50, 0, 0))
    with two.west.database.transaction() as db:
        imported(db, replace(plan, spaces=(*plan.spaces, more)))
    for house in (two.west, two.east):
        house.read_parks()
        house.settle()
    owners = two.west.book.grounds[PARK].owners

    assert owners[WEST] == two.east.book.terms.shard
    (moved,) = two.west.told(ann, Moved)
    assert moved.url == URLS[owners[WEST]]
    assert two.west.knock(resume=session) == ben
    two.west.open(ben)
    assert len(two.west.told(ben, Moved)) == 1
    assert two.west.book.presences == {}
    assert two.west.book.grounds[PARK].gates[WEST].inside == set()


def test_many_are_introduced_in_several_messages(two: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(across, "_AT_ONCE", 2)
    for name in ("ann", "ben", "eve"):
        two.at(two.west, name, WEST, -10, 100)
    two.kill_east()
    said: list[bytes] = []
    two.wire.join(two.wire.end(), said.append)
    for _ in range(3):
        two.pass_()
    told = [one for data in said if isinstance(one := foreign.read(data), foreign.Introduce)]

    assert sorted(len(one.people) for one in told) == [1, 2]
    assert len(two.east.book.stranger_slots) == 3
