"""From zone to zone."""

import msgspec
import pytest
from tests.park.plans import imported, small_park, without
from tests.world.live.house.houses import House
from tests.world.visitors import HALL, PARK, STOREY, visitor

from shulian.park.types import ParkPlan, SpaceId
from shulian.world.live.house import order
from shulian.world.live.house.records import Decisions
from shulian.world.rules.motion import Why
from shulian.world.types import Audience, Exhibit, Right, Rule, Scope, Stand
from shulian.world.wire.messages import (
    Crowd,
    Entered,
    Focus,
    Go,
    Hand,
    Hands,
    Placed,
    Refusal,
    Say,
    Shown,
    Spot,
    Unqueue,
    Waiting,
)

PLAZA = SpaceId("yq-plaza")


def test_who_walks_into_a_zone_is_told_what_there_is(house: House) -> None:
    ben = house.come("ben", space=HALL)
    house.ask(ben, Say(key="1", scope=Scope.ZONE, text="hello"))
    house.ask(ben, Hand(raised=True))
    house.book.grounds[PARK].shown[HALL] = Exhibit("Plan", "https://example.org/", "Ben")
    ann = house.come("ann", space=STOREY)
    house.walk(ann, 10, 10)

    (entered,) = house.told(ann, Entered)
    assert (entered.zone.space, entered.zone.count) == (HALL, 2)
    assert [one.text for one in entered.messages] == ["hello"]
    assert entered.hands == ("g-ben",)
    assert entered.shown == Shown(HALL, "Plan", "https://example.org/", "Ben")
    assert entered.rights == (Right.ENTER, Right.SPEAK)


def test_where_one_may_not_enter_one_is_put_back(house: House) -> None:
    rule = Rule(HALL, Right.ENTER, Audience.ACCOUNTS)
    order.decide(house.book, PARK, Decisions(rules=(rule,)))
    ann = house.come("ann", space=STOREY)
    house.walk(ann, 30, 10)
    house.walk(ann, 15, 10)

    (placed,) = house.told(ann, Placed)
    assert (placed.reason, placed.stand.east, placed.stand.north) == ("closed", 30, 10)
    assert house.zone(ann) == STOREY
    assert (house.stand(ann).east, house.stand(ann).north) == (30, 10)


def test_one_is_put_back_to_where_one_stood_a_moment_ago(house: House) -> None:
    rule = Rule(HALL, Right.ENTER, Audience.ACCOUNTS)
    order.decide(house.book, PARK, Decisions(rules=(rule,)))
    ann = house.come("ann", space=STOREY)
    for east in (35.0, 35.4, 35.8, 15.0):
        house.walk(ann, east, 10)

    assert house.told(ann, Placed)[0].stand.east == 35.8


def test_who_leaves_a_zone_by_hand_of_another_enters_it_again_on_foot(house: House) -> None:
    ann = house.come("ann", space=HALL)
    for east in (10.0, 10.2):
        house.walk(ann, east, 10)
    house.ask(ann, Go(key="1", space=PLAZA))
    house.walk(ann, 10.1, 10)

    assert house.zone(ann) == HALL


def test_at_a_full_zone_one_is_put_back_and_waits(house: House) -> None:
    house.book.grounds[PARK].gates[HALL].cap = 1
    house.come("ben", space=HALL)
    ann = house.come("ann", space=STOREY)
    house.walk(ann, 22, 10)
    house.walk(ann, 15, 10)

    assert [one.reason for one in house.told(ann, Placed)] == ["full"]
    assert [one.position for one in house.told(ann, Waiting)] == [1]
    assert house.zone(ann) == STOREY


def test_who_walks_away_from_a_full_zone_does_not_wait(house: House) -> None:
    house.book.grounds[PARK].gates[HALL].cap = 1
    house.come("ben", space=HALL)
    ann = house.come("ann", space=STOREY)
    house.walk(ann, 22, 10)
    house.walk(ann, 15, 10)
    house.walk(ann, 50, 10)
    house.pass_(1.1)

    assert [one.position for one in house.told(ann, Waiting)] == [1, 0]
    assert house.book.queued == set()


