"""A search for a timetable works on a copy: what it found becomes the draft when one says so."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.congress.gatherings import (
    FAR,
    FIRST,
    MODELS_1,
    MODELS_2,
    NOW,
    PLENARY,
    SILICON_1,
    SMALL,
    Gathering,
    at,
)
from tests.park.plans import PARK, queued

from shulian.congress import api
from shulian.congress.errors import NothingFound, SolveNotApplied, SolveRuns, SolveUnknown
from shulian.congress.types import (
    Placement,
    SessionId,
    Shortfall,
    Solve,
    SolveState,
    Step,
)
from shulian.kit.errors import Invalid, Refused
from shulian.kit.text import Text

SOON = NOW + timedelta(seconds=1)
FOUND = {MODELS_1: at(2), MODELS_2: at(25), SILICON_1: at(4, SMALL)}


def begin(made: Gathering) -> Solve:
    return api.begin_solve(made.db, made.planner, made.congress, seconds=30, seed=7, now=NOW)


def started(made: Gathering) -> Solve:
    found = api.start_solve(made.db, begin(made).id, now=NOW)
    assert found is not None
    return found[0]


def newest(made: Gathering) -> Solve:
    found = api.newest_solve(made.db, made.planner, made.congress)
    assert found is not None
    return found


def ended(made: Gathering, places: dict[SessionId, Placement]) -> Solve:
    solve = replace(started(made), cost=40, bound=30, places=places)
    api.end_solve(made.db, solve, SolveState.DONE, now=SOON)
    return newest(made)


def test_one_that_begins_waits_for_its_job(gathering: Gathering) -> None:
    new = begin(gathering)

    assert newest(gathering) == new
    assert (new.state, new.seconds, new.seed) == (SolveState.WAITING, 30, 7)
    assert new.versions == {one.id: 0 for one in gathering.draft().programme.sessions}
    assert ("congress.solve_timetable", {"solve": str(new.id)}) in queued(gathering.db)


def test_there_is_one_at_a_time(gathering: Gathering) -> None:
    begin(gathering)

    with pytest.raises(SolveRuns):
        begin(gathering)


@pytest.mark.parametrize("seconds", [0, -1, 601])
def test_it_takes_some_seconds(gathering: Gathering, seconds: int) -> None:
    made = gathering

    with pytest.raises(Invalid) as refused:
        api.begin_solve(made.db, made.planner, made.congress, seconds=seconds, now=NOW)

    assert dict(refused.value.fields) == {"seconds": "congress.seconds_wrong"}


@pytest.mark.parametrize(("move", "seed"), [(-1, 0), (10_001, 0), (0, -1), (0, 1_000_000_000)])
def test_a_move_has_a_price_and_chance_a_seed(gathering: Gathering, move: int, seed: int) -> None:
    made = gathering

    with pytest.raises(Invalid):
        api.begin_solve(
            made.db, made.planner, made.congress, seconds=5, move=move, seed=seed, now=NOW
        )


def test_it_works_on_the_draft_as_it_is_when_it_starts(gathering: Gathering) -> None:
    new = begin(gathering)

    found = api.start_solve(gathering.db, new.id, now=SOON)

    assert found is not None
    solve, draft, around = found
    assert solve == replace(new, state=SolveState.RUNNING, started=SOON, beat=SOON)
    assert draft == gathering.draft().programme
    assert around.levels == gathering.draft().levels


def test_how_far_it_is_can_be_seen(gathering: Gathering) -> None:
    solve = replace(started(gathering), cost=50, bound=20, places=FOUND)

    assert api.note_solve(gathering.db, solve, now=SOON)

    assert newest(gathering) == replace(solve, beat=SOON)
    assert newest(gathering).gap == 0.6


def test_its_timetable_becomes_the_draft_when_somebody_says_so(gathering: Gathering) -> None:
    made = gathering
    before = made.draft()
    solve = ended(made, FOUND)
    assert made.draft() == before

    applied = api.apply_solve(made.db, made.bus, made.planner, solve.id, now=SOON)

    assert applied == api.Applied(2, (), {MODELS_1: at(1.5), MODELS_2: None})
    assert [made.session(one).placed for one in FOUND] == list(FOUND.values())
    assert newest(made).applied == SOON


def test_what_was_changed_meanwhile_stays(gathering: Gathering) -> None:
    made = gathering
    solve = ended(made, FOUND)
    made.place(MODELS_2, at(26))
    api.drop_session(made.db, made.bus, made.planner, SILICON_1, now=NOW)

    applied = api.apply_solve(made.db, made.bus, made.planner, solve.id, now=SOON)

    assert (applied.moved, applied.left) == (1, (MODELS_2, SILICON_1))
    assert made.session(MODELS_1).placed == at(2)
    assert made.session(MODELS_2).placed == at(26)


def test_what_it_moved_goes_back(gathering: Gathering) -> None:
    made = gathering
    before = made.draft().programme.sessions
    solve = ended(made, FOUND)
    api.apply_solve(made.db, made.bus, made.planner, solve.id, now=SOON)

    undone = api.undo_solve(made.db, made.bus, made.planner, solve.id, now=SOON)

    assert undone == api.Undone(2, ())
    assert {one.id: one.placed for one in made.draft().programme.sessions} == {
        one.id: one.placed for one in before
    }
    assert (newest(made).undone, dict(newest(made).undo)) == (SOON, {})
    with pytest.raises(SolveNotApplied):
        api.undo_solve(made.db, made.bus, made.planner, solve.id, now=SOON)


def test_what_went_back_can_be_applied_again(gathering: Gathering) -> None:
    made = gathering
    solve = ended(made, FOUND)
    for _ in range(2):
        assert api.apply_solve(made.db, made.bus, made.planner, solve.id, now=SOON).moved == 2
        assert api.undo_solve(made.db, made.bus, made.planner, solve.id, now=SOON).moved == 2

    assert made.session(MODELS_1).placed == at(1.5)


def test_applied_twice_it_moves_nothing_more_and_still_goes_back(gathering: Gathering) -> None:
    made = gathering
    solve = ended(made, FOUND)
    api.apply_solve(made.db, made.bus, made.planner, solve.id, now=SOON)

    again = api.apply_solve(made.db, made.bus, made.planner, solve.id, now=SOON)

    assert (again.moved, again.left) == (0, ())
    assert api.undo_solve(made.db, made.bus, made.planner, solve.id, now=SOON).moved == 2


def test_what_was_changed_since_does_not_go_back(gathering: Gathering) -> None:
    made = gathering
    solve = ended(made, FOUND)
    api.apply_solve(made.db, made.bus, made.planner, solve.id, now=SOON)
    made.place(MODELS_1, at(3))

    undone = api.undo_solve(made.db, made.bus, made.planner, solve.id, now=SOON)

    assert undone == api.Undone(1, (MODELS_1,))
    assert newest(made).stayed == (MODELS_1,)
    assert (made.session(MODELS_1).placed, made.session(MODELS_2).placed) == (at(3), None)


def test_nothing_goes_back_to_a_hall_that_is_used_no_more(gathering: Gathering) -> None:
    made = gathering
    made.place(MODELS_2, at(3, FAR))
    solve = ended(made, FOUND)
    api.apply_solve(made.db, made.bus, made.planner, solve.id, now=SOON)
    api.drop_hall(made.db, made.bus, made.planner, made.congress, FAR, now=SOON)

    assert api.undo_solve(made.db, made.bus, made.planner, solve.id, now=SOON).left == (MODELS_2,)


def test_what_was_never_applied_does_not_go_back(gathering: Gathering) -> None:
    made = gathering
    solve = ended(made, FOUND)

    with pytest.raises(SolveNotApplied):
        api.undo_solve(made.db, made.bus, made.planner, solve.id, now=SOON)


def test_one_that_runs_is_not_applied(gathering: Gathering) -> None:
    made = gathering
    solve = replace(started(made), cost=9, bound=1, places=FOUND)
    api.note_solve(made.db, solve, now=SOON)

    with pytest.raises(SolveRuns):
        api.apply_solve(made.db, made.bus, made.planner, solve.id, now=SOON)


def test_a_job_that_was_given_up_for_lost_changes_nothing_any_more(gathering: Gathering) -> None:
    made = gathering
    solve = replace(started(made), cost=9, bound=1, places=FOUND)
    api.note_solve(made.db, solve, now=SOON)
    api.end_lost_solves(made.db, now=SOON + timedelta(seconds=31))
    api.apply_solve(made.db, made.bus, made.planner, solve.id, now=SOON)

    api.end_solve(made.db, solve, SolveState.DONE, now=SOON)

    assert (newest(made).state, newest(made).applied) == (SolveState.FAILED, SOON)


def test_how_it_went_is_kept(gathering: Gathering) -> None:
    made = gathering
    solve = replace(
        started(made),
        cost=9,
        bound=1,
        explains=True,
        places=FOUND,
        course=(Step(0.5, None, 1), Step(2.0, 9, 1)),
        missed=(Shortfall("gap", 2, 45, 45),),
    )

    api.note_solve(made.db, solve, now=SOON)

    assert newest(made) == replace(solve, beat=SOON)


def test_a_search_is_of_its_congress(gathering: Gathering) -> None:
    made = gathering
    solve = begin(made)

    assert api.solve_of(made.db, made.planner, made.congress, solve.id) == solve
    other = api.add_congress(
        made.db,
        made.bus,
        made.planner,
        organizer=made.organizer.id,
        park=PARK,
        slug="another",
        title=Text("另一届", "Another"),
        first=FIRST,
        last=FIRST,
        now=NOW,
    )
    with pytest.raises(SolveUnknown):
        api.solve_of(made.db, made.planner, other.id, solve.id)


def test_a_release_goes_on_while_one_runs(gathering: Gathering) -> None:
    made = gathering
    solve = replace(started(made), cost=1, bound=1, places={PLENARY: at(0.5)})

    api.release(made.db, made.bus, made.planner, made.congress, name="v1", now=NOW)

    assert api.note_solve(made.db, solve, now=SOON)
    assert api.shown(made.db, made.visitor, made.congress).programme.sessions[0].placed == at(0)


def test_one_that_found_nothing_is_not_applied(gathering: Gathering) -> None:
    made = gathering
    solve = started(made)
    api.end_solve(made.db, solve, SolveState.IMPOSSIBLE, now=SOON)

    with pytest.raises(NothingFound):
        api.apply_solve(made.db, made.bus, made.planner, solve.id, now=SOON)


def test_one_that_waits_is_cancelled_at_once(gathering: Gathering) -> None:
    made = gathering
    new = begin(made)

    assert api.cancel_solve(made.db, made.planner, new.id, now=SOON).state is SolveState.CANCELLED

    assert api.start_solve(made.db, new.id, now=SOON) is None
    assert begin(made).state is SolveState.WAITING


def test_one_that_runs_hears_that_it_is_to_end(gathering: Gathering) -> None:
    made = gathering
    solve = replace(started(made), cost=9, bound=1, places=FOUND)

    assert api.cancel_solve(made.db, made.planner, solve.id, now=SOON).stop
    assert not api.note_solve(made.db, solve, now=SOON)

    api.end_solve(made.db, solve, SolveState.CANCELLED, now=SOON)
    assert newest(made).places == FOUND
    assert api.apply_solve(made.db, made.bus, made.planner, solve.id, now=SOON).moved == 2


def test_cancelling_what_has_ended_changes_nothing(gathering: Gathering) -> None:
    solve = ended(gathering, FOUND)

    assert api.cancel_solve(gathering.db, gathering.planner, solve.id, now=SOON) == solve


def test_one_whose_process_died_has_failed_and_keeps_what_it_found(gathering: Gathering) -> None:
    made = gathering
    before = made.draft()
    solve = replace(started(made), cost=9, bound=1, places=FOUND)
    api.note_solve(made.db, solve, now=SOON)

    assert api.end_lost_solves(made.db, now=SOON + timedelta(seconds=30)) == 0
    assert api.end_lost_solves(made.db, now=SOON + timedelta(seconds=31)) == 1

    assert (newest(made).state, newest(made).places) == (SolveState.FAILED, FOUND)
    assert made.draft() == before
    assert not api.note_solve(made.db, solve, now=SOON + timedelta(minutes=1))


def test_one_that_is_taken_up_again_has_failed(gathering: Gathering) -> None:
    solve = started(gathering)

    assert api.start_solve(gathering.db, solve.id, now=SOON) is None
    assert newest(gathering).state is SolveState.FAILED


def test_who_gives_a_forum_searches_nothing(gathering: Gathering) -> None:
    made = gathering
    api.release(made.db, made.bus, made.planner, made.congress, name="v1", now=NOW)
    solve = ended(made, FOUND)

    with pytest.raises(Refused):
        api.begin_solve(made.db, made.host, made.congress, seconds=5, now=NOW)
    with pytest.raises(Refused):
        api.apply_solve(made.db, made.bus, made.host, solve.id, now=NOW)
    with pytest.raises(Refused):
        api.undo_solve(made.db, made.bus, made.host, solve.id, now=NOW)
    with pytest.raises(Refused):
        api.cancel_solve(made.db, made.host, solve.id, now=NOW)


def test_no_search_is_unknown(gathering: Gathering) -> None:
    assert api.newest_solve(gathering.db, gathering.planner, gathering.congress) is None
