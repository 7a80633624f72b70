"""To wave to somebody in another process, to have them follow, to be brought to them."""

from collections.abc import Generator
from pathlib import Path

import pytest
from tests.world.live.house.houses import House, building
from tests.world.live.house.pairs import Two
from tests.world.live.worlds import EAST, WEST, two_sites
from tests.world.visitors import PARK

from shulian.world.types import Gesture, Measure, Sanction, VisitorKey
from shulian.world.wire.frames import GESTURE_SHIFT
from shulian.world.wire.messages import (
    Accepted,
    Call,
    Go,
    Greet,
    Greeted,
    Invite,
    Invited,
    Moved,
    Refusal,
)

ANN, BEN = VisitorKey("g-ann"), VisitorKey("g-ben")
CALLS = [Greet(key="1", to=BEN), Invite(key="1", to=BEN), Go(key="1", person=BEN)]


@pytest.fixture
def two(own_database_url: str, tmp_path: Path) -> Generator[Two]:
    with building(own_database_url, tmp_path, two_sites()) as build:
        yield Two(build)


def answers(house: House, slot: int) -> list[str]:
    """What calls came to: `done`, or why not."""
    told = house.sockets.told.get(slot, [])
    return [
        "done" if isinstance(one, Accepted) else one.code
        for one in told
        if isinstance(one, (Accepted, Refusal))
    ]


def test_one_waves_to_somebody_across_the_border_and_they_wave_back(two: Two) -> None:
    ann = two.at(two.west, "ann", WEST, -5, 100)
    ben = two.at(two.east, "ben", EAST, 5, 100)
    two.pass_()
    two.west.ask(ann, Greet(key="1", to=BEN))
    two.pass_()
    two.east.ask(ben, Greet(key="2", to=ANN))
    two.pass_()

    there, here = two.east.book.stranger_slots[ANN], two.west.book.stranger_slots[BEN]
    assert two.east.told(ben, Greeted) == [Greeted(ANN, "Ann", there)]
    assert two.west.told(ann, Greeted) == [Greeted(BEN, "Ben", here)]
    assert (answers(two.west, ann), answers(two.east, ben)) == (["done"], ["done"])


def test_one_asks_somebody_out_of_sight_to_follow_and_they_come(two: Two) -> None:
    ann = two.at(two.west, "ann", WEST, -200, 100)
    ben = two.at(two.east, "ben", EAST, 200, 100)
    two.west.ask(ann, Invite(key="1", to=BEN))
    two.pass_()
    two.east.ask(ben, Go(key="2", person=ANN))
    two.pass_()
    moved = two.east.told(ben, Moved)[0]
    slot = two.west.knock(resume=moved.session, last="0")
    assert isinstance(slot, int)
    two.west.open(slot)

    assert two.east.told(ben, Invited) == [Invited(ANN, "Ann", -1)]
    assert (answers(two.west, ann), answers(two.east, ben)) == (["done"], ["done"])
    assert abs(two.west.stand(slot).east - -200) < 1.6


def test_all_nearby_are_asked_to_follow_on_both_sides(two: Two) -> None:
    ann = two.at(two.west, "ann", WEST, -5, 100)
    ben = two.at(two.east, "ben", EAST, 5, 100)
    eve = two.at(two.east, "eve", EAST, 50, 100)
    two.pass_()
    two.west.ask(ann, Invite(key="1"))
    two.pass_()

    invited = Invited(ANN, "Ann", two.east.book.stranger_slots[ANN])
    assert (two.east.told(ben, Invited), two.east.told(eve, Invited)) == ([invited], [])
    assert answers(two.west, ann) == ["done"]


def test_a_raised_hand_is_seen_across_the_border(two: Two) -> None:
    ann = two.at(two.west, "ann", WEST, -5, 100)
    two.pass_()
    two.west.crowd.posture[ann] = Gesture.HAND << GESTURE_SHIFT
    two.pass_()

    there = two.east.book.stranger_slots[ANN]
    assert two.east.crowd.posture[there] == Gesture.HAND << GESTURE_SHIFT


@pytest.mark.parametrize("call", CALLS)
def test_who_is_in_no_process_is_gone(two: Two, call: Call) -> None:
    ann = two.at(two.west, "ann", WEST, -5, 100)
    two.west.ask(ann, call)
    assert answers(two.west, ann) == []

    two.pass_(0.6)
    assert answers(two.west, ann) == ["world.person_gone"]


@pytest.mark.parametrize("call", CALLS)
def test_whoever_is_blocked_there_does_not_find_them(two: Two, call: Call) -> None:
    ann = two.at(two.west, "ann", WEST, -5, 100)
    ben = two.at(two.east, "ben", EAST, 5, 100)
    two.east.presence(ben).hidden = frozenset({ANN})
    two.west.ask(ann, call)
    two.pass_(0.6)

    assert answers(two.west, ann) == ["world.person_gone"]
    assert (two.east.told(ben, Greeted), two.east.told(ben, Invited)) == ([], [])


def test_who_is_muted_waves_to_nobody_abroad(two: Two) -> None:
    ann = two.at(two.west, "ann", WEST, -5, 100)
    ben = two.at(two.east, "ben", EAST, 5, 100)
    now = two.west.clock()
    ground = two.west.book.grounds[PARK]
    ground.sanctions[ANN, Measure.MUTE, PARK] = Sanction(
        PARK, PARK, ANN, "Ann", Measure.MUTE, now, None, "Chair", ""
    )
    two.west.ask(ann, Greet(key="1", to=BEN))
    two.pass_(0.6)

    assert answers(two.west, ann) == ["world.muted"]
    assert two.east.told(ben, Greeted) == []