def test_who_gives_up_their_place_in_the_queue_lets_others_move_up(house: House) -> None:
    house.book.grounds[PARK].gates[HALL].cap = 1
    house.come("ben", space=HALL)
    ann, eve = house.come("ann", space=HALL), house.come("eve", space=HALL)
    house.ask(ann, Unqueue())
    house.pass_(1.1)

    assert [one.position for one in house.told(ann, Waiting)] == [1, 0]
    assert [one.position for one in house.told(eve, Waiting)] == [2, 1]
    assert (house.zone(ann), house.book.queued) == (PARK, {eve})


def test_who_does_not_wait_can_give_up_nothing(house: House) -> None:
    ann = house.come("ann", space=HALL)
    house.clear()
    house.ask(ann, Unqueue())

    assert house.sockets.told == {}
    assert house.zone(ann) == HALL


def test_simultaneous_walkers_do_not_pass_the_cap(house: House) -> None:
    gate = house.book.grounds[PARK].gates[HALL]
    gate.cap = 3
    slots = [house.come(f"v{number}", space=STOREY) for number in range(10)]
    for slot in slots:
        house.crowd.place[slot] = (500, 500, 0)
    house.pass_(0.3)

    assert sum(house.zone(slot) == HALL for slot in slots) == 3
    assert len(gate.queue) == 7


def test_one_is_taken_to_a_space(house: House) -> None:
    ann = house.come("ann", space=PLAZA)
    house.ask(ann, Go(key="1", space=HALL))

    assert house.zone(ann) == HALL
    assert [one.reason for one in house.told(ann, Placed)] == ["go"]
    assert house.book.grounds[PARK].zones.locate_one(house.stand(ann)) == house.presence(ann).zone


def test_one_is_taken_to_the_zone_of_a_smaller_space(house: House) -> None:
    ann = house.come("ann", space=PLAZA)
    house.ask(ann, Go(key="1", space=SpaceId("yq-seat-1")))

    assert house.zone(ann) == HALL


def test_a_space_nobody_knows_is_refused(house: House) -> None:
    ann = house.come("ann")
    house.ask(ann, Go(key="1", space=SpaceId("nowhere")))

    assert [(one.key, one.code) for one in house.told(ann, Refusal)] == [
        ("1", "world.zone_unknown")
    ]


def test_one_is_taken_to_the_side_of_a_person(house: House) -> None:
    ben = house.come("ben", space=HALL)
    ann = house.come("ann", space=PLAZA)
    house.ask(ann, Go(key="1", person=house.presence(ben).key))

    mine, theirs = house.stand(ann), house.stand(ben)
    apart = ((mine.east - theirs.east) ** 2 + (mine.north - theirs.north) ** 2) ** 0.5
    assert (house.zone(ann), round(apart, 1)) == (HALL, 1.5)


def test_one_lands_where_one_saw_a_place_from_above(house: House) -> None:
    ann = house.come("ann", space=PLAZA)
    house.ask(ann, Go(key="1", spot=Spot(10, 10, 0.5, 450)))

    assert (house.zone(ann), house.stand(ann)) == (HALL, Stand(10, 10, 0.5, 90))
    assert [one.reason for one in house.told(ann, Placed)] == ["go"]


def test_nobody_lands_where_they_may_not_enter(house: House) -> None:
    rule = Rule(HALL, Right.ENTER, Audience.ACCOUNTS)
    order.decide(house.book, PARK, Decisions(rules=(rule,)))
    ann = house.come("ann", space=PLAZA)
    house.ask(ann, Go(key="1", spot=Spot(10, 10, 0.5, 0)))

    assert [one.code for one in house.told(ann, Refusal)] == ["world.right_missing"]
    assert house.zone(ann) == PLAZA


def test_nobody_is_taken_where_they_may_not_enter(house: House) -> None:
    rule = Rule(HALL, Right.ENTER, Audience.ACCOUNTS)
    order.decide(house.book, PARK, Decisions(rules=(rule,)))
    ann = house.come("ann", space=PLAZA)
    house.ask(ann, Go(key="1", space=HALL))

    assert [one.code for one in house.told(ann, Refusal)] == ["world.right_missing"]
    assert house.zone(ann) == PLAZA


def test_counts_are_told_once_a_second(house: House) -> None:
    ann = house.come("ann", space=HALL)
    house.pass_(1.1)
    house.clear()
    house.come("ben", space=HALL)
    house.come("eve", space=HALL)
    house.pass_(1.1)
    house.pass_(1.1)

    assert [one.zone.count for one in house.told(ann, Crowd)] == [3]


