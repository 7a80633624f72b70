"""What is said: kept in order, once for each key, and read by whom it is for."""

from contextlib import closing
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from tests.park.plans import imported
from tests.world.visitors import HALL, NOW, PARK, draft

from shulian.kit.db import Database, Db
from shulian.park.types import SpaceId
from shulian.world import api
from shulian.world.store import order
from shulian.world.types import Measure, Message, Sanction, Scope, VisitorKey

ANN, BOB, EVE = VisitorKey("g-ann"), VisitorKey("g-bob"), VisitorKey("g-eve")


def texts(messages: tuple[Message, ...]) -> list[str]:
    return [message.text for message in messages]


def read(db: Db, reader: VisitorKey = ANN, **limits: int) -> list[str]:
    since = NOW - timedelta(hours=1)
    return texts(api.history(db, PARK, HALL, reader=reader, since=since, **limits))


def test_what_is_said_is_kept_in_order(db: Db) -> None:
    said = api.say(db, [draft("你好", "1"), draft("hello", "2")])

    assert texts(said) == ["你好", "hello"]
    assert said[0].number < said[1].number
    assert read(db) == ["你好", "hello"]


def test_what_is_sent_again_is_the_same_message(db: Db) -> None:
    (first,) = api.say(db, [draft("hello", "1")])

    assert api.say(db, [draft("hello?", "1"), draft("again", "2")])[0] == first
    assert read(db) == ["hello", "again"]


def test_a_key_that_comes_twice_at_once_counts_once(db: Db) -> None:
    said = api.say(db, [draft("a", "1"), draft("b", "1")])

    assert texts(said) == ["a", "a"]


def test_two_processes_commit_what_is_said_in_the_order_of_its_numbers(
    own_database_url: str,
) -> None:
    with closing(Database(own_database_url)) as database:
        with database.transaction() as first:
            (early,) = api.say(first, [draft("early", "1")])
            with database.transaction() as second:
                second.execute(text("set local lock_timeout = 50"))
                with pytest.raises(OperationalError):  # else it could be read before the early one
                    api.say(second, [draft("late", "2")])
        with database.transaction() as second:
            (late,) = api.say(second, [draft("late", "2")])

    assert early.number < late.number


def test_words_to_one_are_told_again_that_may_have_come_after_later_ones(db: Db) -> None:
    to_ann = {"scope": Scope.DIRECT, "sender": BOB, "to": ANN}
    old, *_, last = api.say(
        db,
        [
            draft("old", "1", **to_ann, at=NOW - timedelta(minutes=2)),
            draft("late", "2", **to_ann),
            draft("to all", "3"),
            draft("seen", "4"),
        ],
    )

    assert read(db, ANN, after=last.number) == ["late"]
    assert read(db, BOB, after=old.number) == ["old", "late", "to all", "seen"]


def test_nothing_said_is_nothing_kept(db: Db) -> None:
    assert api.say(db, []) == ()


def test_another_may_use_the_same_key(db: Db) -> None:
    api.say(db, [draft("a", "1"), draft("b", "1", sender=BOB)])

    assert read(db) == ["a", "b"]


def test_a_word_to_one_is_read_by_two(db: Db) -> None:
    api.say(db, [draft("psst", "1", scope=Scope.DIRECT, to=BOB)])

    assert [read(db, one) for one in (ANN, BOB, EVE)] == [["psst"], ["psst"], []]


def test_what_was_said_nearby_is_not_read_later(db: Db) -> None:
    api.say(db, [draft("here", "1", scope=Scope.NEARBY)])

    assert read(db) == []


def test_another_zone_is_not_heard(db: Db) -> None:
    api.say(db, [draft("elsewhere", "1", zone=SpaceId("yq-f1"))])

    assert read(db) == []


def test_history_goes_back_by_pages(db: Db) -> None:
    said = api.say(db, [draft(str(one), str(one)) for one in range(5)])

    assert read(db, limit=2) == ["3", "4"]
    assert read(db, before=said[3].number, limit=2) == ["1", "2"]
    assert read(db, after=said[2].number) == ["3", "4"]


def test_what_is_older_than_asked_for_is_left_out(db: Db) -> None:
    api.say(db, [draft("old", "1", at=NOW - timedelta(hours=2)), draft("new", "2")])

    assert read(db) == ["new"]


def test_who_is_blocked_is_not_read(db: Db) -> None:
    api.say(db, [draft("spam", "1", sender=BOB), draft("hello", "2")])
    api.put_block(db, ANN, BOB, on=True, now=NOW)

    assert (read(db, ANN), read(db, EVE)) == (["hello"], ["spam", "hello"])


def test_what_is_too_old_is_forgotten(db: Db) -> None:
    api.say(db, [draft("old", "1", at=NOW - timedelta(days=31)), draft("new", "2")])

    assert api.forget(db, now=NOW) == 1
    assert texts(api.history(db, PARK, HALL, reader=ANN, since=NOW - timedelta(days=99))) == ["new"]


def test_a_long_past_costs_nothing(db: Db) -> None:
    made = """
        insert into world_message (at, park, zone, scope, sender, key, name, text)
        select :until - n * interval '1 minute', :park, :zone, 'zone', 'g-' || n, 'old', '', 'old'
        from generate_series(5000, 1, -1) as n
    """
    before = {"until": NOW - timedelta(hours=1), "park": PARK, "zone": HALL}
    db.execute(text(made), before)
    db.execute(text("analyze world_message"))
    api.say(db, [draft("new", "1")])
    looked = text("""
        select seq_tup_read + idx_tup_fetch from pg_stat_xact_user_tables
        where relname = 'world_message'
    """)
    start = db.execute(looked).scalar_one()

    assert read(db) == ["new"]
    assert db.execute(looked).scalar_one() - start < 10


def test_measures_that_are_over_are_forgotten(db: Db) -> None:
    imported(db)
    over, still = NOW - timedelta(minutes=1), NOW + timedelta(minutes=1)
    for who, until in ((BOB, over), (EVE, still), (ANN, None)):
        order.put_sanction(db, Sanction(PARK, PARK, who, "", Measure.MUTE, over, until, "", ""))
    api.forget(db, now=NOW)

    assert {one.visitor for one in api.sanctions(db, PARK, now=over - timedelta(1))} == {EVE, ANN}
    assert [one.visitor for one in api.sanctions(db, PARK, EVE, now=NOW)] == [EVE]
