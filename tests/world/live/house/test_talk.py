"""What people say."""

from collections.abc import Generator
from contextlib import closing, contextmanager
from datetime import timedelta

import pytest
import sqlalchemy as sa
from tests.world.live.house.houses import Build, House
from tests.world.visitors import HALL, NOW, STOREY

from shulian.kit.db import Database
from shulian.kit.postgres.server import Server
from shulian.park.types import SpaceId
from shulian.world import api
from shulian.world.live.ports import Close
from shulian.world.types import Scope
from shulian.world.wire.messages import (
    Accepted,
    Dress,
    Greet,
    Greeted,
    History,
    Invite,
    Invited,
    Listed,
    LookView,
    Met,
    Refusal,
    Roster,
    Said,
    Say,
    Told,
)

PLAZA = SpaceId("yq-plaza")


def texts(house: House, slot: int) -> list[str]:
    return [one.message.text for one in house.told(slot, Said)]


def test_what_is_said_in_a_zone_is_heard_there_and_nowhere_else(house: House) -> None:
    ann, ben = house.come("ann", space=HALL), house.come("ben", space=HALL)
    eve = house.come("eve", space=STOREY)
    house.ask(ann, Say(key="1", scope=Scope.ZONE, text="你好"))

    assert (texts(house, ann), texts(house, ben), texts(house, eve)) == (["你好"], ["你好"], [])


def test_it_is_accepted_when_it_is_in_the_database(house: House) -> None:
    ann = house.come("ann", space=HALL)
    house.ask(ann, Say(key="1", scope=Scope.ZONE, text="kept"))

    (accepted,) = house.told(ann, Accepted)
    with house.database.transaction() as db:
        (kept,) = api.history(
            db,
            SpaceId("yq"),
            HALL,
            reader=house.presence(ann).key,
            since=NOW - timedelta(hours=1),
        )
    assert (accepted.key, accepted.number, kept.text) == ("1", kept.number, "kept")


def test_the_same_key_is_the_same_message(house: House) -> None:
    ann = house.come("ann", space=HALL)
    house.ask(ann, Say(key="1", scope=Scope.ZONE, text="once"))
    house.ask(ann, Say(key="1", scope=Scope.ZONE, text="once"))

    numbers = [one.number for one in house.told(ann, Accepted)]
    assert (len(numbers), len(set(numbers)), texts(house, ann)) == (2, 1, ["once"])


def test_the_same_key_is_the_same_message_for_the_next_process(build: Build) -> None:
    first = build()
    ann = first.come("ann", space=HALL)
    first.ask(ann, Say(key="1", scope=Scope.ZONE, text="once"))
    second = build()
    ann = second.come("ann", space=HALL)
    second.seconds += 1
    second.ask(ann, Say(key="1", scope=Scope.ZONE, text="once"))

    assert second.told(ann, Accepted) == first.told(ann, Accepted)
    assert texts(second, ann) == []


def test_words_said_nearby_reach_fifteen_metres(house: House) -> None:
    ann, ben, eve = (house.come(name, space=PLAZA) for name in ("ann", "ben", "eve"))
    house.walk(ann, 65, 5)
    house.walk(ben, 79, 5)
    house.walk(eve, 81, 5)
    house.ask(ann, Say(key="1", scope=Scope.NEARBY, text="psst"))

    assert (texts(house, ann), texts(house, ben), texts(house, eve)) == (["psst"], ["psst"], [])


def test_words_for_one_are_heard_by_one(house: House) -> None:
    ann, ben, eve = (house.come(name, space=HALL) for name in ("ann", "ben", "eve"))
    to = house.presence(ben).key
    house.ask(ann, Say(key="1", scope=Scope.DIRECT, text="you", to=to))

    assert (texts(house, ann), texts(house, ben), texts(house, eve)) == (["you"], ["you"], [])


def test_words_for_nobody_are_refused(house: House) -> None:
    ann = house.come("ann")
    house.ask(ann, Say(key="1", scope=Scope.DIRECT, text="you"))

    assert [(one.key, one.code) for one in house.told(ann, Refusal)] == [("1", "world.person_gone")]


def test_words_that_cannot_be_seen_are_refused(house: House) -> None:
    ann = house.come("ann")
    house.ask(ann, Say(key="1", scope=Scope.ZONE, text="\u202e \u200b"))

    assert [one.code for one in house.told(ann, Refusal)] == ["world.words_empty"]


def test_six_messages_at_once_are_one_too_many(house: House) -> None:
    ann = house.come("ann")
    for number in range(6):
        house.ask(ann, Say(key=str(number), scope=Scope.ZONE, text="hi"))

    assert len(house.told(ann, Accepted)) == 5
    assert [one.code for one in house.told(ann, Refusal)] == ["world.too_fast"]


