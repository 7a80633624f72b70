"""Coming in, coming back, going."""

import pytest
from tests.park.plans import counted
from tests.world.live.house.houses import Build, House
from tests.world.visitors import HALL, PARK, visitor

from shulian.park.types import SpaceId
from shulian.world.live.house.gauges import exposition
from shulian.world.live.house.presence import MOST_HELD
from shulian.world.live.house.records import arrival
from shulian.world.live.ports import Close, Denied
from shulian.world.rules.crowd import State
from shulian.world.types import Scope, Stand, VisitorKey
from shulian.world.wire.messages import Ended, Leave, Met, Parted, Said, Say, Waiting, Welcome


def test_a_ticket_brings_one_in(house: House) -> None:
    slot = house.come("ann", space=HALL)

    (welcome,) = house.told(slot, Welcome)
    assert (welcome.you.name, welcome.zone.space, welcome.zone.count) == ("Ann", HALL, 1)
    assert house.crowd.state[slot] == State.HERE
    assert house.book.ground_of(house.presence(slot)).zones.locate_one(house.stand(slot)) == (
        house.presence(slot).zone
    )


def test_nobody_is_seen_before_they_are_welcomed(house: House) -> None:
    slot = house.knock(ticket=house.ticket(visitor()))

    assert isinstance(slot, int)
    assert house.crowd.state[slot] == State.AWAY


def test_a_ticket_counts_once(house: House) -> None:
    ticket = house.ticket(visitor())
    house.knock(ticket=ticket)

    assert house.knock(ticket=ticket) == Denied(401, "world.ticket_wrong")
    assert house.home.counters["replayed"] == 1


def test_an_old_ticket_is_refused(house: House) -> None:
    ticket = house.ticket(visitor())
    house.seconds += 61

    assert house.knock(ticket=ticket) == Denied(401, "world.ticket_expired")


@pytest.mark.parametrize("query", [{}, {"ticket": "x"}, {"resume": "x"}, {"resume": "é.é.é"}])
def test_nonsense_is_refused(house: House, query: dict[str, str]) -> None:
    assert house.knock(**query) == Denied(401, "world.ticket_wrong")


def test_a_ticket_to_an_unknown_park_is_refused(house: House) -> None:
    ticket = house.ticket(visitor(), park=SpaceId("elsewhere"))

    assert house.knock(ticket=ticket) == Denied(401, "world.ticket_wrong")


def test_a_full_process_refuses(house: House) -> None:
    for number in range(len(house.crowd.state)):
        assert isinstance(house.knock(ticket=house.ticket(visitor(f"v{number}"))), int)

    assert house.knock(ticket=house.ticket(visitor("late"))) == Denied(503, "world.full")


def test_who_comes_twice_is_in_the_newer_place(house: House) -> None:
    old = house.come("ann")
    new = house.come("ann")

    assert house.sockets.dropped == [(old, Close.TAKEN)]
    assert [one.code for one in house.told(old, Ended)] == ["world.taken"]
    assert list(house.book.presences) == [new]


def test_a_lost_link_keeps_the_place_for_a_minute(house: House) -> None:
    slot = house.come("ann")
    house.walk(slot, 70, 10)
    session = house.session(slot)
    house.lose(slot)
    assert house.crowd.state[slot] == State.AWAY
    house.pass_(59)

    assert house.knock(resume=session, last="0") == slot
    house.open(slot)
    assert house.told(slot, Welcome)[-1].resumed
    assert house.stand(slot) == Stand(70, 10, 0, house.stand(slot).heading)


def test_after_a_minute_one_is_gone_for_all(house: House) -> None:
    slot, other = house.come("ann"), house.come("ben")
    house.home.meet(other, [slot])
    session = house.session(slot)
    house.lose(slot)
    house.pass_(61)
    house.pass_(0.05)

    assert house.knock(resume=session) == Denied(401, "world.ticket_expired")
    assert house.told(other, Parted) == [Parted((slot,))]


