"""What the demo park's congress is like: of the size it should be, and without a fault."""

import sys
from collections.abc import Generator
from contextlib import closing
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from tests.congress.gatherings import NOW
from tests.identity.accounts import COMMAND, administrator

from shulian.app.reactions import reactions
from shulian.cli import files
from shulian.congress import api, tasks
from shulian.congress.api.demo import FILE, NAME, SECONDS, in_the_making, read, seed_demo
from shulian.congress.errors import CongressUnknown, ProgrammeFaulty
from shulian.congress.types import (
    Congress,
    Level,
    OpenSample,
    Placement,
    SessionKind,
    Solve,
    SolveState,
    SolveTimetable,
)
from shulian.identity.api import seed_demo as seed_accounts
from shulian.identity.types import GUEST
from shulian.kit.bus import Bus
from shulian.kit.db import Database, Db
from shulian.kit.jobs import Work
from shulian.kit.postgres.databases import create_database, drop_database
from shulian.kit.postgres.server import Server
from shulian.kit.text import Text
from shulian.park import api as park
from shulian.park.rules import sources
from shulian.park.types import SpaceId
from shulian.ticketing.api.demo import seed_demo as seed_occasions

DEMO = Path(__file__).parents[3] / "demo" / "shulian"
SAMPLE = (DEMO / FILE).read_bytes()
SLUG = "shulian-congress"
SHORT = """
import sys
from shulian.congress.tasks.search import main

main([*sys.argv[1:3], "6", "1", "2"])
"""
"""The engine itself, for six seconds."""
DYING = "raise SystemExit(1)"


class Office:
    """A worker in a demo park, and its clock."""

    def __init__(self, database: Database) -> None:
        self.now = NOW
        self.work = Work(database, reactions(), lambda: self.now)

    def seed(self) -> None:
        """Make the congress, as each start of a changed demo does."""
        with self.work.transaction() as (db, bus):
            seed_demo(db, bus, COMMAND, read(SAMPLE), now=self.now)

    def made(self) -> Congress:
        """The congress."""
        with self.work.transaction() as (db, _):
            return api.congress_by_slug(db, COMMAND, SLUG)

    def step(self) -> bool:
        """Take the next step, later than the last one; whether the worker is to come back."""
        self.now += timedelta(seconds=10)
        job = OpenSample(self.made().id)
        with self.work.transaction() as (db, _):
            db.execute(sa.text("delete from procrastinate_jobs"))
        tasks.open_sample(self.work, job, actor=COMMAND)
        with self.work.transaction() as (db, _):
            count = sa.text("select count(*) from procrastinate_jobs where task_name = :name")
            return bool(db.execute(count, {"name": "congress.open_sample"}).scalar_one())

    def newest(self) -> Solve | None:
        """The last search."""
        with self.work.transaction() as (db, _):
            return api.newest_solve(db, COMMAND, self.made().id)

    def search(self, code: str = SHORT) -> SolveState:
        """Do the job of the search that waits, by a program of that code; how it ended."""
        found = self.newest()
        assert found is not None
        tasks.solve_timetable(
            self.work, SolveTimetable(found.id), search=(sys.executable, "-c", code)
        )
        after = self.newest()
        assert after is not None
        return after.state

    def releases(self) -> list[str]:
        """The names of what was released."""
        with self.work.transaction() as (db, _):
            return [one.name for one in api.releases(db, COMMAND, self.made().id)]

    def shown_in_the_making(self) -> bool:
        """Whether visitors read that it is being made."""
        with self.work.transaction() as (db, _):
            return in_the_making(db, SpaceId("shulian"), now=self.now)


@pytest.fixture(scope="module")
def seeded(postgres: Server, migrated: str) -> str:
    """The name of a database with a demo park, for tests to copy."""
    name = "seeded_demo"
    url = create_database(postgres.url, name, template=migrated)
    with closing(Database(url)) as database:
        office = Office(database)
        with office.work.transaction() as (db, bus):
            park.import_park(db, bus, COMMAND, sources.read(files.read([DEMO])).plan, now=NOW)
            seed_accounts(db, bus, COMMAND, now=NOW)
            seed_occasions(db, bus, COMMAND, now=NOW)
        office.seed()
    return name


@pytest.fixture
def office(postgres: Server, seeded: str) -> Generator[Office]:
    name = "own_demo"
    with closing(Database(create_database(postgres.url, name, template=seeded))) as database:
        yield Office(database)
    drop_database(postgres.url, name)


