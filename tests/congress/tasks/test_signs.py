"""Signs come back after whatever was missed: a worker that was down, jobs that were lost."""

from collections.abc import Generator
from contextlib import closing
from datetime import timedelta

import pytest
import sqlalchemy as sa
from tests.congress.gatherings import BIG, MORNING, NOW, gather
from tests.identity.accounts import Ticker
from tests.park.plans import PARK

from shulian.app.reactions import reactions
from shulian.congress import api
from shulian.congress.tasks import repair_signs, show_signs
from shulian.congress.types import RepairSigns, ShowSigns
from shulian.kit.db import Database
from shulian.kit.jobs import Work
from shulian.park import api as park_api


@pytest.fixture
def clock() -> Ticker:
    ticker = Ticker()
    ticker.now = NOW
    return ticker


@pytest.fixture
def work(own_database_url: str, clock: Ticker) -> Generator[Work]:
    with closing(Database(own_database_url)) as database:
        with database.transaction() as db:
            made = gather(db)
            api.release(db, made.bus, made.planner, made.congress, name="v1", now=NOW)
            db.execute(sa.text("delete from procrastinate_jobs"))
        yield Work(database, reactions(), clock)


def said(work: Work, clock: Ticker) -> list[str]:
    with work.transaction() as (db, _):
        found = park_api.statuses(db, PARK, now=clock())
        return [one.words.en for one in found if one.space == BIG]


def test_a_job_says_what_is_on_by_the_clock(work: Work, clock: Ticker) -> None:
    clock.now = MORNING + timedelta(minutes=30)
    show_signs(work, ShowSigns(PARK))

    assert said(work, clock) == ["Plenary"]


def test_lost_jobs_are_made_up_for(work: Work, clock: Ticker) -> None:
    clock.now = MORNING + timedelta(hours=2)
    repair_signs(work, RepairSigns())

    assert said(work, clock) == ["Models I"]
    with work.transaction() as (db, _):
        rows = db.execute(
            sa.text("select scheduled_at from procrastinate_jobs where task_name like 'congress.%'")
        )
        assert [row.scheduled_at for row in rows] == [MORNING + timedelta(hours=3.5)]
