"""Spaces say what they are: at once, at the right instants, and again after whatever was missed."""

import asyncio
from collections.abc import Callable, Generator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from tests.identity.accounts import NOWHERE, Ticker
from tests.park.plans import HALL, OPERATOR, PARK, imported

from shulian.app.jobs import handlers
from shulian.app.reactions import reactions
from shulian.booking import api
from shulian.booking.tasks import repair_statuses, show_status, sweep_holds
from shulian.booking.types import (
    NOBODY,
    Audience,
    Booking,
    BookingState,
    Claim,
    RepairStatuses,
    Resource,
    ShowStatus,
    Span,
    SweepHolds,
)
from shulian.kit.blobs import FolderBlobs
from shulian.kit.bus import Bus
from shulian.kit.db import Database, Db
from shulian.kit.jobs import Work, worker_app
from shulian.park import api as park_api
from shulian.park.types import LiveToken, SpaceId
from shulian.ticketing.api import Providers

HOUR = timedelta(hours=1)
NOW = datetime(2100, 1, 1, 4, 0, tzinfo=UTC)
"""Far ahead of the clock of the database, by which jobs wait."""
SEAT = SpaceId("yq-seat-1")


@pytest.fixture
def clock() -> Ticker:
    ticker = Ticker()
    ticker.now = NOW
    return ticker


@pytest.fixture
def work(own_database_url: str, clock: Ticker) -> Generator[Work]:
    with closing(Database(own_database_url)) as database:
        with database.transaction() as db:
            imported(db)
            db.execute(sa.text("delete from procrastinate_jobs"))  # of the import
        yield Work(database, reactions(), clock)


def room(work: Work, space: SpaceId = HALL, audience: Audience = Audience.PEOPLE) -> Resource:
    """A space that can be booked."""
    with work.transaction() as (db, _):
        return api.add_resource(db, OPERATOR, space=space, audience=audience, now=NOW)


def claim(resource: Resource, start: float, end: float) -> Claim:
    """The resource, from and to so many hours after NOW."""
    return Claim(resource.id, Span(NOW + start * HOUR, NOW + end * HOUR))


def take(
    work: Work,
    *wanted: Claim,
    source: str = api.OWN,
    expires: datetime | None = None,
) -> Booking:
    """Hold something for nobody in particular."""
    with work.transaction() as (db, bus):
        return api.take(
            db, bus, wanted, source=source, holder=NOBODY, expires=expires, now=work.clock()
        )


def act(work: Work, do: Callable[[Db, Bus], object]) -> None:
    """Do something in a transaction."""
    with work.transaction() as (db, bus):
        do(db, bus)


def run(work: Work, blobs: FolderBlobs) -> None:
    """Do all jobs whose time has come by the clock of the test."""
    with work.transaction() as (db, _):
        db.execute(
            sa.text(
                "update procrastinate_jobs set scheduled_at = null"
                " where status = 'todo' and scheduled_at <= :now"
            ),
            {"now": work.clock()},
        )

    async def all_jobs() -> None:
        app = worker_app(handlers(blobs, Providers(())), work)
        async with app.open_async():
            await app.run_worker_async(wait=False, listen_notify=False, delete_jobs="successful")

    asyncio.run(all_jobs())


def status(work: Work, space: SpaceId = HALL) -> tuple[LiveToken, float | None] | None:
    """What a space says it is, and until how many hours after NOW."""
    with work.transaction() as (db, _):
        found = {one.space: one for one in park_api.statuses(db, PARK, now=work.clock())}
    one = found.get(space)
    return one and (one.token, one.until and (one.until - NOW) / HOUR)


def waiting(work: Work) -> list[tuple[str, float | None]]:
    """The jobs that wait, and until how many hours after NOW."""
    with work.transaction() as (db, _):
        rows = db.execute(
            sa.text("select task_name, scheduled_at from procrastinate_jobs order by scheduled_at")
        ).all()
    return [(row[0], row[1] and (row[1].astimezone(UTC) - NOW) / HOUR) for row in rows]


@pytest.fixture
def blobs(tmp_path: Path) -> FolderBlobs:
    return FolderBlobs(tmp_path)


def test_what_can_be_booked_says_that_it_is_free(work: Work, blobs: FolderBlobs) -> None:
    room(work)
    run(work, blobs)

    assert status(work) == (LiveToken.FREE, None)
    assert waiting(work) == []


