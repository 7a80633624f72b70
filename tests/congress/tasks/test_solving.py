"""A search as a worker does it: it ends, is ended, or dies, and the draft is as it was."""

import sys
from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from tests.congress.gatherings import (
    ANN,
    MODELS_2,
    NOW,
    PLENARY,
    SILICON_1,
    SMALL,
    SPEAKERS,
    Gathering,
    at,
    gather,
    hours,
)

from shulian.app.reactions import reactions
from shulian.congress import api, tasks
from shulian.congress.types import (
    Level,
    LookAfterSolves,
    Programme,
    Reason,
    Rule,
    Solve,
    SolveState,
    SolveTimetable,
)
from shulian.kit.bus import Bus
from shulian.kit.db import Database, Db
from shulian.kit.jobs import Work


@dataclass
class Office:
    """A worker, its clock, and a congress."""

    work: Work
    made: Gathering
    now = NOW

    def begin(self, seconds: int = 300, move: int = 300) -> Solve:
        """A search that waits for its job, later than the one before."""
        self.now += timedelta(seconds=1)
        with self.work.transaction() as (db, _):
            planner, congress = self.made.planner, self.made.congress
            return api.begin_solve(db, planner, congress, seconds=seconds, move=move, now=self.now)

    def newest(self) -> Solve:
        """The search as it is now."""
        with self.work.transaction() as (db, _):
            found = api.newest_solve(db, self.made.planner, self.made.congress)
        assert found is not None
        return found

    def draft(self) -> Programme:
        """The draft as it is now."""
        with self.work.transaction() as (db, _):
            return api.draft(db, self.made.planner, self.made.congress, now=NOW).programme

    def inside(self, db: Db, bus: Bus) -> Gathering:
        """The congress in a transaction."""
        return replace(self.made, db=db, bus=bus)


@pytest.fixture
def office(own_database_url: str) -> Generator[Office]:
    with closing(Database(own_database_url)) as database:
        with database.transaction() as db:
            made = gather(db)
        yield Office(Work(database, reactions(), lambda: NOW), made)


def test_it_ends_when_nothing_is_better_and_nothing_in_it_blocks(office: Office) -> None:
    before, new = office.draft(), office.begin()

    tasks.solve_timetable(office.work, SolveTimetable(new.id))

    found = office.newest()
    assert (found.state, found.gap) == (SolveState.DONE, 0.0)
    assert found.places.keys() == {one.id for one in before.sessions}
    assert office.draft() == before
    with office.work.transaction() as (db, bus):
        api.apply_solve(db, bus, office.made.planner, found.id, now=NOW)
    with office.work.transaction() as (db, _):
        conflicts = api.draft(db, office.made.planner, office.made.congress, now=NOW).conflicts
    assert [one for one in conflicts if one.level is Level.BLOCK] == []


def test_a_dropped_speaker_moves_as_little_as_can_be(office: Office) -> None:
    with office.work.transaction() as (db, bus):
        made = office.inside(db, bus)
        made.place(MODELS_2, at(5))
        ann = replace(SPEAKERS[0], available=(hours(0, 2), hours(24, 33)))
        api.change_speaker(db, bus, made.planner, ann, now=NOW)
        assert [(one.rule, one.speaker) for one in made.draft().conflicts] == [
            (Rule.SPEAKER_AWAY, ANN)
        ]
    before = {one.id: one.placed for one in office.draft().sessions}

    tasks.solve_timetable(office.work, SolveTimetable(office.begin().id))

    found = office.newest().places
    assert [one for one, where in found.items() if where != before[one]] == [SILICON_1]
    assert found[SILICON_1].hall == SMALL


def test_its_course_and_what_it_misses_are_kept(office: Office) -> None:
    tasks.solve_timetable(office.work, SolveTimetable(office.begin().id))

    found = office.newest()
    assert (found.started, found.explains, found.reasons) == (NOW, False, ())
    assert (found.course[-1].cost, found.course[-1].bound) == (found.cost, found.bound)
    assert sum(one.cost for one in found.missed) == found.cost


def test_a_move_costs_what_was_said(office: Office) -> None:
    with office.work.transaction() as (db, bus):
        office.inside(db, bus).place(MODELS_2, at(30))  # its forum would rather be in a day
    before = {one.id: one.placed for one in office.draft().sessions}

    tasks.solve_timetable(office.work, SolveTimetable(office.begin(move=10_000).id))
    assert dict(office.newest().places) == before
    tasks.solve_timetable(office.work, SolveTimetable(office.begin(move=0).id))

    assert dict(office.newest().places) != before
    assert [one.demand for one in office.newest().missed if one.demand == "move"] == []


