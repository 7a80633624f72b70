"""Everything that can be wrong is said in both languages."""

import pytest

from shulian.app.features import catalogue
from shulian.kit.text import Language
from shulian.park.rules.storeys.trouble import WORDS


@pytest.mark.parametrize("language", list(Language))
def test_every_trouble_has_words(language: Language) -> None:
    known = catalogue().words[language]

    assert [code for code in WORDS if f"park.notice.{code}" not in known] == []
