"""A rush over HTTP: more come at once than there are tickets, threads and connections."""

from collections import Counter
from collections.abc import Generator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from tests.fleets import Caller, Fleet, at_once, fleet
from tests.park.plans import imported
from tests.ticketing.houses import open_house, theatre

from shulian.booking.types import Span
from shulian.kit.db import Database
from shulian.ticketing import api
from shulian.ticketing.types import OccasionId, TicketTypeId

NOW = datetime.now(UTC)  # noqa: TID251  # real processes look at a real clock
CROWD = 70
"""More at each process than it has threads for what waits."""
TICKETS = 10


@pytest.fixture
def webs(own_database_url: str, tmp_path: Path, built: Path) -> Generator[Fleet]:
    with fleet(own_database_url, tmp_path, built, count=1) as found:
        yield found


def sale(url: str) -> tuple[str, str]:
    """Ten free tickets on sale now."""
    with closing(Database(url)) as database, database.transaction() as db:
        imported(db, theatre())
        house = open_house(db)
        span = Span(NOW + timedelta(days=10), NOW + timedelta(days=10, hours=2))
        api.change_occasion(db, house.bus, house.organizer, house.occasion.id, span=span, now=NOW)
        begun = Span(NOW - timedelta(hours=1), span.start)
        api.change_type(db, house.bus, house.organizer, house.online.id, sale=begun, now=NOW)
        api.put_seats(db, house.bus, house.organizer, house.seated.id, [], now=NOW)
        return str(house.occasion.id), str(house.online.id)


def test_as_many_buy_as_there_are_tickets_and_everyone_else_is_told(webs: Fleet) -> None:
    occasion, sold = sale(webs.url)
    queue = f"/api/occasions/{occasion}/queue"

    def act(_number: int, caller: Caller) -> str:
        found = caller.call("POST", queue)
        while found.status_code == 200 and found.json()["state"] == "waiting":
            found = caller.call("GET", queue)
        if found.status_code != 200 or found.json()["state"] != "buying":
            return str(found.json().get("state", found.status_code))
        wanted = {"wanted": [{"type": sold}]}
        return str(caller.call("POST", f"/api/occasions/{occasion}/orders", wanted).status_code)

    told = Counter(at_once(webs.callers(CROWD), act))
    with closing(Database(webs.url)) as database, database.transaction() as db:
        left = api.left(db, OccasionId(UUID(occasion)), now=NOW)

    assert told == {"201": TICKETS, "refused": CROWD - TICKETS}
    assert left[TicketTypeId(UUID(sold))] == 0