def test_thirty_forums_come_in_are_timetabled_and_released_once(office: Office) -> None:
    assert (office.step(), office.step(), office.releases()) == (True, True, [])
    assert office.shown_in_the_making()
    assert office.search() is SolveState.DONE
    assert (office.step(), office.step(), office.releases()) == (False, False, [NAME])
    assert not office.shown_in_the_making()

    made = office.made()
    with office.work.transaction() as (db, _):
        programme = api.shown(db, GUEST, made.id).programme
        conflicts = api.draft(db, COMMAND, made.id, now=NOW).conflicts
    sizes = (
        len(programme.forums),
        len(programme.sessions),
        len(programme.halls),
        len(programme.speakers),
        (made.last - made.first).days + 1,
    )
    assert sizes == (30, 110, 9, 150, 3)
    assert all(one.placed for one in programme.sessions)
    assert [one for one in conflicts if one.level is Level.BLOCK] == []
    assert (made.title.zh[-4:], made.title.en[-8:]) == ("（示例）", "(sample)")
    named = [one.title for one in programme.speakers]
    named += [each.name for one in programme.forums for each in one.credits]
    assert all(one.zh.startswith("示例 · ") and one.en.startswith("Sample · ") for one in named)
    plenaries = [one for one in programme.sessions if one.kind is SessionKind.PLENARY]
    assert [one.placed for one in plenaries] == [
        Placement(SpaceId("science-hall-plenary"), datetime.combine(made.first, time(6), UTC))
    ]

    office.seed()

    assert (office.step(), office.releases()) == (False, [NAME])


def test_before_its_search_it_is_a_draft_and_only_the_opening_and_the_end_have_a_place(
    office: Office,
) -> None:
    made = office.made()
    with office.work.transaction() as (db, _):
        draft = api.draft(db, COMMAND, made.id, now=NOW)
        with pytest.raises(CongressUnknown):
            api.congress_by_slug(db, GUEST, SLUG)

    placed = [one for one in draft.programme.sessions if one.placed]
    assert [(one.title.en, one.pinned) for one in placed] == [
        ("Opening", True),
        ("Plenary on industry: the real and the virtual make each other", True),
        ("Reception", True),
        ("Closing", True),
    ]
    assert draft.conflicts == ()


def test_a_search_that_died_is_begun_anew_and_after_some_it_is_left_to_people(
    office: Office,
) -> None:
    begun: list[tuple[int, int]] = []
    while office.step():
        found = office.newest()
        assert found is not None
        begun.append((found.seconds, found.seed))
        assert office.search(DYING) is SolveState.FAILED

    assert begun == [(seconds, seed) for seed, seconds in enumerate(SECONDS)]
    assert (office.step(), office.releases()) == (False, [])


def test_a_search_whose_worker_died_half_way_is_found_dead_and_begun_anew(office: Office) -> None:
    office.step()
    first = office.newest()
    assert first is not None
    with office.work.transaction() as (db, _):
        api.start_solve(db, first.id, now=office.now)
    assert office.step()

    office.now += timedelta(minutes=1)
    with office.work.transaction() as (db, _):
        api.end_lost_solves(db, now=office.now)

    assert office.step()
    second = office.newest()
    assert second is not None
    assert (second.id != first.id, second.state) == (True, SolveState.WAITING)


def test_what_people_have_taken_in_hand_is_left_to_them(office: Office) -> None:
    made = office.made()
    with office.work.transaction() as (db, _):
        planner = administrator(db)
        api.begin_solve(db, planner, made.id, seconds=10, now=NOW)

    assert office.step() is False
    assert office.search(DYING) is SolveState.FAILED
    assert (office.step(), office.releases()) == (False, [])


def test_a_search_that_somebody_stops_is_not_begun_again(office: Office) -> None:
    office.step()
    found = office.newest()
    assert found is not None
    with office.work.transaction() as (db, _):
        api.cancel_solve(db, COMMAND, found.id, now=NOW)

    assert (office.step(), office.releases()) == (False, [])


def test_everything_in_it_is_said_in_both_languages() -> None:
    sample = read(SAMPLE)
    told: list[Text] = [sample.congress.title, sample.congress.about]
    told += [one.name for one in sample.themes]
    told += [one.name for one in sample.halls]
    told += [each for one in sample.speakers for each in (one.name, one.title)]
    for forum in sample.forums:
        told += [forum.title, *(one.name for one in forum.credits)]
    for session in sample.sessions:
        told += [session.title, *(one.title for one in session.talks)]

    assert [one for one in told if not (one.zh and one.en)] == []


def test_its_people_and_organizations_are_invented() -> None:
    sample = read(SAMPLE)

    people = [one.name.zh for one in sample.speakers]
    hosts = [one.name.zh for forum in sample.forums for one in forum.credits]
    assert len(set(people)) == len(people)
    assert len(set(hosts)) == len(sample.forums)


def test_where_its_halls_are_not_there_nothing_is_made(db: Db) -> None:
    seed_demo(db, Bus(db, reactions()), COMMAND, read(SAMPLE), now=NOW)

    with pytest.raises(CongressUnknown):
        api.congress_by_slug(db, COMMAND, SLUG)


def test_a_file_that_does_not_hang_together_is_refused() -> None:
    broken = SAMPLE.replace(b'"timezone": "Asia/Shanghai"', b'"timezone": "Asia/Nowhere"')

    with pytest.raises(ProgrammeFaulty):
        read(broken)