def test_hands_are_told_in_the_order_they_went_up(house: House) -> None:
    ann, ben = house.come("ann", space=HALL), house.come("ben", space=HALL)
    house.ask(ben, Hand(raised=True))
    house.ask(ann, Hand(raised=True))
    house.pass_(0.3)
    house.ask(ben, Hand(raised=False))
    house.pass_(0.3)

    assert house.told(ann, Hands) == [
        Hands(HALL, ("g-ben", "g-ann"), ("Ben", "Ann")),  # type: ignore[arg-type]
        Hands(HALL, ("g-ann",), ("Ann",)),  # type: ignore[arg-type]
    ]


def test_who_goes_takes_their_hand_along(house: House) -> None:
    ann, ben = house.come("ann", space=HALL), house.come("ben", space=HALL)
    house.ask(ben, Hand(raised=True))
    house.ask(ben, Go(key="1", space=PLAZA))
    house.pass_(0.3)

    assert house.told(ann, Hands)[-1].raised == ()


@pytest.mark.parametrize(("why", "reason"), [(Why.SPEED, "speed"), (Why.WALL, "wall")])
def test_who_strays_is_told_where_they_stand(house: House, why: Why, reason: str) -> None:
    ann = house.come("ann")
    house.home.strayed(ann, why)
    house.home.strayed(ann, why)

    assert [one.reason for one in house.told(ann, Placed)] == [reason]


def test_a_view_from_above_is_kept_in_the_plane_of_all_parks(house: House) -> None:
    ann = house.come("ann")
    house.ask(ann, Focus(east=12.5, north=-3))

    assert (house.crowd.focused[ann], house.crowd.focus[ann].tolist()) == (1, [1250, -300])


def test_people_stay_when_their_zone_goes(house: House) -> None:
    ann, ben = house.come("ann", space=HALL), house.come("ben", space=PLAZA)
    plan = without(small_park(), "hall", "seat-1", "seat-2", "seat-3")
    with house.database.transaction() as db:
        imported(db, plan)
    house.read_parks()
    house.settle()

    assert (house.zone(ann), house.zone(ben)) == (STOREY, PLAZA)
    assert [one.zone.space for one in house.told(ann, Entered)] == [STOREY]
    assert house.told(ben, Entered) == []


def test_parks_lie_far_apart(house: House) -> None:
    with house.database.transaction() as db:
        imported(db, _renamed(small_park()))
    house.read_parks()
    ann = house.come("ann")
    ben = house.knock(ticket=house.ticket(visitor("ben"), park=SpaceId("zz")))
    assert isinstance(ben, int)
    house.open(ben)

    apart = abs(int(house.crowd.place[ann, 0]) - int(house.crowd.place[ben, 0]))
    assert apart > 20_000_000
    assert abs(house.stand(ben).east) < 1000


def _renamed(plan: ParkPlan) -> ParkPlan:
    """The same park with other ids."""
    text = msgspec.json.encode(plan).replace(b'"yq', b'"zz')
    return msgspec.json.decode(text, type=ParkPlan)


def test_a_queue_goes_on_when_the_park_is_laid_out_anew(house: House) -> None:
    ground = house.book.grounds[PARK]
    ground.gates[HALL].cap = 1
    house.come("ben", space=HALL)
    ann, eve = house.come("ann", space=HALL), house.come("eve", space=HALL)
    house.seconds += 86_400.0  # buildings stand from a day on
    house.read_parks()
    ground.gates[HALL].cap = 1
    house.pass_(1.1)

    assert (ground.gates[HALL].queue, house.book.queued) == ((ann, eve), {ann, eve})
    assert [one.position for one in house.told(eve, Waiting)] == [2]


def test_nobody_waits_for_a_zone_that_goes(house: House) -> None:
    house.book.grounds[PARK].gates[HALL].cap = 1
    house.come("ben", space=HALL)
    ann = house.come("ann", space=HALL)
    with house.database.transaction() as db:
        imported(db, without(small_park(), "hall", "seat-1", "seat-2", "seat-3"))
    house.read_parks()
    house.pass_(1.1)

    assert [one.position for one in house.told(ann, Waiting)] == [1, 0]
    assert (house.zone(ann), house.book.queued) == (PARK, set())