def test_a_resumed_link_tells_what_was_missed(house: House) -> None:
    ann, ben = house.come("ann", space=HALL), house.come("ben", space=HALL)
    house.ask(ben, Say(key="1", scope=Scope.ZONE, text="before"))
    (seen,) = house.told(ann, Said)
    session = house.session(ann)
    house.lose(ann)
    house.ask(ben, Say(key="2", scope=Scope.ZONE, text="meanwhile"))
    house.ask(ben, Say(key="3", scope=Scope.NEARBY, text="near"))
    house.ask(ben, Say(key="4", scope=Scope.DIRECT, text="for you", to=house.presence(ann).key))

    house.knock(resume=session, last=str(seen.message.number))
    house.open(ann)
    missed = [one.text for one in house.told(ann, Welcome)[-1].messages]
    assert missed == ["meanwhile", "near", "for you"]


def test_words_nearby_that_were_told_to_a_dead_link_are_told_again(house: House) -> None:
    ann, ben = house.come("ann", space=HALL), house.come("ben", space=HALL)
    house.ask(ben, Say(key="1", scope=Scope.NEARBY, text="heard"))
    (heard,) = house.told(ann, Said)
    house.ask(ben, Say(key="2", scope=Scope.NEARBY, text="lost"))
    session = house.session(ann)

    slot = house.knock(resume=session, last=str(heard.message.number))
    assert isinstance(slot, int)
    assert slot != ann  # that the old link is lost is not known yet
    house.open(slot)
    assert [one.text for one in house.told(slot, Welcome)[-1].messages] == ["lost"]


def test_words_nearby_are_heard_where_one_stood_when_the_process_died(build: Build) -> None:
    before = build()
    session = before.session(before.come("ann", space=HALL))
    after = build(crowd=before.crowd)
    ben = after.come("ben", space=HALL)
    after.ask(ben, Say(key="1", scope=Scope.NEARBY, text="near"))

    slot = after.knock(resume=session)
    assert isinstance(slot, int)
    after.open(slot)
    assert [one.text for one in after.told(slot, Welcome)[-1].messages] == ["near"]


def test_who_comes_anew_is_not_told_what_others_heard_nearby(house: House) -> None:
    ann, ben = house.come("ann", space=HALL), house.come("ben", space=HALL)
    house.ask(ben, Say(key="1", scope=Scope.NEARBY, text="near"))
    house.ask(ann, Leave())
    house.home.closed(ann, 1000)
    house.pass_(1.1)

    assert house.told(house.come("ann", space=HALL), Welcome)[-1].messages == ()


def test_a_session_counts_while_the_old_link_is_not_known_to_be_lost(house: House) -> None:
    old = house.come("ann")
    house.walk(old, 70, 10)

    new = house.knock(resume=house.session(old))
    assert isinstance(new, int)
    house.open(new)
    assert new != old
    assert house.sockets.dropped == [(old, Close.TAKEN)]
    assert (house.stand(new).east, house.stand(new).north) == (70, 10)


def test_a_handshake_that_failed_costs_nobody_their_place(house: House) -> None:
    house.book.grounds[PARK].gates[HALL].cap = 0
    slot = house.come("ann", space=HALL)
    session = house.session(slot)
    house.lose(slot)
    for _ in range(2):
        assert house.knock(resume=session, last="0") == slot
        house.lose(slot)

    assert house.book.grounds[PARK].gates[HALL].queue == (slot,)


def resumed(house: House, old: int) -> int:
    """The slot of somebody who comes back while it is not known that their link is lost."""
    new = house.knock(resume=house.session(old), last="0")
    assert isinstance(new, int)
    assert new != old
    house.open(new)
    house.home.closed(old, Close.TAKEN)
    return new


