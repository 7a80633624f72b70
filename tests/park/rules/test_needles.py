"""Names become needles, and questions patterns over them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shulian.kit.text import Text
from shulian.park.rules.needles import needle, pattern, phrases


@pytest.mark.parametrize(
    ("name", "made"),
    [
        (Text("多功能厅1东", "Hall 1 East"), "| 多 功 能 厅 1 东 | hall 1 east |"),
        (Text("A座", ""), "| a 座 |  |"),
        (Text("", "Multi-function  HALL"), "|  | multi function hall |"),
        (Text("Ｂ１层", "B1"), "| b1 层 | b1 |"),
        (Text("𠮷祥", "Café ẞ"), "| 𠮷 祥 | café ss |"),
        (Text("a|b%_c", ""), "| a b _c |  |"),
    ],
)
def test_a_name_becomes_a_needle(name: Text, made: str) -> None:
    assert needle(name) == made


@pytest.mark.parametrize(
    ("query", "parts"),
    [
        ("多功能厅", ("多 功 能 厅",)),
        ("east  HALL", ("east", "hall")),
        ("hall hall", ("hall",)),
        ("御桥3", ("御 桥 3",)),
        ("", ()),
        ("!? 。，", ()),
        ("multi-function", ("multi function",)),
    ],
)
def test_a_question_becomes_phrases(query: str, parts: tuple[str, ...]) -> None:
    assert phrases(query) == parts


def test_a_pattern_says_nothing_but_its_phrase() -> None:
    assert pattern("50%_\\") == "% 50\\%\\_\\\\%"


@given(st.text(max_size=20), st.text(max_size=20))
def test_a_whole_name_is_always_found_by_itself(zh: str, en: str) -> None:
    made = needle(Text(zh, en))

    assert all(f" {phrase}" in made for phrase in (*phrases(zh), *phrases(en)))
