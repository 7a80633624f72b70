"""What a space is now: the strongest of what all sources say, told when people see a change."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from tests.park.plans import (
    HALL,
    LATER,
    NOW,
    OPERATOR,
    PARK,
    VISITOR,
    audited,
    imported,
    quiet_bus,
)

from shulian.identity.types import GUEST, Actor
from shulian.kit.bus import Bus
from shulian.kit.db import Database, Db
from shulian.kit.errors import LoginNeeded, Refused
from shulian.kit.text import Text
from shulian.park import api
from shulian.park.errors import LiveWrong, ParkUnknown, SpaceUnknown
from shulian.park.events import LiveChanged
from shulian.park.types import LiveStatus, LiveToken, SpaceId

BUSY = LiveStatus(HALL, "booking", LiveToken.BUSY, Text("使用中", "In use"), 12.0, since=NOW)
ALERT = LiveStatus(HALL, "energy", LiveToken.ALERT, Text("过热", "Hot"), since=NOW)


def put(db: Db, status: LiveStatus, bus: Bus | None = None) -> LiveStatus | None:
    return api.put_status(
        db,
        bus or quiet_bus(db),
        source=status.source,
        space=status.space,
        token=status.token,
        words=status.words,
        number=status.number,
        until=status.until,
        now=status.since or NOW,
    )


def clear(db: Db, source: str, bus: Bus | None = None) -> None:
    api.clear_status(db, bus or quiet_bus(db), source=source, space=HALL, now=LATER)


def test_what_one_source_says_is_what_people_see(park: Db) -> None:
    bus = quiet_bus(park)

    shown = put(park, BUSY, bus)

    assert (shown, api.statuses(park, PARK, now=LATER)) == (BUSY, (BUSY,))
    assert bus.published == [LiveChanged(HALL, None, BUSY)]


def test_the_stronger_word_is_seen_and_the_weaker_stays_behind_it(park: Db) -> None:
    bus = quiet_bus(park)
    put(park, ALERT)

    shown = put(park, BUSY, bus)
    clear(park, "energy", bus)

    assert shown == ALERT
    assert bus.published == [LiveChanged(HALL, ALERT, BUSY)]
    assert api.statuses(park, PARK, now=LATER) == (BUSY,)


def test_of_equals_the_newest_is_seen(park: Db) -> None:
    newer = LiveStatus(HALL, "desk", LiveToken.BUSY, Text(en="Tour"), since=LATER)
    put(park, newer)

    put(park, BUSY)

    assert api.statuses(park, PARK, now=LATER) == (newer,)


def test_a_source_replaces_what_it_said(park: Db) -> None:
    free = LiveStatus(HALL, "booking", LiveToken.FREE, Text("空闲", "Free"), since=LATER)
    put(park, BUSY)

    assert put(park, free) == free
    assert api.statuses(park, PARK, now=LATER) == (free,)


def test_saying_the_same_again_is_no_news(park: Db) -> None:
    put(park, BUSY)
    bus = quiet_bus(park)

    shown = api.put_status(
        park,
        bus,
        source="booking",
        space=HALL,
        token=LiveToken.BUSY,
        words=BUSY.words,
        number=12,
        now=LATER,
    )

    assert (shown, bus.published) == (BUSY, [])


def test_a_status_ends_at_its_time(park: Db) -> None:
    until = NOW + timedelta(minutes=5)
    short = LiveStatus(HALL, "energy", LiveToken.ALERT, Text(en="Hot"), None, until, NOW)
    put(park, BUSY)
    put(park, short)

    assert api.statuses(park, PARK, now=NOW) == (short,)
    assert api.statuses(park, PARK, now=until) == (BUSY,)


def test_taking_back_what_was_not_said_is_no_news(park: Db) -> None:
    bus = quiet_bus(park)

    clear(park, "booking", bus)

    assert bus.published == []


@pytest.mark.parametrize(
    ("fields", "faults"),
    [
        ({"words": Text("长" * 201)}, {"words": "park.text_wrong"}),
        ({"words": Text(en="a\0")}, {"words": "park.text_wrong"}),
        ({"number": float("nan")}, {"number": "park.number_wrong"}),
        ({"number": float("inf")}, {"number": "park.number_wrong"}),
        ({"until": NOW}, {"until": "park.until_past"}),
    ],
)
def test_a_status_without_sense_names_its_faults(
    park: Db, fields: dict[str, Any], faults: dict[str, str]
) -> None:
    with pytest.raises(LiveWrong) as refused:
        put(park, replace(BUSY, **fields))

    assert dict(refused.value.fields) == faults
    assert api.statuses(park, PARK, now=NOW) == ()


def test_nothing_is_said_of_what_is_not_there(park: Db) -> None:
    with pytest.raises(SpaceUnknown):
        put(park, replace(BUSY, space=SpaceId("nothing")))
    with pytest.raises(SpaceUnknown):
        api.clear_status(park, quiet_bus(park), source="x", space=SpaceId("nothing"), now=NOW)
    with pytest.raises(ParkUnknown):
        api.statuses(park, SpaceId("nothing"), now=NOW)


def say(db: Db, actor: Actor, token: LiveToken = LiveToken.CLOSED) -> LiveStatus | None:
    return api.set_operator_status(
        db, quiet_bus(db), actor, HALL, token=token, words=Text("布展", "Setting up"), now=NOW
    )


def test_an_operator_says_what_a_space_is_and_it_is_written_down(park: Db) -> None:
    said = LiveStatus(HALL, "operator", LiveToken.CLOSED, Text("布展", "Setting up"), since=NOW)

    shown = say(park, OPERATOR)
    verb, subject, before, after = audited(park)[-1]

    assert shown == said
    assert (verb, subject, before) == ("park.set_status", HALL, None)
    assert after == {
        "space": HALL,
        "source": "operator",
        "token": "closed",
        "words": {"zh": "布展", "en": "Setting up"},
        "number": None,
        "until": None,
        "since": "2026-11-22T04:00:00Z",
    }


def test_an_operator_saying_the_same_again_writes_nothing_down(park: Db) -> None:
    say(park, OPERATOR)
    say(park, OPERATOR)

    assert [verb for verb, *_ in audited(park)] == ["park.import", "park.set_status"]


def test_an_operator_takes_it_back(park: Db) -> None:
    say(park, OPERATOR)

    api.clear_operator_status(park, quiet_bus(park), OPERATOR, HALL, now=LATER)
    api.clear_operator_status(park, quiet_bus(park), OPERATOR, HALL, now=LATER)

    assert api.statuses(park, PARK, now=LATER) == ()
    assert [verb for verb, *_ in audited(park)][1:] == ["park.set_status", "park.clear_status"]


@pytest.mark.parametrize(("actor", "failure"), [(GUEST, LoginNeeded), (VISITOR, Refused)])
def test_nobody_else_speaks_as_the_operator(
    park: Db, actor: Actor, failure: type[Exception]
) -> None:
    with pytest.raises(failure):
        say(park, actor)
    with pytest.raises(failure):
        api.clear_operator_status(park, quiet_bus(park), actor, HALL, now=NOW)


def test_two_who_speak_of_a_space_at_once_take_turns(own_database_url: str) -> None:
    database = Database(own_database_url)
    with database.transaction() as db:
        imported(db)

    def busy() -> LiveStatus | None:
        with database.transaction() as db:
            return put(db, BUSY)

    with ThreadPoolExecutor() as threads:
        with database.transaction() as db:
            put(db, ALERT)
            waiting = threads.submit(busy)
        shown = waiting.result(30)
    database.close()

    assert shown == ALERT
