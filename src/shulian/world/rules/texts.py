"""Words of people as others may safely read them: chat, titles, links.

The text travels plain, and whoever shows it makes links of web addresses; so what counts is that
nothing in it is invisible, turns the line around it, or piles up over the lines above.
"""

import re
import unicodedata

from shulian.world.errors import LinkWrong, WordsEmpty
from shulian.world.wire.messages import LONGEST_TEXT

MOST_LINES = 12
LONGEST_TITLE = 120
LONGEST_LINK = 500

_JOINERS = {"\u200c", "\u200d"}
"""Zero-width characters that have a meaning: Persian and emoji are written with them."""
_INVISIBLE = {"Cc", "Cf", "Cs", "Co"}
"""Control, format (among them those that turn the line), surrogate, private; what is not assigned
yet may be the next year's emoji."""
_MOST_MARKS = 3
"""So many combining marks in a row are writing, more are a pile."""
_BLANK_LINES = re.compile(r"\n{3,}")
_ADDRESS = re.compile(
    r"https?://(?P<host>[^\s/?#@:\\\[\]]+|\[[^\s/?#@\\\[\]]+\])(?::(?P<port>[0-9]{1,5}))?"
    r"(?:[/?#][^\s\\]*)?",
    re.IGNORECASE,
)
"""No name and password before the host, nothing that a browser would read as another host."""
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?")
_IP6 = re.compile(r"\[[0-9a-fA-F:.]+\]")
_LAST_PORT = 65535


def clean(text: str, *, longest: int = LONGEST_TEXT) -> str:
    """`text` without what nobody can see or what harms its surroundings; raises WordsEmpty."""
    normal = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    plain = _few_marks("".join(kept for letter in normal if (kept := _kept(letter))))
    lines = [line.strip() for line in plain.strip().split("\n")]
    joined = _BLANK_LINES.sub("\n\n", "\n".join(lines))
    shorter = "\n".join(joined.split("\n")[:MOST_LINES])[:longest].strip()
    if not any(_visible(letter) for letter in shorter):
        raise WordsEmpty
    return shorter


def clean_line(text: str, *, longest: int = LONGEST_TITLE) -> str:
    """The same as one line, such as a title or a name."""
    return " ".join(clean(text, longest=longest).split())


def clean_link(link: str) -> str:
    """The web address `link`; raises LinkWrong if it is none that is safe to open."""
    address = link.strip()
    parts = _ADDRESS.fullmatch(address)
    if parts is None or len(address) > LONGEST_LINK or not address.isprintable():
        raise LinkWrong
    host, port = parts["host"], parts["port"]
    if int(port or 0) > _LAST_PORT or not (_HOST.fullmatch(_ascii(host)) or _IP6.fullmatch(host)):
        raise LinkWrong
    return address


def _ascii(host: str) -> str:
    """A host as it is looked up; raises LinkWrong."""
    try:
        return (host if host.isascii() else host.encode("idna").decode()).lower()
    except UnicodeError as error:
        raise LinkWrong from error


def _kept(letter: str) -> str:
    """The letter, a space or a line end instead of it, or nothing."""
    if letter == "\n" or letter in _JOINERS:
        return letter
    category = unicodedata.category(letter)
    if letter == "\t" or category in {"Zs", "Zl", "Zp"}:
        return " "
    return "" if category in _INVISIBLE else letter


def _visible(letter: str) -> bool:
    category = unicodedata.category(letter)
    return category not in _INVISIBLE and category[0] not in {"Z", "M"}


def _few_marks(text: str) -> str:
    kept: list[str] = []
    row = 0
    for letter in text:
        row = row + 1 if unicodedata.combining(letter) else 0
        if row <= _MOST_MARKS:
            kept.append(letter)
    return "".join(kept)
