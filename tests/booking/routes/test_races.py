"""Many who want the same at the same time, over HTTP: three processes, one database, real sockets.

For each kind of resource the ledger holds no more than it has, and every try gets an answer. The
negative control is the same race without the constraint: there it does sell twice.
"""

from collections import Counter
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from tests.booking.doors import opened_when_all_wait
from tests.booking.ledgers import resource
from tests.fleets import Caller, Fleet, at_once, fleet
from tests.identity.accounts import COMMAND
from tests.park.plans import imported

from shulian.booking import api
from shulian.booking.rules import terms
from shulian.booking.types import Audience, Resource
from shulian.kit.db import Database, Db
from shulian.kit.postgres.databases import create_database, drop_database
from shulian.kit.postgres.server import Server
from shulian.park.types import SpaceId

RACERS = 30
"""More at each process than it would have threads by itself."""
ROUNDS = 3
"""Tries of each racer."""
DAY = datetime.now(UTC).replace(hour=0, minute=0) + timedelta(days=9)  # noqa: TID251
"""Not far from now, as real processes have it."""

Wishes = Callable[[Sequence[Resource], int], list[dict[str, object]]]
"""What the try of that number wants, as the body of a call says it."""


def claim(one: Resource, start: int, length: int, units: int = 1) -> dict[str, object]:
    """So many units from an hour on."""
    begins = DAY + timedelta(hours=start)
    ends = begins + timedelta(hours=length)
    return {
        "resource": str(one.id),
        "start": begins.isoformat(),
        "end": ends.isoformat(),
        "units": units,
    }


def seat(made: Sequence[Resource], number: int) -> list[dict[str, object]]:
    """One seat, the same evening."""
    return [claim(made[number % len(made)], 19, 2)]


def quota(made: Sequence[Resource], number: int) -> list[dict[str, object]]:
    """One to three units of an allowance."""
    return [claim(made[0], 9, 8, 1 + number % 3)]


def several(made: Sequence[Resource], number: int) -> list[dict[str, object]]:
    """Two seats beside each other and a part of an allowance, in whatever order."""
    first = number % (len(made) - 2)
    found = [claim(made[first], 19, 2), claim(made[first + 1], 19, 2), claim(made[-1], 19, 2)]
    return found if number % 2 else found[::-1]


def spans(made: Sequence[Resource], number: int) -> list[dict[str, object]]:
    """A room at times that overlap."""
    return [claim(made[0], 9 + number % 5, 2)]


@dataclass(frozen=True)
class Kind:
    """What is raced for: capacities, and what each wants of them."""

    capacities: tuple[int, ...]
    wishes: Wishes


KINDS = {
    "seats": Kind((1,) * 8, seat),
    "quota": Kind((17,), quota),
    "several": Kind((1, 1, 1, 1, 1, 3), several),
    "spans": Kind((1,), spans),
}


@pytest.fixture(scope="module")
def webs(
    postgres: Server, migrated: str, tmp_path_factory: pytest.TempPathFactory, built: Path
) -> Generator[Fleet]:
    """Three processes on a database of their own."""
    url = create_database(postgres.url, "booking_races", template=migrated)
    with fleet(url, tmp_path_factory.mktemp("fleet"), built) as found:
        yield found
    drop_database(postgres.url, "booking_races")


@pytest.fixture(scope="module")
def racers(webs: Fleet) -> list[Caller]:
    """Those who race, ten at each process."""
    return webs.callers(RACERS)


@pytest.fixture
def unguarded(webs: Fleet) -> Generator[None]:
    """The database without the constraint; with it again afterwards, and without any bookings."""
    definition = "select pg_get_constraintdef(oid) from pg_constraint where conname = :name"
    name = "ex_booking_claim_taken"
    with closing(Database(webs.url)) as database:
        with database.transaction() as db:
            written = db.scalar(sa.text(definition), {"name": name})
            db.execute(sa.text(f"alter table booking_claim drop constraint {name}"))
        yield
        with database.transaction() as db:
            db.execute(sa.text("delete from booking_booking"))
            db.execute(sa.text(f"alter table booking_claim add constraint {name} {written}"))


def race(
    webs: Fleet, racers: Sequence[Caller], kind: Kind, *, rounds: int = ROUNDS
) -> tuple[Counter[int], list[Resource]]:
    """The answers by their status, and what was raced for."""
    with closing(Database(webs.url)) as database, database.transaction() as db:
        made = [resource(db, one, Audience.PEOPLE) for one in kind.capacities]

    def act(number: int, caller: Caller) -> list[int]:
        return [
            caller.call(
                "POST",
                "/api/bookings",
                {"claims": kind.wishes(made, number + turn), "title": "race"},
            ).status_code
            for turn in range(rounds)
        ]

    return Counter(status for told in at_once(racers, act) for status in told), made