def test_a_flood_of_calls_ends_the_connection(house: House) -> None:
    ann = house.come("ann")
    for _ in range(200):
        house.home.heard(ann, b"{}")

    assert house.sockets.dropped == [(ann, Close.FLOOD)]


@pytest.mark.parametrize(
    "text",
    [b"", b"{", b"[]", b'{"type":"say"}', b'{"type":"fly","key":"1"}', b"\xff\xfe", b"9" * 99],
)
def test_nonsense_is_refused(house: House, text: bytes) -> None:
    ann = house.come("ann")
    house.home.heard(ann, text)

    assert [(one.key, one.code) for one in house.told(ann, Refusal)] == [(None, "world.call_wrong")]


def test_without_a_database_one_is_told_so_and_stays(house: House, postgres: Server) -> None:
    ann = house.come("ann")
    with shut(postgres, house.database):
        house.ask(ann, Say(key="1", scope=Scope.ZONE, text="hi"))
        assert house.come("ben") in house.book.presences
    house.ask(ann, Say(key="1", scope=Scope.ZONE, text="hi"))

    assert [(one.key, one.code) for one in house.told(ann, Refusal)] == [("1", "world.unavailable")]
    assert texts(house, ann) == ["hi"]


def test_the_history_of_the_zone_comes_in_pages(house: House) -> None:
    ann = house.come("ann", space=HALL)
    for number in range(4):
        house.ask(ann, Say(key=str(number), scope=Scope.ZONE, text=f"m{number}"))
    before = house.told(ann, Said)[2].message.number
    house.ask(ann, History(key="h", before=before))

    assert [(one.key, [m.text for m in one.messages]) for one in house.told(ann, Told)] == [
        ("h", ["m0", "m1"])
    ]


def test_one_can_greet(house: House) -> None:
    ann, ben = house.come("ann"), house.come("ben")
    house.ask(ann, Greet(key="1", to=house.presence(ben).key))

    assert house.told(ben, Greeted) == [Greeted(house.presence(ann).key, "Ann", ann)]
    assert house.told(ann, Accepted) == [Accepted("1")]


def test_one_can_ask_all_nearby_to_follow(house: House) -> None:
    ann, ben, eve = (house.come(name, space=PLAZA) for name in ("ann", "ben", "eve"))
    house.walk(ann, 65, 5)
    house.walk(ben, 70, 5)
    house.walk(eve, 88, 25)
    house.ask(ann, Invite(key="1"))

    assert [len(house.told(slot, Invited)) for slot in (ann, ben, eve)] == [0, 1, 0]


def test_the_roster_lists_the_nearest_first(house: House) -> None:
    ann, ben, bea = (house.come(name, space=PLAZA) for name in ("ann", "ben", "bea"))
    house.walk(ann, 62, 5)
    house.walk(ben, 72, 5)
    house.walk(bea, 67, 5)
    house.ask(ann, Roster(key="1", query="be"))

    (listed,) = house.told(ann, Listed)
    assert [one.name for one in listed.people] == ["Bea", "Ben"]
    assert (listed.distances, listed.total) == ((5.0, 10.0), 2)


def test_another_look_is_told_to_those_who_know_one(house: House) -> None:
    ann, ben = house.come("ann"), house.come("ben")
    house.home.meet(ben, [ann])
    house.ask(ann, Dress(look=LookView(40, 60, 100, 120, 2, 3, 1, 4, 5, 6)))

    assert house.told(ben, Met)[-1].people[0].look == LookView(40, 60, 100, 120, 2, 3, 1, 4, 5, 6)


def test_a_look_there_is_not_is_refused(house: House) -> None:
    ann = house.come("ann")
    house.ask(ann, Dress(look=LookView(999, 0, 0, 0, 0, 0, 0, 0, 0, 0)))

    assert [one.code for one in house.told(ann, Refusal)] == ["world.look_wrong"]


@contextmanager
def shut(postgres: Server, database: Database) -> Generator[None]:
    """Let nobody into the database while the block runs, and throw out who is in."""
    name = sa.make_url(database.url).database
    with closing(Database(postgres.url)) as admin:
        engine = admin.engine.execution_options(isolation_level="AUTOCOMMIT")
        with engine.connect() as db:
            db.execute(sa.text(f"alter database {name} allow_connections false"))
            leave = "select pg_terminate_backend(pid) from pg_stat_activity where datname = :name"
            db.execute(sa.text(leave), {"name": name})
            yield
            db.execute(sa.text(f"alter database {name} allow_connections true"))
