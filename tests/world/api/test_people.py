"""Who comes into the world: names, looks, blocks."""

from datetime import timedelta
from uuid import UUID

import pytest
from tests.identity.accounts import actor, administrator, person
from tests.world.visitors import NOW

from shulian.identity.types import GUEST
from shulian.kit.db import Db
from shulian.kit.errors import LoginNeeded
from shulian.kit.text import Language
from shulian.world import api
from shulian.world.api import people
from shulian.world.errors import BlocksFull, LookWrong
from shulian.world.rules.looks import guest_look
from shulian.world.types import MODERATE, PRESENT, Block, Look, Visitor, VisitorKey

ANN, BOB, EVE = VisitorKey("g-ann"), VisitorKey("g-bob"), VisitorKey("g-eve")
NOBODY = UUID(int=7)


def test_a_guest_comes_under_the_name_they_give(db: Db) -> None:
    key = VisitorKey(f"g-{NOBODY}")

    assert api.visitor(db, GUEST, guest=NOBODY, name="Ann", language=Language.EN) == Visitor(
        key=key, person=None, name="Ann", look=guest_look(key), language=Language.EN
    )


def test_a_person_comes_as_who_they_are(db: Db) -> None:
    boss = administrator(db)
    look = api.put_look(db, boss, Look(outfit=3))
    found = api.visitor(db, boss, guest=NOBODY, name="Nobody", language=Language.ZH)

    assert found == Visitor(
        key=VisitorKey(f"p-{boss.person}"),
        person=boss.person,
        name=boss.name,
        look=look,
        language=Language.ZH,
        permissions=frozenset({MODERATE, PRESENT}),
        organizations=frozenset(one.organization.id for one in boss.belongings),
    )


def test_a_look_is_kept_and_changed(db: Db) -> None:
    ann = actor(db, person(db, "ann@firm.example"))
    before = api.look_of(db, ann.demand_person())
    for look in (Look(outfit=1), Look(outfit=2)):
        api.put_look(db, ann, look)

    assert before == guest_look(VisitorKey(f"p-{ann.person}"))
    assert api.look_of(db, ann.demand_person()) == Look(outfit=2)


def test_a_look_of_parts_there_are_not_is_refused(db: Db) -> None:
    ann = actor(db, person(db, "ann@firm.example"))
    with pytest.raises(LookWrong) as told:
        api.put_look(db, ann, Look(outfit=99, skin=-1))

    assert dict(told.value.fields) == {"outfit": "world.look_part", "skin": "world.look_part"}


def test_a_guest_keeps_no_look(db: Db) -> None:
    with pytest.raises(LoginNeeded):
        api.put_look(db, GUEST, Look())


def test_a_block_keeps_both_apart(db: Db) -> None:
    api.put_block(db, ANN, BOB, on=True, now=NOW)
    api.put_block(db, EVE, ANN, on=True, now=NOW)
    api.put_block(db, ANN, BOB, on=True, now=NOW)

    assert [api.blocks(db, one) for one in (ANN, BOB, EVE)] == [{BOB, EVE}, {ANN}, {ANN}]
    assert [api.blocked_by(db, one) for one in (ANN, BOB, EVE)] == [{BOB}, set(), {ANN}]
    assert [api.apart(db, one) for one in (ANN, BOB, EVE)] == [
        ({BOB}, {BOB, EVE}),
        (set(), {ANN}),
        ({ANN}, {ANN}),
    ]


def test_blocks_are_listed_with_the_names_of_then(db: Db) -> None:
    later = NOW + timedelta(minutes=1)
    api.put_block(db, ANN, BOB, name="Bob", on=True, now=NOW)
    api.put_block(db, ANN, EVE, on=True, now=later)
    api.put_block(db, ANN, BOB, name="Robert", on=True, now=later)

    assert api.own_blocks(db, ANN) == (Block(EVE, "", later), Block(BOB, "Bob", NOW))
    assert api.own_blocks(db, BOB) == ()


def test_a_block_is_taken_back(db: Db) -> None:
    for on in (True, False):
        api.put_block(db, ANN, BOB, on=on, now=NOW)

    assert api.blocks(db, BOB) == frozenset()


def test_nobody_blocks_themselves(db: Db) -> None:
    api.put_block(db, ANN, ANN, on=True, now=NOW)

    assert api.blocks(db, ANN) == frozenset()


def test_nobody_blocks_more_than_can_be_told(db: Db, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people, "MOST_BLOCKS", 2)
    dan = VisitorKey("g-dan")
    for other in (BOB, EVE):
        api.put_block(db, ANN, other, on=True, now=NOW)
    with pytest.raises(BlocksFull):
        api.put_block(db, ANN, dan, on=True, now=NOW)
    api.put_block(db, ANN, BOB, on=False, now=NOW)
    api.put_block(db, ANN, dan, on=True, now=NOW)

    assert api.blocked_by(db, ANN) == {EVE, dan}
