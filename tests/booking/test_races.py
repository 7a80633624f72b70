"""Many who want the same at the same time: the database keeps the ledger, and nothing else does.

The negative control is the same race without the constraint: there it does sell twice.
"""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from threading import Barrier

import pytest
import sqlalchemy as sa
from tests.booking.doors import opened_when_all_wait
from tests.booking.ledgers import NOW, claim, resource, take
from tests.park.plans import quiet_bus

from shulian.booking import api
from shulian.booking.errors import Taken
from shulian.booking.types import Claim, Resource
from shulian.kit.db import Database, Db

RACERS = 12

Wishes = Callable[[list[Resource], int], list[Claim]]


def seats(made: list[Resource], racer: int) -> list[Claim]:
    """Two seats beside each other, in whatever order they come to mind."""
    first = racer % (len(made) - 1)
    pair = [claim(made[first], 19, 21), claim(made[first + 1], 19, 21)]
    return pair if racer % 2 else pair[::-1]


def quota(made: list[Resource], racer: int) -> list[Claim]:
    """Some tickets of one quota."""
    return [claim(made[0], 9, None, 1 + racer % 2)]


def hall(made: list[Resource], racer: int) -> list[Claim]:
    """A hall at overlapping times, and a beamer for it."""
    start = 9 + racer % 3
    return [claim(made[0], start, start + 2), claim(made[1], start, start + 2)]


KINDS: dict[str, tuple[Wishes, tuple[int, ...]]] = {
    "seats": (seats, (1,) * 6),
    "quota": (quota, (9,)),
    "hall": (hall, (1, 2)),
}


def race(database: Database, wishes: Wishes, made: list[Resource]) -> Counter[str]:
    """All at once; how many got what they wanted, and how many were refused."""
    start = Barrier(RACERS)

    def run(racer: int) -> str:
        start.wait()
        try:
            with database.transaction() as db:
                take(db, quiet_bus(db), *wishes(made, racer))
        except Taken:
            return "refused"
        return "served"

    with ThreadPoolExecutor(RACERS) as pool:
        return Counter(pool.map(run, range(RACERS)))


def oversold(db: Db) -> int:
    """Pairs of claims in force that share a unit at a time."""
    return db.scalar(
        sa.text("""
            select count(*) from booking_claim one join booking_claim other
            on one.resource = other.resource and one.booking < other.booking
            and one.units && other.units and one.span && other.span
            where one.active and other.active
        """)
    )


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_sold_twice_however_many_want_it(own_database_url: str, kind: str) -> None:
    wishes, capacities = KINDS[kind]
    with closing(Database(own_database_url)) as database:
        with database.transaction() as db:
            made = [resource(db, one) for one in capacities]
        found = race(database, wishes, made)
        with database.transaction() as db:
            sold = oversold(db)
            parts = [
                part
                for one in made
                for part in api.calendar(db, one.id, claim(one, 0, 48).span, now=NOW).parts
            ]

    assert sold == 0
    assert found["served"] + found["refused"] == RACERS
    assert found["served"] > 0
    assert found["refused"] > 0
    assert max(part.units for part in parts) <= max(capacities)


def test_a_quota_is_sold_out_to_the_last_unit(own_database_url: str) -> None:
    with closing(Database(own_database_url)) as database:
        with database.transaction() as db:
            made = [resource(db, RACERS - 2)]
        found = race(database, lambda all_of, _: [claim(all_of[0], 9, None)], made)

    assert found == {"served": RACERS - 2, "refused": 2}


def test_the_same_order_twice_at_a_time_is_one(own_database_url: str) -> None:
    with closing(Database(own_database_url)) as database:
        with database.transaction() as db:
            made = [resource(db, 100)]
        start = Barrier(RACERS)

        def run(_: int) -> str:
            start.wait()
            with database.transaction() as db:
                return str(take(db, quiet_bus(db), claim(made[0], 9, 10, 3), key="order").id)

        with ThreadPoolExecutor(RACERS) as pool:
            ids = set(pool.map(run, range(RACERS)))
        with database.transaction() as db:
            parts = api.calendar(db, made[0].id, claim(made[0], 9, 10).span, now=NOW).parts

    assert (len(ids), [part.units for part in parts]) == (1, [3])


def test_of_all_who_saw_a_seat_free_one_has_it(own_database_url: str) -> None:
    with closing(Database(own_database_url)) as database:
        with database.transaction() as db:
            made = [resource(db)]
        with opened_when_all_wait(own_database_url, RACERS):
            found = race(database, lambda all_of, _: [claim(all_of[0], 9, 10)], made)
        with database.transaction() as db:
            assert oversold(db) == 0

    assert found == {"served": 1, "refused": RACERS - 1}


def test_negative_control_without_the_constraint_all_who_saw_a_seat_free_have_it(
    own_database_url: str,
) -> None:
    with closing(Database(own_database_url)) as database:
        with database.transaction() as db:
            db.execute(sa.text("alter table booking_claim drop constraint ex_booking_claim_taken"))
            made = [resource(db)]
        with opened_when_all_wait(own_database_url, RACERS):
            found = race(database, lambda all_of, _: [claim(all_of[0], 9, 10)], made)
        with database.transaction() as db:
            assert oversold(db) == RACERS * (RACERS - 1) // 2

    assert found == {"served": RACERS}


def test_all_of_a_quota_is_sold_though_all_wanted_the_same_units(own_database_url: str) -> None:
    with closing(Database(own_database_url)) as database:
        with database.transaction() as db:
            made = [resource(db, 2 * RACERS + 1)]
        with opened_when_all_wait(own_database_url, RACERS):
            found = race(database, lambda all_of, _: [claim(all_of[0], 9, 10, 2)], made)
        with database.transaction() as db:
            parts = api.calendar(db, made[0].id, claim(made[0], 9, 10).span, now=NOW).parts

    assert found == {"served": RACERS}
    assert [part.units for part in parts] == [2 * RACERS]


def test_expired_holds_are_taken_over_by_one_of_many(own_database_url: str) -> None:
    with closing(Database(own_database_url)) as database:
        with database.transaction() as db:
            made = [resource(db)]
            take(db, quiet_bus(db), claim(made[0], 9, 10), expires=NOW)
        found = race(database, lambda all_of, _: [claim(all_of[0], 9, 10)], made)

    assert found == {"served": 1, "refused": RACERS - 1}
