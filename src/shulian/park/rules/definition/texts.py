"""Ids, names and links of a definition: plain words, or the failure they are."""

import re
import unicodedata

from shulian.kit.text import Text
from shulian.park.errors import DefinitionIdWrong, DefinitionLinkWrong, DefinitionTextUnsafe
from shulian.park.rules import plans
from shulian.park.rules.definition.schema import Words
from shulian.park.rules.definition.sources import Where
from shulian.park.types import SpaceId

_ID = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._:-]{0,119}")
_MARKUP = re.compile(r"<[A-Za-z/!?][^<]{0,20}")
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that reverse the direction of what follows."""


def identify(own: str, parent: str, where: Where) -> SpaceId:
    """The id of an entry; one that begins with a hyphen is appended to its parent's."""
    full = parent + own if own.startswith("-") else own
    if not _ID.fullmatch(full):
        raise where.of("id").fault(DefinitionIdWrong, id=repr(full[:60])[1:-1])
    return SpaceId(full)


def name(words: Words | None, where: Where) -> Text:
    """A name in both languages; no words are an empty one."""
    return _text(words, where, plans.LONGEST_NAME, breaks=False)


def about(words: Words | None, where: Where) -> Text:
    """A text in both languages, which may have several lines."""
    return _text(words, where, plans.LONGEST_TEXT, breaks=True)


def link(address: str | None, where: Where) -> str | None:
    """A web address as it stands."""
    if address is not None and not plans.is_link(address):
        raise where.of("link").fault(DefinitionLinkWrong, link=repr(address[:60])[1:-1])
    return address


def _text(words: Words | None, where: Where, longest: int, *, breaks: bool) -> Text:
    if words is None:
        return Text()
    for language, said in (("zh", words.zh), ("en", words.en)):
        unfit = next((c for c in said.strip() if _is_unfit(c, breaks=breaks)), None)
        markup = _MARKUP.search(said)
        if unfit is not None or markup or len(said) > longest:
            found = f"U+{ord(unfit):04X}" if unfit else markup[0] if markup else f"> {longest}"
            raise where.of(language).fault(DefinitionTextUnsafe, found=found)
    return Text(words.zh.strip(), words.en.strip())


def _is_unfit(character: str, *, breaks: bool) -> bool:
    if character == "\n":
        return not breaks
    return character in _TURNING or unicodedata.category(character) in {"Cc", "Cs"}
