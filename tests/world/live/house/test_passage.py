"""Into the zones of another process: past their caps, by their queues."""

from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.park.plans import box, space
from tests.world.live.house.houses import Build, House, building
from tests.world.live.house.pairs import Two
from tests.world.live.worlds import EAST, WEST
from tests.world.visitors import PARK, visitor

from shulian.kit.text import Text
from shulian.park.types import Entrance, ParkPlan, Place, SpaceId, SpaceKind
from shulian.world import api
from shulian.world.live.house import order
from shulian.world.live.house.records import Decisions
from shulian.world.types import Measure, Sanction, VisitorKey
from shulian.world.wire.messages import (
    Go,
    Leave,
    Moved,
    News,
    Placed,
    Refusal,
    Unqueue,
    Waiting,
    Welcome,
)

LAWN, HALL = SpaceId("yq-east-lawn"), SpaceId("yq-east-hall")
CAP = 2
SPOTS = {WEST: (-20, 100), EAST: (20, 100), LAWN: (5, 150), HALL: (30, 250)}


def lawn_beyond() -> ParkPlan:
    """Two sites; in the eastern one a lawn at the border and a hall. One comes in in the west."""
    spaces = (
        space("", None, SpaceKind.PARK, name=Text("园区", "Park")),
        space("east", "", SpaceKind.SITE, shape=box(0, 0, 300, 300, 0, 0)),
        space("east-lawn", "east", SpaceKind.GARDEN, shape=box(0, 140, 20, 20, 0, 0), capacity=CAP),
        space("east-hall", "east", SpaceKind.HALL, shape=box(20, 240, 20, 20, 0, 4), capacity=CAP),
        space("west", "", SpaceKind.SITE, order=1, shape=box(-300, 0, 300, 300, 0, 0)),
    )
    return ParkPlan(Place(PARK, 121.58, 31.15, entrance=Entrance(-150.0, 150.0)), spaces)


@pytest.fixture
def build(own_database_url: str, tmp_path: Path) -> Generator[Build]:
    with building(own_database_url, tmp_path, lawn_beyond()) as build:
        yield build


@pytest.fixture
def two(build: Build) -> Two:
    return Two(build)


def fill(two: Two, zone: SpaceId = LAWN) -> list[int]:
    """Have as many people in a zone as it takes."""
    return [two.east.come(f"guest{number}", space=zone) for number in range(CAP)]


def follow(two: Two, moved: Moved) -> tuple[House, int]:
    """Where somebody is who was sent on."""
    house = two.of(moved.url)
    slot = house.knock(resume=moved.session, last="0")
    assert isinstance(slot, int), slot
    house.open(slot)
    return house, slot


def positions(house: House, slot: int) -> list[tuple[SpaceId, int]]:
    return [(one.zone.space, one.position) for one in house.told(slot, Waiting)]


def test_who_walks_against_a_full_zone_of_another_process_is_put_back_and_waits(two: Two) -> None:
    fill(two)
    ann = two.at(two.west, "ann", WEST, -3, 150)
    two.west.walk(ann, 3, 150)
    two.pass_()

    assert [one.reason for one in two.west.told(ann, Placed)] == ["full"]
    assert positions(two.west, ann) == [(LAWN, 1)]
    assert [(one.zone.count, one.zone.cap) for one in two.west.told(ann, Waiting)] == [(2, 2)]
    assert (two.west.stand(ann).east, two.west.told(ann, Moved)) == (-3, [])


def test_who_waits_there_is_let_in_when_there_is_a_place(two: Two) -> None:
    first, _ = fill(two)
    ann = two.at(two.west, "ann", WEST, -3, 150)
    two.west.walk(ann, 3, 150)
    two.pass_()
    two.east.ask(first, Leave())
    two.pass_(0.6)
    house, slot = follow(two, two.west.told(ann, Moved)[0])

    assert (house, house.zone(slot)) == (two.east, LAWN)
    assert positions(two.west, ann) == [(LAWN, 1), (WEST, 0)]
    assert two.east.book.grounds[PARK].outsiders == {}


def test_nobody_overtakes_whichever_process_they_are_in(two: Two) -> None:
    first, second = fill(two)
    ann = two.at(two.west, "ann", WEST, -50, 150)
    two.west.ask(ann, Go(key="1", space=LAWN))
    two.pass_()
    eve = two.east.come("eve", space=EAST)
    two.east.ask(eve, Go(key="1", space=LAWN))

    assert (positions(two.west, ann), positions(two.east, eve)) == ([(LAWN, 1)], [(LAWN, 2)])
    two.east.ask(first, Leave())
    two.pass_(0.6)
    assert (len(two.west.told(ann, Moved)), positions(two.east, eve)[-1]) == (1, (LAWN, 1))
    two.east.ask(second, Leave())
    two.pass_(0.6)
    assert two.east.zone(eve) == LAWN