def test_what_cannot_hold_together_is_told(office: Office) -> None:
    """Ann is never there while the congress lasts."""
    with office.work.transaction() as (db, bus):
        made = office.inside(db, bus)
        ann = replace(SPEAKERS[0], available=(hours(-100, -99),))
        api.change_speaker(db, bus, made.planner, ann, now=NOW)

    tasks.solve_timetable(office.work, SolveTimetable(office.begin().id))

    found = office.newest()
    away, there = Reason("speaker_away", about=str(ANN), proven=True), found.reasons[0]
    assert (found.state, dict(found.places)) == (SolveState.IMPOSSIBLE, {})
    assert (there.demand, there.proven, len(there.sessions)) == ("placed", True, 1)
    assert set(there.sessions) <= {PLENARY, SILICON_1}
    assert found.reasons[1:] == (away, replace(away, relax=True))


def program(tmp_path: Path, *steps: str) -> list[str]:
    """A search by other hands: it finds the present timetable, then does what `steps` say."""
    script = tmp_path / "search.py"
    head = [
        "import json, os, signal, sys, time",
        "problem = json.load(open(sys.argv[1]))",
        "placed = [one for one in problem['sessions'] if 'placed' in one]",
        "places = [{'session': one['id'], **one['placed']} for one in placed]",
        "told = {'format': 'shulian-timetable-solution/1', 'places': places}",
        "json.dump(told, open(sys.argv[2], 'w'))",
    ]
    script.write_text("\n".join((*head, *steps)))
    return [sys.executable, str(script)]


FURTHER = "print(json.dumps({'cost': 9, 'bound': 1}), flush=True)"


def test_one_that_is_cancelled_keeps_what_it_found(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would go on for ever; it is cancelled when it is first kept how far it is."""
    new, keep = office.begin(), api.note_solve

    def cancelled(db: Db, solve: Solve, *, now: datetime) -> bool:
        with office.work.transaction() as (other, _):
            api.cancel_solve(other, office.made.planner, new.id, now=NOW)
        return keep(db, solve, now=now)

    monkeypatch.setattr(api, "note_solve", cancelled)
    endless = program(tmp_path, FURTHER, "signal.pause()")
    tasks.solve_timetable(office.work, SolveTimetable(new.id), search=endless)

    found = office.newest()
    assert (found.state, found.cost, found.bound) == (SolveState.CANCELLED, 9, 1)
    assert len(found.places) == 3


@pytest.mark.parametrize(
    "step",
    [
        pytest.param("os.kill(os.getpid(), signal.SIGKILL)", id="killed"),
        pytest.param("sys.exit('out of memory')", id="gives up"),
        pytest.param("print('[not ours')", id="says something else"),
    ],
)
def test_one_that_dies_half_way_has_failed_and_keeps_what_it_found(
    office: Office, tmp_path: Path, step: str
) -> None:
    before, new = office.draft(), office.begin()

    tasks.solve_timetable(
        office.work, SolveTimetable(new.id), search=program(tmp_path, FURTHER, step)
    )

    found = office.newest()
    assert (found.state, found.cost, len(found.places)) == (SolveState.FAILED, 9, 3)
    assert office.draft() == before
    assert office.begin().state is SolveState.WAITING


def test_one_that_is_impossible_says_so(office: Office, tmp_path: Path) -> None:
    new = office.begin()
    end = "print(json.dumps({'cost': None, 'bound': 0, 'status': 'impossible'}))"

    tasks.solve_timetable(office.work, SolveTimetable(new.id), search=program(tmp_path, end))

    assert (office.newest().state, dict(office.newest().places)) == (SolveState.IMPOSSIBLE, {})


def test_one_that_explains_says_so_and_can_be_stopped(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new, keep = office.begin(), api.note_solve
    seen: list[bool] = []

    def cancelled(db: Db, solve: Solve, *, now: datetime) -> bool:
        with office.work.transaction() as (other, _):
            api.cancel_solve(other, office.made.planner, new.id, now=NOW)
        seen.append(solve.explains)
        return keep(db, solve, now=now)

    monkeypatch.setattr(api, "note_solve", cancelled)
    line = "print(json.dumps({'cost': None, 'bound': 3, 'explains': True}), flush=True)"
    endless = program(tmp_path, line, "signal.pause()")
    tasks.solve_timetable(office.work, SolveTimetable(new.id), search=endless)

    assert seen[-1] is True
    assert (office.newest().state, office.newest().explains) == (SolveState.CANCELLED, False)


def test_one_whose_process_died_has_failed_and_changed_nothing(office: Office) -> None:
    before, new = office.draft(), office.begin()
    with office.work.transaction() as (db, _):
        assert api.start_solve(db, new.id, now=NOW) is not None
    later = Work(office.work.database, reactions(), lambda: NOW + timedelta(minutes=1))

    tasks.look_after_solves(later, LookAfterSolves())

    assert (office.newest().state, office.draft()) == (SolveState.FAILED, before)
    tasks.solve_timetable(office.work, SolveTimetable(new.id))
    assert office.newest().state is SolveState.FAILED


def test_one_that_was_cancelled_before_its_job_came_does_nothing(office: Office) -> None:
    new = office.begin()
    with office.work.transaction() as (db, _):
        api.cancel_solve(db, office.made.planner, new.id, now=NOW)

    tasks.solve_timetable(office.work, SolveTimetable(new.id))

    assert (office.newest().state, dict(office.newest().places)) == (SolveState.CANCELLED, {})
