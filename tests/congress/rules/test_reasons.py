"""Why no timetable was found: what is kept of an explanation, and what it names."""

import re
from dataclasses import replace
from uuid import UUID

import pytest
from tests.congress.gatherings import AI, ANN, BIG, HALLS, MODELS_1, SESSIONS, SILICON_1, hours
from tests.congress.rules.test_searches import PROGRAMME

from shulian.app.features import catalogue
from shulian.congress.rules.reasons import MOST_NAMED, Named, named, of_explanation
from shulian.congress.rules.timetable.explain import Ask, Explanation
from shulian.congress.rules.timetable.problem import Demand
from shulian.congress.types import Reason
from shulian.kit.text import Language, Text

HARD = (
    *(Demand.PLACED, Demand.PINNED, Demand.OUTSIDE, Demand.HALL_TAKEN, Demand.HALL_CLOSED),
    *(Demand.TOO_SMALL, Demand.SPEAKER_TWICE, Demand.SPEAKER_AWAY, Demand.THEME_CLASH),
    *(Demand.ORGANIZER_TWICE, Demand.TOO_FAR, Demand.NOT_ALONE),
)
"""What may not be missed where a congress is timetabled."""


def test_what_clashes_comes_before_what_to_do_without() -> None:
    found = Explanation(
        clash=(
            Ask(Demand.HALL_CLOSED, BIG),
            Ask(Demand.PLACED, str(MODELS_1)),
            Ask(Demand.PLACED, str(SILICON_1)),
        ),
        minimal=True,
        relax=(Ask(Demand.HALL_CLOSED, BIG),),
        cheapest=False,
    )

    assert of_explanation(found) == (
        Reason("placed", (MODELS_1, SILICON_1), proven=True),
        Reason("hall_closed", about=BIG, proven=True),
        Reason("hall_closed", about=BIG, relax=True),
    )


def test_a_whole_congress_is_no_reason_that_helps() -> None:
    asks = tuple(Ask(Demand.PLACED, str(UUID(int=one))) for one in range(MOST_NAMED + 1))

    (found,) = of_explanation(Explanation(asks, minimal=False, relax=(), cheapest=False))

    assert (len(found.sessions), found.proven) == (MOST_NAMED, False)


def test_a_session_is_named_with_its_page() -> None:
    found = named(PROGRAMME, Reason("placed", (MODELS_1,)))

    assert found == Named(SESSIONS[1].title, (SESSIONS[1],), f"/sessions/{MODELS_1}")


def test_a_hall_is_named_with_its_hours() -> None:
    found = named(PROGRAMME, Reason("hall_closed", about=BIG))

    assert found == Named(HALLS[0].name, (), f"/halls/{BIG}", HALLS[0].hours)


def test_a_speaker_is_named_with_when_they_can_be_there() -> None:
    ann = replace(PROGRAMME.speakers[0], available=(hours(0, 2),))

    found = named(replace(PROGRAMME, speakers=(ann,)), Reason("speaker_away", about=str(ANN)))

    assert found == Named(ann.name, (), f"/speakers/{ANN}", (hours(0, 2),))


@pytest.mark.parametrize(
    ("demand", "about", "name"),
    [
        ("theme_clash", str(AI), Text("人工智能", "AI")),
        ("organizer_twice", "示例大学", Text("示例大学", "Sample University")),
        ("organizer_twice", "nobody", Text("nobody", "nobody")),
    ],
)
def test_a_theme_and_an_organization_are_changed_by_the_rules(
    demand: str, about: str, name: Text
) -> None:
    assert named(PROGRAMME, Reason(demand, about=about)) == Named(name, (), "/rules")


def test_what_is_no_more_is_told_as_far_as_can_be() -> None:
    empty = replace(PROGRAMME, sessions=(), halls=(), speakers=())

    assert named(empty, Reason("placed", (MODELS_1,))) == Named(Text(), (), "")
    assert named(empty, Reason("hall_closed", about=BIG)) == Named(Text(BIG, BIG), (), "/halls")
    assert named(empty, Reason("too_far", about=str(ANN))) == Named(Text(), (), "/speakers")


@pytest.mark.parametrize("demand", HARD)
@pytest.mark.parametrize("kind", ["reason", "without"])
def test_every_hard_demand_has_its_sentences(kind: str, demand: Demand) -> None:
    for language in Language:
        words = catalogue().words[language][f"congress.search.{kind}.{demand}"]

        assert re.findall(r"\{(\w+)\}", words) == ["name"]
