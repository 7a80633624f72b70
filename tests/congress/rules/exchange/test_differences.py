"""What a programme from elsewhere changes of the sessions of a draft."""

from dataclasses import replace

from tests.congress.gatherings import MODELS_1, PLENARY, SESSIONS, SILICON_1, SMALL, at

from shulian.congress.rules.exchange.differences import Coming, Difference, differences
from shulian.congress.types import Minutes
from shulian.kit.text import Text

PLENARY_, MODELS, SILICON, LATER = SESSIONS


def test_what_is_as_it_is_makes_no_difference() -> None:
    assert differences(SESSIONS, reversed(SESSIONS)) == ()


def test_what_is_new_is_changed_and_stays_is_told_in_turn() -> None:
    moved = replace(MODELS, placed=at(3), minutes=Minutes(60))
    unplaced = replace(SILICON, placed=None, title=Text("硅谷", "Silicon"))

    found = differences((MODELS, SILICON, LATER), (PLENARY_, moved, unplaced))

    assert found == (
        Difference(Coming.NEW, PLENARY, PLENARY_.title, None, at(0)),
        Difference(Coming.CHANGED, MODELS_1, MODELS.title, at(1.5), at(3), ("start", "minutes")),
        Difference(
            Coming.CHANGED,
            SILICON_1,
            Text("硅谷", "Silicon"),
            at(4, SMALL),
            None,
            ("title", "start", "hall"),
        ),
        Difference(Coming.STAYS, LATER.id, LATER.title),
    )


def test_another_version_alone_is_no_difference() -> None:
    assert differences((MODELS,), (replace(MODELS, version=7),)) == ()
