"""The words of Shulian: both languages complete, every key used, every failure explained."""

import pkgutil
import re
from importlib import import_module
from pathlib import Path

import shulian
from shulian.app.features import catalogue
from shulian.kit.errors import Failure
from shulian.kit.text import Language

ROOT = Path(__file__).parents[2]
SOURCES = [
    path
    for pattern in ("src/shulian/**/*.py", "src/shulian/**/*.html", "client/src/**/*.ts")
    for path in ROOT.glob(pattern)
    if ".test." not in path.name
]
KEY = re.compile(r"""["'`]([a-z][a-z0-9_]*(?:\.[a-z0-9_-]+)+)["'`]""")
OPEN_ENDED = re.compile(r"""["'`{]?([a-z][a-z0-9_.]*\.)(?:["'`]\s*[~+]|\$\{|\{)""")
PLACEHOLDER = re.compile(r"\{([a-z_]+)[^}]*\}")


def test_both_languages_have_the_same_keys() -> None:
    words = catalogue().words

    assert set(words[Language.ZH]) == set(words[Language.EN])


def test_no_word_is_empty() -> None:
    empty = [key for words in catalogue().words.values() for key, text in words.items() if not text]

    assert empty == []


def test_both_languages_have_the_same_placeholders() -> None:
    words = catalogue().words
    different = [
        key
        for key in words[Language.ZH]
        if set(PLACEHOLDER.findall(words[Language.ZH][key]))
        != set(PLACEHOLDER.findall(words[Language.EN].get(key, "")))
    ]

    assert different == []


def test_every_failure_has_words() -> None:
    for module in pkgutil.walk_packages(shulian.__path__, "shulian."):
        if not module.name.endswith(("__main__", "kit.launch")):
            import_module(module.name)
    words = catalogue().words[Language.EN]
    mute = sorted({f"error.{kind.code}" for kind in _below(Failure)} - set(words))

    assert mute == []


def test_every_key_is_used() -> None:
    text = "\n".join(path.read_text() for path in SOURCES)
    named = set(KEY.findall(text))
    openings = tuple({*OPEN_ENDED.findall(text), "error.", "problem."})
    idle = sorted(
        key
        for key in catalogue().words[Language.EN]
        if key not in named and not key.startswith(openings)
    )

    assert idle == []


def test_chinese_sentences_use_chinese_punctuation() -> None:
    slips = [
        key
        for key, text in catalogue().words[Language.ZH].items()
        if re.search(r"[\u4e00-\u9fff][,;!?](?:\s|$)", text)
    ]

    assert slips == []


def _below(kind: type[Failure]) -> list[type[Failure]]:
    return [kind, *(deeper for one in kind.__subclasses__() for deeper in _below(one))]
