"""Looks: what parts there are, and what somebody looks like who has not chosen."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shulian.world.rules.avatars.catalogue import MOST
from shulian.world.rules.looks import guest_look, look_faults
from shulian.world.types import Look, VisitorKey


@given(st.text(max_size=60))
def test_whoever_comes_has_a_look_that_there_is(key: str) -> None:
    assert look_faults(guest_look(VisitorKey(key))) == {}


def test_who_comes_back_looks_the_same() -> None:
    assert guest_look(VisitorKey("g-1")) == guest_look(VisitorKey("g-1"))
    assert guest_look(VisitorKey("g-1")) != guest_look(VisitorKey("g-2"))


@pytest.mark.parametrize("part", list(MOST))
def test_a_part_that_there_is_not_is_named(part: str) -> None:
    for value in (-1, MOST[part] + 1):
        assert look_faults(replace(Look(), **{part: value})) == {part: "world.look_part"}
