"""Texts fall back to the other language rather than to nothing."""

import pytest

from shulian.kit.text import Language, Text


@pytest.mark.parametrize(
    ("text", "language", "said"),
    [
        (Text("园区", "Park"), Language.ZH, "园区"),
        (Text("园区", "Park"), Language.EN, "Park"),
        (Text("园区"), Language.EN, "园区"),
        (Text(en="Park"), Language.ZH, "Park"),
        (Text(), Language.ZH, ""),
    ],
)
def test_says_its_words_in_a_language(text: Text, language: Language, said: str) -> None:
    assert text.into(language) == said


def test_an_empty_text_is_false() -> None:
    assert [bool(Text()), bool(Text("园")), bool(Text(en="p"))] == [False, True, True]
