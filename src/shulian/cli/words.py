"""What a failure says on the command line, in the language of the terminal."""

import os
from functools import cache

from shulian.app import features
from shulian.kit.errors import Failure
from shulian.kit.i18n import Catalogue
from shulian.kit.text import Language
from shulian.park.types import Notice


@cache
def catalogue() -> Catalogue:
    """The words of every feature, read once a command."""
    return features.catalogue()


def terminal_language() -> Language:
    """Chinese where the terminal's locale is Chinese, else English."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):  # noqa: TID251  # the terminal's locale is no setting
            return Language.ZH if value.startswith("zh") else Language.EN
    return Language.EN


def explain(failure: Failure) -> str:
    """One line that says what happened and what to do."""
    words = catalogue().explain(terminal_language(), failure)
    return " ".join(words.split())


def tell(notice: Notice) -> str:
    """One line about one feature; English says it with the measures, Chinese by its kind."""
    key = f"park.notice.{notice.code}"
    told = catalogue().words[Language.ZH].get(key)
    if terminal_language() is Language.EN or told is None:
        told = notice.words
    return told if told.startswith(notice.feature) else f"{notice.feature}: {told}"
