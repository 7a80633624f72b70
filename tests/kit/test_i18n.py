"""Catalogues answer in both languages; browsers are answered in the language they ask for."""

from pathlib import Path

import pytest

from shulian.kit.errors import Invalid, NotFound
from shulian.kit.i18n import Catalogue, preferred
from shulian.kit.text import Language, Text

WORDS = Catalogue(
    {
        Language.ZH: {
            "greet": "{name}，你好",
            "error.not_found": "找不到",
            "error.invalid": "有误。",
            "error.too_short": "至少 {least} 个字",
        },
        Language.EN: {
            "greet": "Hello {name}",
            "error.not_found": "Not there",
            "error.invalid": "Not right.",
            "error.too_short": "at least {least} characters",
        },
    }
)


def test_says_a_key_with_its_parameters() -> None:
    assert WORDS.text("greet", name="园丁") == Text("园丁，你好", "Hello 园丁")


def test_a_missing_parameter_stays_visible() -> None:
    assert WORDS.say(Language.EN, "greet") == "Hello {name}"


def test_a_key_nobody_wrote_answers_itself() -> None:
    assert WORDS.say(Language.EN, "no.such") == "no.such"


def test_parameters_are_not_templates() -> None:
    assert WORDS.say(Language.EN, "greet", name="{name.__class__}") == "Hello {name.__class__}"


def test_explains_a_failure() -> None:
    assert WORDS.explain(Language.ZH, NotFound()) == "找不到"


def test_explains_each_wrong_field() -> None:
    failure = Invalid(fields={"name": "too_short"}, least=2)

    assert WORDS.explain(Language.EN, failure) == "Not right. name: at least 2 characters"


def test_reads_the_catalogues_of_several_folders(tmp_path: Path) -> None:
    for folder, key in (("a", "a.one"), ("b", "b.two")):
        for file in ("zh_CN.po", "en.po"):
            (tmp_path / folder).mkdir(exist_ok=True)
            (tmp_path / folder / file).write_text(f'msgid "{key}"\nmsgstr "{file}"\n')

    words = Catalogue.read([tmp_path / "a", tmp_path / "b", tmp_path / "absent"])

    assert words.words == {
        Language.ZH: {"a.one": "zh_CN.po", "b.two": "zh_CN.po"},
        Language.EN: {"a.one": "en.po", "b.two": "en.po"},
    }


def test_gives_the_browser_only_its_share() -> None:
    assert WORDS.below(Language.EN, ("greet",)) == {"greet": "Hello {name}"}


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", Language.ZH),
        ("en-GB,en;q=0.9", Language.EN),
        ("zh-CN,zh;q=0.9,en;q=0.8", Language.ZH),
        ("en;q=0.5, zh-TW;q=0.7", Language.ZH),
        ("fr, de;q=0.9, en;q=0.1", Language.EN),
        ("fr", Language.ZH),
        ("en;q=0", Language.ZH),
        ("en;q=lots, zh;q=0.1", Language.ZH),
        (",;=,,", Language.ZH),
    ],
)
def test_answers_in_the_language_a_browser_prefers(header: str, language: Language) -> None:
    assert preferred(header) is language