def held(db: Db, made: Sequence[Resource]) -> tuple[int, int, int]:
    """Bookings that hold some of it, most units held of one at a time, pairs that share a unit."""
    ids = [one.id for one in made]
    bookings = db.scalar(
        sa.text("""
            select count(distinct booking) from booking_claim where resource = any(:ids) and active
        """),
        {"ids": ids},
    )
    most = db.scalar(
        sa.text("""
            select max((
                select sum(upper(units) - lower(units)) from booking_claim as other
                where other.resource = one.resource and other.active
                and other.span @> lower(one.span)
            )) from booking_claim as one where one.resource = any(:ids) and one.active
        """),
        {"ids": ids},
    )
    double = db.scalar(
        sa.text("""
            select count(*) from booking_claim one join booking_claim other
            on one.resource = other.resource and one.booking < other.booking
            and one.units && other.units and one.span && other.span
            where one.resource = any(:ids) and one.active and other.active
        """),
        {"ids": ids},
    )
    return bookings or 0, int(most or 0), double or 0


def seen(webs: Fleet, made: Sequence[Resource]) -> tuple[int, int, int]:
    """The same, once all have been answered."""
    with closing(Database(webs.url)) as database, database.transaction() as db:
        return held(db, made)


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_sold_twice_and_everyone_is_answered(
    webs: Fleet, racers: list[Caller], kind: str
) -> None:
    answers, made = race(webs, racers, KINDS[kind])
    bookings, most, double = seen(webs, made)

    assert set(answers) == {201, 409}
    assert sum(answers.values()) == RACERS * ROUNDS
    assert answers[201] == bookings
    assert most <= max(one.capacity for one in made)
    assert double == 0


def test_seats_are_sold_out_to_the_last(webs: Fleet, racers: list[Caller]) -> None:
    answers, made = race(webs, racers, KINDS["seats"])

    assert answers == {201: len(made), 409: RACERS * ROUNDS - len(made)}


def test_of_all_who_saw_a_seat_free_one_has_it(webs: Fleet, racers: list[Caller]) -> None:
    with opened_when_all_wait(webs.url, RACERS):
        answers, made = race(webs, racers, KINDS["seats"], rounds=1)

    assert answers == {201: len(made), 409: RACERS - len(made)}
    assert seen(webs, made) == (len(made), 1, 0)


@pytest.mark.usefixtures("unguarded")
def test_negative_control_without_the_constraint_all_who_saw_a_seat_free_have_it(
    webs: Fleet, racers: list[Caller]
) -> None:
    with opened_when_all_wait(webs.url, RACERS):
        answers, made = race(webs, racers, KINDS["seats"], rounds=1)
    bookings, most, double = seen(webs, made)

    assert answers == {201: RACERS}
    wanted = Counter(number % len(made) for number in range(RACERS)).values()
    pairs = sum(count * (count - 1) // 2 for count in wanted)
    assert (bookings, most, double) == (RACERS, max(wanted), pairs)


def test_the_same_call_sent_twice_at_a_time_books_once(webs: Fleet, racers: list[Caller]) -> None:
    with closing(Database(webs.url)) as database, database.transaction() as db:
        made = [resource(db, 5, Audience.PEOPLE)]
    body = {"claims": [claim(made[0], 9, 1)], "title": "twice"}
    one = racers[0]
    twins = [Caller(one.person, one.token, other.web) for other in racers]

    def act(_number: int, caller: Caller) -> tuple[int, str]:
        answer = caller.web.post(
            "/api/bookings",
            json=body,
            headers={"authorization": f"Bearer {caller.token}", "idempotency-key": "mine"},
        )
        return answer.status_code, str(answer.json()["id"])

    found = set(at_once(twins, act))

    assert (len(found), {status for status, _ in found}) == (1, {201})
    assert seen(webs, made) == (1, 1, 0)


def test_who_books_in_many_tabs_at_once_gets_no_more_than_one_may(
    webs: Fleet, racers: list[Caller]
) -> None:
    with closing(Database(webs.url)) as database, database.transaction() as db:
        imported(db)
        made = [
            api.add_resource(
                db, COMMAND, space=SpaceId(one), capacity=RACERS, audience=Audience.PEOPLE, now=DAY
            )
            for one in ("yq-hall", "yq-plaza", "yq-seat-1")
        ]
    one = racers[0]
    tabs = [Caller(one.person, one.token, other.web) for other in racers]

    def act(number: int, caller: Caller) -> tuple[int, str]:
        body = {"claims": [claim(made[number % 3], 15, 2)], "title": f"tab {number}"}
        answer = caller.call("POST", "/api/bookings", body)
        return answer.status_code, str(answer.json().get("code", ""))

    found = Counter(at_once(tabs, act))

    assert found == {
        (201, ""): terms.PERSON.at_once,
        (409, "booking.too_many_at_once"): RACERS - terms.PERSON.at_once,
    }
