"""Whatever order people come, lose their links, come back and go in: the books stay right."""

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.world.live.house.houses import Build, House
from tests.world.visitors import HALL, PARK, visitor

from shulian.park.types import SpaceId
from shulian.world.rules.crowd import State
from shulian.world.types import VisitorKey
from shulian.world.wire.messages import Go, Leave, Unqueue

CAP = 2
PLACES = (HALL, SpaceId("yq-plaza"), SpaceId("yq-f1"))
NAMES = st.sampled_from(["ann", "ben", "eve", "joe", "kim"])
STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            ["come", "resume", "lose", "leave", "go", "unqueue", "walk", "closed", "wait", "gone"]
        ),
        NAMES,
        st.sampled_from(PLACES),
    ),
    max_size=40,
)


class Story:
    """A house to which things happen, and what its sockets would know."""

    def __init__(self, house: House) -> None:
        self.house = house
        for gate in house.book.grounds[PARK].gates.values():
            gate.cap = min(gate.cap, CAP + 2)
        house.book.grounds[PARK].gates[HALL].cap = CAP
        self.open: set[int] = set()
        self.sessions: dict[str, str] = {}

    def happen(self, step: str, name: str, space: SpaceId) -> None:
        house = self.house
        presence = house.book.by_key.get(VisitorKey(f"g-{name}"))
        slot = presence.slot if presence is not None and presence.open else None
        if step == "come":
            self._knock(name, ticket=house.ticket(visitor(name), space=space))
        elif step == "resume" and name in self.sessions:
            self._knock(name, resume=self.sessions[name], last="0")
        elif step == "lose" and slot is not None:
            self.close(slot)
        elif step == "leave" and slot is not None:
            house.ask(slot, Leave())
        elif step == "go" and slot is not None:
            house.ask(slot, Go(key="1", space=space))
        elif step == "unqueue" and slot is not None:
            house.ask(slot, Unqueue())
        elif step == "walk" and slot is not None:
            house.walk(slot, *{HALL: (10, 10), PLACES[1]: (70, 10), PLACES[2]: (30, 10)}[space])
        elif step == "closed":
            for dropped, _ in house.sockets.dropped:
                self.close(dropped)
            house.sockets.dropped.clear()
        else:
            house.pass_({"wait": 1.1}.get(step, 61.0))

    def _knock(self, name: str, **query: str) -> None:
        slot = self.house.knock(**query)
        if isinstance(slot, int):
            assert slot not in self.open, "a slot is given away while its socket is there"
            self.open.add(slot)
            self.house.open(slot)
            if slot in self.house.book.presences:
                self.sessions[name] = self.house.session(slot)

    def close(self, slot: int) -> None:
        if slot in self.open:
            self.open.discard(slot)
            self.house.home.closed(slot, 1006)

    def check(self) -> None:
        book, crowd = self.house.book, self.house.crowd
        ground = book.grounds[PARK]
        for space, members in ground.members.items():
            assert set(members) <= ground.gates[space].inside
            assert len(ground.gates[space].inside) <= ground.gates[space].cap
        where = [slot for members in ground.members.values() for slot in members]
        assert sorted(where) == sorted(book.presences)
        assert {one.key: one for one in book.presences.values()} == book.by_key
        there = set(np.flatnonzero(crowd.state != State.FREE).tolist())
        assert there == set(book.presences)
        here = set(np.flatnonzero(crowd.state == State.HERE).tolist())
        assert here == {slot for slot, one in book.presences.items() if one.open}
        assert here <= self.open
        assert {s for s in book.presences if s in book.absences} == there - here


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(steps=STEPS)
def test_nobody_is_a_ghost_and_no_zone_is_too_full(
    build: Build, steps: list[tuple[str, str, SpaceId]]
) -> None:
    story = Story(build())
    for step in steps:
        story.happen(*step)
        story.check()
    story.happen("closed", "ann", HALL)
    for slot in tuple(story.open):
        story.close(slot)
    story.happen("gone", "ann", HALL)
    story.happen("wait", "ann", HALL)

    book = story.house.book
    assert (book.presences, book.by_key, book.queued, len(book.absences)) == ({}, {}, set(), 0)
    assert book.free == len(story.house.crowd.state)
    assert len(book.known) == 0
