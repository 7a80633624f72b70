"""What people type or copy is brought into one form; what cannot be shown is not hidden in it."""

import pytest

from shulian.congress.rules.entries import tidy, title_fault
from shulian.kit.text import Text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  示例论坛 ", "示例论坛"),
        ("\u200cSample Forum\u200b", "Sample Forum"),
        ("\ufeff示例", "示例"),
        ("示例\u3000论坛\u00a0A", "示例 论坛 A"),
        ("So\u00adft", "Soft"),
        ("\u202eabc", "abc"),
        ("e\u0301", "é"),
        ("一\n二", "一\n二"),
    ],
    ids=["blanks", "no width", "mark of order", "wide", "hyphen", "turned", "apart", "lines"],
)
def test_blanks_are_one_kind_and_marks_that_nobody_sees_are_left_out(typed: str, kept: str) -> None:
    assert tidy(Text(typed, typed)) == Text(kept, kept)


def test_control_characters_stay_and_are_a_fault() -> None:
    assert title_fault(tidy(Text("a\x07b"))) == "congress.words_wrong"