def full_hall(house: House) -> tuple[int, int, int]:
    """Somebody alone in a hall for one, and two who wait for it."""
    house.book.grounds[PARK].gates[HALL].cap = 1
    first, second, third = (house.come(name, space=HALL) for name in ("ann", "ben", "eve"))
    return first, second, third


def place_in_queue(house: House, slot: int) -> tuple[SpaceId, int]:
    """What somebody was told last of the zone they wait for."""
    told = house.told(slot, Waiting)[-1]
    return told.zone.space, told.position


def test_who_comes_back_before_their_link_is_known_to_be_lost_keeps_their_place_in_the_queue(
    house: House,
) -> None:
    first, second, third = full_hall(house)
    again = resumed(house, second)
    house.pass_(1.1)

    assert place_in_queue(house, again) == (HALL, 1)
    assert place_in_queue(house, third) == (HALL, 2)
    house.ask(first, Leave())
    house.pass_(1.1)
    assert (house.zone(again), house.zone(third)) == (HALL, PARK)


def test_a_second_window_takes_the_place_in_the_queue_over(house: House) -> None:
    _, second, third = full_hall(house)
    again = house.come("ben")
    house.pass_(1.1)

    assert house.sockets.dropped == [(second, Close.TAKEN)]
    assert place_in_queue(house, again) == (HALL, 1)
    assert place_in_queue(house, third) == (HALL, 2)


def test_a_second_window_to_elsewhere_waits_no_more(house: House) -> None:
    _, _, third = full_hall(house)
    again = house.come("ben", space=PARK)
    house.pass_(1.1)

    assert house.told(again, Waiting) == []
    assert place_in_queue(house, third) == (HALL, 1)


def test_who_comes_back_to_a_full_zone_is_still_inside(house: House) -> None:
    first, second, _ = full_hall(house)
    again = resumed(house, first)
    house.pass_(1.1)

    assert (house.zone(again), house.zone(second)) == (HALL, PARK)
    assert house.book.grounds[PARK].gates[HALL].inside == {again}


def test_nobody_is_let_in_who_is_not_here_yet(house: House) -> None:
    first, second, third = full_hall(house)
    again = house.knock(resume=house.session(second), last="0")
    house.ask(first, Leave())
    house.pass_(1.1)

    assert house.zone(third) == HALL
    assert isinstance(again, int)
    house.open(again)
    house.pass_(1.1)
    assert place_in_queue(house, again) == (HALL, 1)


def test_who_waits_and_does_not_come_is_forgotten(house: House) -> None:
    _, second, third = full_hall(house)
    house.knock(resume=house.session(second), last="0")
    house.pass_(61)
    house.pass_(1.1)

    assert place_in_queue(house, third) == (HALL, 1)
    assert house.book.queued == {third}


def test_a_refusal_leaves_the_older_link_as_it_is(house: House) -> None:
    old = house.come("ann")
    for number in range(len(house.crowd.state) - 1):
        assert isinstance(house.knock(ticket=house.ticket(visitor(f"v{number}"))), int)

    assert house.knock(ticket=house.ticket(visitor("ann"))) == Denied(503, "world.full")
    assert (house.sockets.dropped, old in house.book.presences) == ([], True)


def test_who_leaves_is_gone_at_once(house: House) -> None:
    slot, other = house.come("ann"), house.come("ben")
    house.home.meet(other, [slot])
    session = house.session(slot)
    house.ask(slot, Leave())
    house.pass_(0.05)

    assert house.sockets.dropped == [(slot, Close.LEFT)]
    assert house.told(other, Parted) == [Parted((slot,))]
    assert house.knock(resume=session) == Denied(401, "world.ticket_expired")