def test_a_space_changes_at_the_right_instants(
    work: Work, clock: Ticker, blobs: FolderBlobs
) -> None:
    take(work, claim(room(work), 2, 3))
    told: list[object] = []
    for hours in (0, 2, 3):
        clock.now = NOW + hours * HOUR
        run(work, blobs)
        told.append((status(work), waiting(work)))

    assert told == [
        ((LiveToken.FREE, 2), [("booking.show_status", 2)]),
        ((LiveToken.CLOSED, 3), [("booking.show_status", 3)]),
        ((LiveToken.FREE, None), []),
    ]


def test_a_move_is_told_and_the_old_instants_are_forgotten(work: Work, blobs: FolderBlobs) -> None:
    resource = room(work)
    made = take(work, claim(resource, 0, 1))
    run(work, blobs)

    act(work, lambda db, bus: api.change(db, bus, made.id, [claim(resource, 4, 5)], now=NOW))
    run(work, blobs)

    assert status(work) == (LiveToken.FREE, 4)
    assert waiting(work) == [("booking.show_status", 4)]


def test_what_is_given_back_is_free_at_once(work: Work, blobs: FolderBlobs) -> None:
    made = take(work, claim(room(work), 0, 1))
    run(work, blobs)

    act(work, lambda db, bus: api.release(db, bus, made.id))
    run(work, blobs)

    assert (status(work), waiting(work)) == ((LiveToken.FREE, None), [])


def test_a_worker_that_was_down_says_what_is_now(
    work: Work, clock: Ticker, blobs: FolderBlobs
) -> None:
    resource = room(work)
    take(work, claim(resource, 1, 2))
    take(work, claim(resource, 5, 9))
    run(work, blobs)
    clock.now = NOW + 6 * HOUR
    assert status(work) is None  # what it said ended by itself

    run(work, blobs)

    assert status(work) == (LiveToken.CLOSED, 9)


def test_one_job_waits_for_a_resource_however_often_it_is_booked(work: Work) -> None:
    resource = room(work)
    for hour in range(5):
        take(work, claim(resource, hour, hour + 1))

    assert waiting(work) == [("booking.show_status", None)]


def test_holds_are_ended_when_their_time_is_over(
    work: Work, clock: Ticker, blobs: FolderBlobs
) -> None:
    made = take(work, claim(room(work), 0, 1), expires=NOW + HOUR / 4)
    run(work, blobs)
    before = status(work)
    clock.now = NOW + HOUR / 2

    sweep_holds(work, SweepHolds())
    run(work, blobs)

    assert (before, status(work)) == ((LiveToken.CLOSED, 1), (LiveToken.FREE, None))
    with work.transaction() as (db, _):
        assert api.booking(db, OPERATOR, made.id).state is BookingState.RELEASED


def test_a_repair_says_what_nobody_told(work: Work, clock: Ticker) -> None:
    resource = room(work)
    take(work, claim(resource, 0, 1))
    with work.transaction() as (db, _):
        db.execute(sa.text("delete from procrastinate_jobs"))

    repair_statuses(work, RepairStatuses())

    assert status(work) == (LiveToken.CLOSED, 1)
    assert waiting(work) == [("booking.show_status", 1)]
    clock.now = NOW + 2 * HOUR
    repair_statuses(work, RepairStatuses())
    assert status(work) == (LiveToken.FREE, None)


def test_what_features_hold_is_found_by_the_repair(work: Work) -> None:
    hall = room(work, audience=Audience.FEATURES)
    take(work, claim(hall, 0, 1), source="ticketing")
    assert waiting(work) == []

    repair_statuses(work, RepairStatuses())

    assert status(work) == (LiveToken.CLOSED, 1)


def test_what_is_open_to_nobody_any_more_says_nothing(work: Work, blobs: FolderBlobs) -> None:
    resource = room(work)
    run(work, blobs)

    act(
        work,
        lambda db, _: api.change_resource(
            db, OPERATOR, resource.id, audience=Audience.FEATURES, now=NOW
        ),
    )
    run(work, blobs)

    assert status(work) is None


def test_seats_say_nothing(work: Work, blobs: FolderBlobs) -> None:
    take(work, claim(room(work, SEAT), 0, 1))
    run(work, blobs)
    repair_statuses(work, RepairStatuses())

    assert (status(work, SEAT), waiting(work)) == (None, [])


def test_what_is_no_place_or_not_there_says_nothing(work: Work) -> None:
    with work.transaction() as (db, _):
        tickets = api.add_resource(db, OPERATOR, capacity=5, now=NOW)
    for wanted in (tickets.id, NOWHERE):
        show_status(work, ShowStatus(wanted))

    assert waiting(work) == []
