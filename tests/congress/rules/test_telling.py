"""How conflicts are told: every rule has its sentence, and every sentence its names."""

import re
from dataclasses import replace
from datetime import date

import pytest
from tests.congress.gatherings import (
    AI,
    ANN,
    BIG,
    FORUMS,
    HALLS,
    MODELS_1,
    PLENARY,
    SESSIONS,
    SPEAKERS,
    THEMES,
)

from shulian.app.features import catalogue
from shulian.congress.rules.telling import key_of, params_of
from shulian.congress.types import Conflict, Congress, CongressId, Level, Programme, Rule
from shulian.identity.types import OrganizationId
from shulian.kit.text import Language, Text
from shulian.park.types import SpaceId

DAY = date(2026, 12, 7)
CONGRESS = Congress(
    CongressId(AI), OrganizationId(AI), SpaceId("yq"), Text(), Text(), DAY, DAY, "UTC", "sample"
)
PROGRAMME = Programme(CONGRESS, THEMES, HALLS, FORUMS, SESSIONS, SPEAKERS)
CONFLICT = Conflict(
    Rule.TOO_FAR, Level.WARN, (PLENARY, MODELS_1), speaker=ANN, hall=BIG, needed=8, there=5
)


def test_a_conflict_names_all_that_it_knows() -> None:
    assert params_of(PROGRAMME, replace(CONFLICT, name=Text("示例大学"))) == {
        "session": Text("全体会议", "Plenary"),
        "other": Text("大模型（上）", "Models I"),
        "hall": Text("多功能厅1东", "Multi-function Hall 1 East"),
        "speaker": Text("安示例", "Ann Sample"),
        "organization": Text("示例大学"),
        "theme": Text(),
        "needed": 8,
        "there": 5,
    }


def test_a_hall_that_others_hold_has_words_of_its_own() -> None:
    ours = Conflict(Rule.HALL_TAKEN, Level.BLOCK, (PLENARY, MODELS_1))
    others = Conflict(Rule.HALL_TAKEN, Level.BLOCK, (PLENARY,))

    assert (key_of(ours), key_of(others)) == (
        "congress.conflict.hall_taken",
        "congress.conflict.hall_taken_by_others",
    )


@pytest.mark.parametrize("rule", Rule)
def test_every_rule_has_a_sentence_that_can_be_filled(rule: Rule) -> None:
    conflict = replace(CONFLICT, rule=rule)
    for language in Language:
        words = catalogue().words[language]

        named = set(re.findall(r"\{(\w+)\}", words[key_of(conflict)]))
        assert named <= set(params_of(PROGRAMME, conflict))
        assert words[f"congress.rule.{rule}"] != words[f"congress.rule_about.{rule}"]