def test_a_slot_comes_back_only_when_its_socket_is_gone(house: House) -> None:
    slot = house.come("ann")
    house.ask(slot, Leave())
    house.pass_(0.05)
    free = len(house.crowd.state) - 1
    others = [house.knock(ticket=house.ticket(visitor(f"v{number}"))) for number in range(free)]
    assert slot not in others
    assert house.knock(ticket=house.ticket(visitor("late"))) == Denied(503, "world.full")

    house.home.closed(slot, Close.LEFT)
    assert house.knock(ticket=house.ticket(visitor("late"))) == slot


def test_people_outlive_the_process(build: Build) -> None:
    first = build()
    slot = first.come("ann", space=HALL)
    first.walk(slot, 5, 5)
    session = first.session(slot)

    second = build(crowd=first.crowd)
    assert second.knock(resume=session, last="0") == slot
    second.open(slot)
    assert second.told(slot, Welcome)[-1].zone.space == HALL
    assert (second.stand(slot).east, second.stand(slot).north) == (5, 5)


def test_who_does_not_come_back_to_the_next_process_is_gone(build: Build) -> None:
    first = build()
    slot = first.come("ann", space=HALL)
    session = first.session(slot)

    second = build(crowd=first.crowd)
    second.pass_(61)
    assert second.knock(resume=session) == Denied(401, "world.ticket_expired")
    assert second.crowd.state[slot] == State.FREE


def test_a_forged_slot_in_a_session_of_another_is_refused(build: Build) -> None:
    house = build()
    ann, ben = house.come("ann"), house.come("ben")
    house.lose(ann)
    house.lose(ben)
    house.crowd.visit[ann] = house.crowd.visit[ben] + 1

    assert house.knock(resume=house.session(ann)) == Denied(401, "world.ticket_expired")


def test_a_full_hall_lets_one_wait_outside_and_then_in(build: Build) -> None:
    house = build()
    ground = house.book.grounds[PARK]
    ground.gates[HALL].cap = 1
    first = house.come("ann", space=HALL)
    second = house.come("ben", space=HALL)

    assert house.zone(second) == PARK
    assert [(one.zone.space, one.position) for one in house.told(second, Waiting)] == [(HALL, 1)]
    house.ask(first, Leave())
    house.pass_(1.1)
    assert house.zone(second) == HALL
    assert house.told(second, Waiting)[-1].position == 0


def test_introductions_name_those_who_come_into_sight(house: House) -> None:
    ann, ben = house.come("ann"), house.come("ben")
    house.home.meet(ann, [ben])

    assert house.told(ann, Met) == [Met((house.presence(ben).view(),))]


def test_the_state_of_a_house_is_counted(house: House) -> None:
    house.come("ann")
    house.lose(house.come("ben"))

    assert house.home.gauges == {"people": 1, "away": 1, "waiting": 0, "strangers": 0}
    assert house.home.counters["welcomed"] == 2
    lines = exposition(house.home).decode().splitlines()
    assert 'shulian_world_events_total{event="knocks"} 2' in lines
    assert "shulian_world_people 1" in lines


def test_a_house_that_stops_says_goodbye_and_lets_nobody_in(house: House) -> None:
    slot = house.come("ann")
    house.home.say_goodbye()

    assert [(one.code, one.again) for one in house.told(slot, Ended)] == [("world.stopping", True)]
    assert house.knock(ticket=house.ticket(visitor())) == Denied(503, "world.stopping")


def test_to_come_in_costs_the_database_two_questions(house: House) -> None:
    key = VisitorKey("g-ann")
    with house.database.transaction() as db, counted(db) as sent:
        arrival(db, PARK, HALL, key, now=house.clock(), after=0)

    assert len(sent) == 2


def test_who_is_kept_waiting_while_too_much_happens_begins_anew(house: House) -> None:
    slot = house.come("ann")
    house.book.hold(house.presence(slot))
    for _ in range(MOST_HELD):
        house.book.tell(slot, Parted((1,)))
    assert house.sockets.dropped == []

    house.book.tell(slot, Parted((1,)))

    assert house.sockets.dropped == [(slot, Close.STALLED)]
