"""What a failure says on the command line, in the language of the terminal."""

import os

from shulian.app.features import catalogue
from shulian.kit.errors import Failure
from shulian.kit.text import Language


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
