"""What a search looks through, and how a question becomes patterns over it.

A needle is `| name | other name |`: lower case, one space between words, and every Chinese
character a word of its own. Trigrams pad words with blanks, so a query of one or two characters
finds its way through the same index as a long one.
"""

import re
import unicodedata

from shulian.kit.text import Text

_IDEOGRAPH = re.compile(
    r"([\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])"
)
_BETWEEN = re.compile(r"[^\w]+")


def needle(name: Text) -> str:
    """What a search for a space named `name` looks through."""
    return f"| {_words(name.zh)} | {_words(name.en)} |"


def phrases(query: str) -> tuple[str, ...]:
    """The parts of a query that a needle must all hold; none if it holds no word."""
    parts = (_words(part) for part in query.split())
    return tuple(dict.fromkeys(part for part in parts if part))


def pattern(phrase: str) -> str:
    """The LIKE pattern of needles that hold `phrase` from the beginning of a word on."""
    escaped = phrase.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"% {escaped}%"


def _words(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(_BETWEEN.sub(" ", _IDEOGRAPH.sub(r" \1 ", plain)).split())
