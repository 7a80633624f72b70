"""What became of sessions over all releases."""

from datetime import timedelta
from uuid import UUID

from tests.congress.gatherings import MODELS_1, NOW, PLENARY, SILICON_1, at

from shulian.congress.rules.history import Step, latest, of_session
from shulian.congress.types import Change, ChangeKind, CongressId, Release, ReleaseId, SessionId
from shulian.kit.text import Text


def release(number: int, *changes: Change) -> Release:
    """A release a day after the one before."""
    return Release(
        ReleaseId(UUID(int=number)),
        CongressId(UUID(int=1)),
        number,
        f"v{number}",
        Text(),
        NOW + timedelta(days=number),
        None,
        changes,
    )


def change(kind: ChangeKind, session: SessionId) -> Change:
    """A change of a session."""
    return Change(kind, session, Text("示例"), at(0), at(1))


MOVED, AGAIN = change(ChangeKind.MOVED, PLENARY), change(ChangeKind.HALL, PLENARY)
GONE = change(ChangeKind.GONE, MODELS_1)
RELEASES = (release(3, AGAIN), release(2, MOVED, GONE), release(1))


def test_the_last_change_of_each_session_counts() -> None:
    assert latest(RELEASES) == {
        PLENARY: Step(RELEASES[0], AGAIN),
        MODELS_1: Step(RELEASES[1], GONE),
    }
    assert {which: step.sequence for which, step in latest(RELEASES).items()} == {
        PLENARY: 3,
        MODELS_1: 2,
    }


def test_all_changes_of_a_session_the_newest_first() -> None:
    assert of_session(RELEASES, PLENARY) == (Step(RELEASES[0], AGAIN), Step(RELEASES[1], MOVED))
    assert of_session(RELEASES, SILICON_1) == ()