def test_who_gives_up_waits_in_no_process(two: Two) -> None:
    fill(two)
    ann = two.at(two.west, "ann", WEST, -50, 150)
    two.west.ask(ann, Go(key="1", space=LAWN))
    two.pass_()
    two.west.ask(ann, Unqueue())
    two.pass_(0.6)

    assert positions(two.west, ann) == [(LAWN, 1), (WEST, 0)]
    assert two.east.book.grounds[PARK].outsiders == {}
    assert two.east.book.grounds[PARK].gates[LAWN].queue == ()


def test_a_ticket_to_a_full_hall_lets_one_wait_at_the_process_with_the_open_ground(
    two: Two,
) -> None:
    first, _ = fill(two, HALL)
    slot = two.east.knock(ticket=two.east.ticket(visitor("ann"), space=HALL))
    assert isinstance(slot, int)
    two.east.open(slot)
    house, outside = follow(two, two.east.told(slot, Moved)[0])
    two.pass_()

    assert (house, house.zone(outside)) == (two.west, PARK)
    assert positions(two.west, outside) == [(HALL, 1)]
    two.east.ask(first, Leave())
    two.pass_(0.6)
    house, inside = follow(two, two.west.told(outside, Moved)[0])
    assert (house, house.zone(inside)) == (two.east, HALL)


def test_who_does_not_hear_of_the_other_process_is_sent_there_all_the_same(two: Two) -> None:
    ann = two.at(two.west, "ann", WEST, -50, 150)
    two.wire.cut = True
    two.west.ask(ann, Go(key="1", space=LAWN))
    assert two.west.told(ann, Moved) == []

    two.pass_(0.6)
    house, slot = follow(two, two.west.told(ann, Moved)[0])
    assert (house, house.zone(slot)) == (two.east, LAWN)


def test_a_place_that_nobody_comes_for_is_free_again(two: Two) -> None:
    ann, eve = (two.at(two.west, name, WEST, -50, 150) for name in ("ann", "eve"))
    for slot in (ann, eve):
        two.west.ask(slot, Go(key="1", space=LAWN))
    two.pass_()
    ben = two.east.come("ben", space=EAST)
    two.east.ask(ben, Go(key="1", space=LAWN))

    assert positions(two.east, ben) == [(LAWN, 1)]
    two.pass_(8.0)
    assert two.east.zone(ben) == LAWN


def test_those_of_a_process_that_died_wait_no_more(two: Two) -> None:
    first, _ = fill(two)
    ann = two.at(two.west, "ann", WEST, -50, 150)
    two.west.ask(ann, Go(key="1", space=LAWN))
    two.pass_()
    two.wire.cut = True
    ben = two.east.come("ben", space=EAST)
    two.east.ask(ben, Go(key="1", space=LAWN))
    for _ in range(4):
        two.east.pass_(1.1)
    two.east.ask(first, Leave())
    two.east.pass_(1.1)

    assert two.east.zone(ben) == LAWN


def test_who_comes_back_before_their_link_is_known_to_be_lost_keeps_their_place(two: Two) -> None:
    first, _ = fill(two)
    ann, eve = (two.at(two.west, name, WEST, -50, 150) for name in ("ann", "eve"))
    for slot in (ann, eve):
        two.west.ask(slot, Go(key="1", space=LAWN))
        two.pass_()
    again = two.west.knock(resume=two.west.session(ann), last="0")
    assert isinstance(again, int)
    two.pass_(0.6)
    gate = two.east.book.grounds[PARK].gates[LAWN]
    assert gate.queue == (VisitorKey("g-ann"), VisitorKey("g-eve"))
    two.west.open(again)
    two.pass_(0.6)

    assert again != ann
    assert positions(two.west, again)[-1] == (LAWN, 1)
    assert positions(two.west, eve)[-1] == (LAWN, 2)
    two.east.ask(first, Leave())
    two.pass_(0.6)
    (moved,) = two.west.told(again, Moved)
    house, slot = follow(two, moved)
    assert house.zone(slot) == LAWN


def test_the_queue_outlives_the_process_that_keeps_it(two: Two) -> None:
    fill(two)
    ann, eve = (two.at(two.west, name, WEST, -50, 150) for name in ("ann", "eve"))
    for slot in (eve, ann):
        two.west.ask(slot, Go(key="1", space=LAWN))
        two.pass_()
    two.kill_east()
    two.pass_(0.6)

    keys = (VisitorKey("g-eve"), VisitorKey("g-ann"))
    assert two.east.book.grounds[PARK].gates[LAWN].queue == keys


def test_who_may_not_enter_does_not_wait(two: Two) -> None:
    ann = two.at(two.west, "ann", WEST, -50, 150)
    now, key = two.west.clock(), VisitorKey("g-ann")
    told = Sanction(PARK, LAWN, key, "Ann", Measure.REMOVE, now, now + api.BARRED, "Chair", "")
    order.decide(two.west.book, PARK, Decisions(sanctions=(told,)))
    two.west.ask(ann, Go(key="1", space=LAWN))

    assert [one.code for one in two.west.told(ann, Refusal)] == ["world.removed"]
    assert two.west.book.queued == set()


STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "come",
                "resume",
                "again",
                "lose",
                "leave",
                "go",
                "walk",
                "unqueue",
                "wait",
                "cut",
                "die",
            ]
        ),
        st.sampled_from(["ann", "ben", "eve", "joe", "kim"]),
        st.sampled_from([LAWN, LAWN, HALL, EAST, WEST]),
    ),
    max_size=25,
)


class Story:
    """Two houses to which things happen, and people who go where they are sent."""

    def __init__(self, two: Two) -> None:
        self.two = two
        self.where: dict[str, tuple[House, int]] = {}
        """Who is connected to which house, with which slot."""
        self.sessions: dict[str, tuple[House, str]] = {}

    def happen(self, step: str, name: str, zone: SpaceId) -> None:
        two = self.two
        calls = {"leave": Leave(), "go": Go(key="1", space=zone), "unqueue": Unqueue()}
        house, slot = self.where.get(name, (None, -1))
        if step == "come":
            house = two.west if name < "c" else two.east
            self._knock(house, name, ticket=house.ticket(visitor(name), space=zone))
        elif step == "resume" and house is None and name in self.sessions:
            house, session = self.sessions[name]
            self._knock(house, name, resume=session, last="0")
        elif step == "again" and name in self.sessions:
            self._return(name)
        elif step == "cut":
            two.wire.cut = not two.wire.cut
        elif step == "die":
            self._die()
        elif step == "wait":
            two.pass_(0.6)
        elif house is not None and step == "lose":
            self._drop(name)
        elif house is not None and step == "walk":
            house.walk(slot, *SPOTS[zone])
        elif house is not None and step in calls:
            house.ask(slot, calls[step])
        self._follow()

    def _knock(self, house: House, name: str, **query: str) -> None:
        self._drop(name)
        slot = house.knock(**query)
        if isinstance(slot, int):
            self.where[name] = (house, slot)
            house.sockets.told[slot] = []
            house.open(slot)

    def _return(self, name: str) -> None:
        """Come back while it is not known that the link is lost."""
        old = self.where.pop(name, None)
        house, session = self.sessions[name]
        self._knock(house, name, resume=session, last="0")
        if old is not None and name not in self.where:
            self.where[name] = old
        elif old is not None and old != self.where[name]:
            old[0].home.closed(old[1], 4001)

    def _drop(self, name: str) -> None:
        house, slot = self.where.pop(name, (None, -1))
        if house is not None:
            house.home.closed(slot, 1006)

    def _die(self) -> None:
        old = self.two.east
        self.two.kill_east()
        for name in [name for name, (house, _) in self.where.items() if house is old]:
            del self.where[name]
        for name, (house, session) in tuple(self.sessions.items()):
            if house is old:
                self.sessions[name] = (self.two.east, session)

    def _follow(self) -> None:
        """Read what was told, and go where one is sent, until nobody is sent on."""
        self.two.pass_(0.05)
        for _ in range(4):
            for name, (house, slot) in tuple(self.where.items()):
                told: list[News] = house.sockets.told.get(slot, [])
                sent = [one for one in told if isinstance(one, Moved)]
                for one in told:
                    if isinstance(one, Welcome):
                        self.sessions[name] = (house, one.session)
                if sent:
                    there = self.two.of(sent[0].url)
                    self._knock(there, name, resume=sent[0].session, last="0")
                elif slot not in house.book.presences:
                    self._drop(name)
            self.two.pass_(0.05)

    def check(self) -> None:
        for house in (self.two.west, self.two.east):
            ground = house.book.grounds[PARK]
            for zone, gate in ground.gates.items():
                assert len(gate.inside) <= gate.cap
                assert set(ground.members[zone]) <= gate.inside
                outside = {who for who in (*gate.inside, *gate.queue) if isinstance(who, str)}
                assert outside == {key for one, key in ground.outsiders if one == zone}

    def waiting(self) -> list[SpaceId]:
        """The zones for which those wait who are connected."""
        return [
            house.book.ground_of(one).space(one.wants)
            for house, slot in self.where.values()
            if (one := house.presence(slot)).wants >= 0
        ]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(steps=STEPS)
def test_no_zone_is_too_full_and_nobody_waits_for_ever_or_is_a_ghost(
    build: Build, steps: list[tuple[str, str, SpaceId]]
) -> None:
    story = Story(Two(build))
    for step in steps:
        story.happen(*step)
        story.check()
    story.two.wire.cut = False
    for _ in range(9):  # whoever is away expires, and so does what was kept for them
        story.two.pass_(8.0)
        story.happen("wait", "ann", LAWN)
        story.check()
    gates = story.two.east.book.grounds[PARK].gates
    assert [len(gates[zone].inside) for zone in story.waiting()] == [CAP] * len(story.waiting())
    for name in tuple(story.where):
        story.happen("leave", name, LAWN)
    story.two.pass_(1.1)

    for house in (story.two.west, story.two.east):
        ground = house.book.grounds[PARK]
        assert (house.book.presences, house.book.queued, ground.outsiders) == ({}, set(), {})
        assert [one for one, gate in ground.gates.items() if gate.inside or gate.queue] == []
