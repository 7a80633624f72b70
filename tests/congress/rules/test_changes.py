"""What becomes public of a draft, and what a release changes."""

from dataclasses import replace

import pytest
from tests.congress.gatherings import (
    ANN,
    DAYS,
    MODELS_2,
    PLENARY,
    SESSIONS,
    SILICON_1,
    SMALL,
    SPEAKERS,
    at,
)
from tests.congress.rules.test_conflicts import changed, programme

from shulian.congress.rules.changes import changes, public
from shulian.congress.types import Change, ChangeKind, Minutes, Programme
from shulian.kit.text import Text

NAMES = {one.id: one.title for one in SESSIONS}


def told(before: Programme, after: Programme) -> list[tuple[ChangeKind, object]]:
    return [(one.kind, one.session) for one in changes(public(before), public(after))]


def test_the_first_release_changes_nothing() -> None:
    assert changes(None, public(programme())) == ()


def test_the_same_again_changes_nothing() -> None:
    assert changes(public(programme()), public(programme())) == ()


def test_what_is_not_placed_is_not_public() -> None:
    shown = public(programme(silicon=None, models_1=None))

    assert [one.id for one in shown.sessions] == [PLENARY]
    assert [one.title.en for one in shown.forums] == ["Opening"]
    assert (shown.themes, shown.speakers) == ((), SPEAKERS[:1])


def test_what_is_said_in_confidence_is_not_public() -> None:
    ann = replace(SPEAKERS[0], available=DAYS, wished=DAYS)
    draft = changed(programme(), PLENARY, pinned=True, version=7)
    draft = replace(
        draft,
        speakers=(ann, SPEAKERS[1]),
        congress=replace(draft.congress, version=9),
    )

    assert public(draft) == public(programme())


def test_a_session_that_is_new_or_gone() -> None:
    before, after = programme(), programme(models_2=at(25), silicon=None)

    assert changes(public(before), public(after)) == (
        Change(ChangeKind.NEW, MODELS_2, NAMES[MODELS_2], None, at(25)),
        Change(ChangeKind.GONE, SILICON_1, NAMES[SILICON_1], at(4, SMALL), None),
    )


@pytest.mark.parametrize(
    ("where", "kind"),
    [
        (at(5, SMALL), ChangeKind.MOVED),
        (at(5), ChangeKind.MOVED),
        (at(4), ChangeKind.HALL),
    ],
)
def test_a_session_that_is_elsewhere(where: object, kind: ChangeKind) -> None:
    after = changed(programme(), SILICON_1, placed=where)

    assert told(programme(), after) == [(kind, SILICON_1)]


def test_a_session_that_lasts_longer_has_moved() -> None:
    after = changed(programme(), SILICON_1, minutes=Minutes(90))

    assert told(programme(), after) == [(ChangeKind.MOVED, SILICON_1)]


@pytest.mark.parametrize(
    "fields",
    [
        {"title": Text("另一题", "Another title")},
        {"about": Text("更多", "More")},
        {"speakers": ()},
        {"link": "https://park.example/live"},
    ],
)
def test_a_session_that_is_told_otherwise(fields: dict[str, object]) -> None:
    after = changed(programme(), SILICON_1, **fields)

    assert told(programme(), after) == [(ChangeKind.WORDS, SILICON_1)]


def test_a_speaker_who_is_called_otherwise() -> None:
    other = replace(SPEAKERS[0], name=Text("安样例", "Ann Example"))
    after = replace(programme(), speakers=(other, SPEAKERS[1]))

    assert told(programme(), after) == [
        (ChangeKind.WORDS, one.id) for one in SESSIONS if ANN in one.everyone
    ]


def test_what_nobody_reads_of_is_no_change() -> None:
    after = changed(programme(), SILICON_1, attendance=20, pinned=True)

    assert told(programme(), after) == []
