"""A web process is killed in the midst of a sale: nothing is sold twice, and nothing is lost."""

from collections import Counter
from collections.abc import Generator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import httpx
import pytest
import sqlalchemy as sa
from tests.fleets import Caller, Fleet, at_once, fleet
from tests.park.plans import imported
from tests.ticketing.houses import House, open_house, theatre

from shulian.booking.types import Span
from shulian.kit.db import Database
from shulian.ticketing import api
from shulian.ticketing.types import OccasionId, TicketTypeId

NOW = datetime.now(UTC)  # noqa: TID251  # real processes look at a real clock
RACERS = 8


@pytest.fixture
def webs(own_database_url: str, tmp_path: Path, built: Path) -> Generator[Fleet]:
    with fleet(own_database_url, tmp_path, built, count=2) as found:
        yield found


@pytest.fixture
def database(own_database_url: str) -> Generator[Database]:
    with closing(Database(own_database_url)) as found:
        yield found


@pytest.fixture
def sold(database: Database) -> tuple[str, str]:
    """An occasion that is on sale now, and its free tickets."""
    with database.transaction() as db:
        imported(db, theatre())
        house = open_house(db)
        _now(house)
        return str(house.occasion.id), str(house.online.id)


def _now(house: House) -> None:
    """Have it sold today, and take place in ten days."""
    span = Span(NOW + timedelta(days=10), NOW + timedelta(days=10, hours=2))
    sale = Span(NOW - timedelta(hours=1), span.start)
    api.change_occasion(house.db, house.bus, house.organizer, house.occasion.id, span=span, now=NOW)
    for one in (house.seated, house.online):
        api.change_type(house.db, house.bus, house.organizer, one.id, sale=sale, now=NOW)


def order(caller: Caller, sold: tuple[str, str], count: int = 1) -> httpx.Response:
    """Order free tickets."""
    wanted = {"wanted": [{"type": sold[1], "count": count}]}
    return caller.call("POST", f"/api/occasions/{sold[0]}/orders", wanted)


def test_an_order_outlives_the_process_that_took_it(
    webs: Fleet, sold: tuple[str, str], database: Database
) -> None:
    one, other = webs.callers(2)
    placed = order(one, sold, 2).json()
    webs.processes[0].process.kill()
    moved = Caller(one.person, one.token, other.web)
    with database.transaction() as db:
        left = api.left(db, OccasionId(UUID(sold[0])), now=NOW)[TicketTypeId(UUID(sold[1]))]

    assert moved.call("GET", f"/api/orders/{placed['id']}").json() == placed
    assert (placed["state"], left) == ("held", 8)


def test_what_was_answered_is_so_and_what_was_not_is_whole_or_nothing(
    webs: Fleet, sold: tuple[str, str], database: Database
) -> None:
    def act(number: int, caller: Caller) -> tuple[str, str]:
        if number == RACERS - 1:
            webs.processes[0].process.kill()
            return "killed", ""
        try:
            answer = order(caller, sold)
        except httpx.HTTPError:
            return "unanswered", ""
        return str(answer.status_code), answer.json().get("id", "")

    told = at_once(webs.callers(RACERS), act)
    answers = Counter(status for status, _ in told)
    with database.transaction() as db:
        kept = {
            str(row.id): row.tickets
            for row in db.execute(
                sa.text("""
                    select o.id, count(t.id) as tickets from ticketing_order o
                    join booking_booking b on b.id = o.booking and b.active
                    left join ticketing_ticket t on t."order" = o.id group by o.id
                """)
            )
        }
        units = db.scalar(
            sa.text("""
                select sum(upper(c.units) - lower(c.units)) from booking_claim c
                join ticketing_order o on o.booking = c.booking where c.active
            """)
        )

    assert answers["killed"] == 1
    assert set(answers) <= {"killed", "201", "409", "unanswered"}
    assert {id_ for status, id_ in told if status == "201"} <= set(kept)
    assert set(kept.values()) <= {1}
    assert (units or 0) == len(kept)


def test_a_hold_whose_buyer_never_came_back_is_free_again(
    webs: Fleet, sold: tuple[str, str], database: Database
) -> None:
    one, _ = webs.callers(2)
    assert order(one, sold, 10).status_code == 201
    webs.processes[0].process.kill()
    with database.transaction() as db:
        late = NOW + api.HOLD + timedelta(hours=1)
        left = [
            api.left(db, OccasionId(UUID(sold[0])), now=at)[TicketTypeId(UUID(sold[1]))]
            for at in (NOW, late)
        ]

    assert left == [0, 10]
