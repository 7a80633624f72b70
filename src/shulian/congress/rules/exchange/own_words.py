"""A programme in our own words, which go beside what a format can say, so that nothing is lost."""

import json
from typing import Any

import msgspec

from shulian.congress.errors import ExchangeUnreadable
from shulian.congress.rules.exchange.views import Telling
from shulian.congress.types import Programme
from shulian.kit.text import Language, Text
from shulian.park.types import SpaceId

VERSION = 1
"""Of the words; those of another version are not read."""
NAME = "shulian"
"""Under which they stand in a file."""


class OwnWords(msgspec.Struct, frozen=True):
    """A programme, and how what stands around it was told."""

    version: int
    language: Language
    venues: dict[SpaceId, Text]
    programme: Programme

    @property
    def telling(self) -> Telling:
        """How what stands around it was told."""
        return Telling(self.language, self.venues)


class _Version(msgspec.Struct):
    version: int = 0


def tree(programme: Programme, telling: Telling) -> Any:  # JSON
    """A programme as JSON knows it."""
    words = OwnWords(VERSION, telling.language, dict(telling.venues), programme)
    return msgspec.to_builtins(words)


def text(programme: Programme, telling: Telling) -> str:
    """The same as one line of ASCII without `>`.

    It may stand in a processing instruction, where no program that writes the file in another
    encoding could escape a letter.
    """
    told = json.dumps(tree(programme, telling), separators=(",", ":"))
    return told.replace(">", "\\u003e").replace("\x7f", "\\u007f")


def from_text(told: str, form: str) -> OwnWords | None:
    """What such a line says; none: it is of another version."""
    try:
        return from_tree(json.loads(told), form)
    except (ValueError, RecursionError) as error:
        raise ExchangeUnreadable(format=form, where=NAME) from error


def from_tree(told: Any, form: str) -> OwnWords | None:  # JSON
    """What such a tree says; none: it is of another version."""
    try:
        if msgspec.convert(told, _Version).version != VERSION:
            return None
        return msgspec.convert(told, OwnWords)
    except (msgspec.ValidationError, RecursionError) as error:
        raise ExchangeUnreadable(format=form, where=NAME) from error
