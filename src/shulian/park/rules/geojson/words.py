"""Names of features, cleaned and sorted into Chinese and English, and other words about them."""

import re
import unicodedata

from shulian.kit.text import Text
from shulian.park.rules.geojson.grammar import Tags, Value

LONGEST = 120
"""[character] a name may have."""

_JOINERS = frozenset("\u200c\u200d")
"""Invisible too, but some scripts cannot be written without them."""
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_BOTH = re.compile(r"(?P<zh>\S*?[\u3400-\u9fff][^A-Za-z]*?)\s+(?P<en>[A-Za-z][^\u3400-\u9fff]*)")
_WEB = re.compile(r"https?://[^\s\"'<>\\]{1,500}")


def said(value: Value) -> str:
    """A property as one lower-case word; empty where it is missing or `no`."""
    if value is None or value is False:
        return ""
    if value is True:
        return "yes"
    word = value.strip().lower() if isinstance(value, str) else str(value)[:LONGEST]
    return "" if word == "no" else word


def cleaned(words: str) -> str:
    """`words` in one line, without control characters and marks that reorder text, bounded.

    Markup stays what it is: characters of a name.
    """
    if words.isascii() and words.isprintable() and len(words) <= LONGEST:
        return words.strip()
    kept = (_visible(letter) for letter in unicodedata.normalize("NFC", words[: 8 * LONGEST]))
    line = " ".join("".join(kept).split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1].rstrip() + "…"


def _visible(letter: str) -> str:
    if letter in _JOINERS:
        return letter
    category = unicodedata.category(letter)
    if category in ("Cc", "Zl", "Zp"):
        return " "
    return "" if category in ("Cf", "Cs", "Co", "Cn") else letter


def name(tags: Tags) -> Text:
    """The name in both languages.

    `name` is in the language of the place: it counts as Chinese if it holds Han characters and
    as English otherwise; a name such as `望江饭店 River Hotel` is both.
    """
    local: Value = tags.name
    zh: Value = tags.name_zh or tags.name_hans
    en: Value = tags.name_en or tags.int_name
    if isinstance(tags.names, dict):
        local = local or tags.names.get("primary")
        common: Value = tags.names.get("common")
        if isinstance(common, dict):
            zh, en = zh or common.get("zh"), en or common.get("en")
    if local is None and zh is None and en is None:
        return NAMELESS
    both = Text(_line(zh), _line(en))
    here = _line(local)
    if not here or (both.zh and both.en):
        return both
    if split := _BOTH.fullmatch(here):
        return Text(both.zh or split["zh"].strip(), both.en or split["en"].strip())
    if _HAN.search(here):
        return Text(both.zh or here, both.en)
    return Text(both.zh, both.en or here)


NAMELESS = Text()


def _line(value: Value) -> str:
    if isinstance(value, str):
        return cleaned(value)
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def altered(tags: Tags) -> bool:
    """Whether a name had to lose characters."""
    return any(
        isinstance(value, str) and cleaned(value) != unicodedata.normalize("NFC", value).strip()
        for value in (tags.name, tags.name_zh, tags.name_en)
    )


def address(tags: Tags) -> Text:
    """The postal address, the way each language writes one."""
    if tags.housenumber is None and tags.addr_housenumber is None:
        return NAMELESS
    street = _line(tags.street or tags.addr_street)
    number = _line(tags.housenumber or tags.addr_housenumber)
    if not street or not number:
        return NAMELESS
    if _HAN.search(street):
        return Text(zh=f"{street}{number}号" if number.isdigit() else f"{street}{number}")
    return Text(en=f"{number} {street}")


def website(tags: Tags) -> str | None:
    """The web page about a feature, if it is one."""
    page = tags.website
    return page if isinstance(page, str) and _WEB.fullmatch(page) else None
