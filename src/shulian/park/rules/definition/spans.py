"""How storeys are counted: 1 is the ground storey, B1 the first below ground, 3-9 seven of them."""

import re

from shulian.kit.text import Text

MOST = 200
"""The highest storey, and the deepest."""

_ONE = re.compile(r"(B?)([1-9][0-9]{0,2})")
_DIGITS = "零一二三四五六七八九"


def orders(span: int | str) -> range | None:
    """The orders of the storeys that are meant, ground storey 0; none if that is no span."""
    ends = [_order(end) for end in str(span).split("-")]
    if None in ends or len(ends) > 2:  # noqa: PLR2004
        return None
    first, last = ends[0], ends[-1]
    if first is None or last is None or first > last:
        return None
    return range(first, last + 1)


def label(order: int) -> str:
    """A storey as it is counted: 1, 2 and on, or B1, B2 and on."""
    return str(order + 1) if order >= 0 else f"B{-order}"


def suffix(order: int) -> str:
    """What a storey's id ends with: f01, f02 and on, or b01, b02 and on."""
    return f"f{order + 1:02}" if order >= 0 else f"b{-order:02}"


def name(order: int) -> Text:
    """What a storey is called if nobody says: 一层, 1F."""
    if order >= 0:
        return Text(f"{numeral(order + 1)}层", f"{order + 1}F")
    return Text(f"地下{numeral(-order)}层", f"B{-order}")


def numeral(number: int) -> str:
    """A number from 1 to 999 as it is spoken: 十二, 二十, 一百零五."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    words = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        words += f"{_DIGITS[tens] if tens > 1 or hundreds else ''}十"
    elif hundreds and ones:
        words += "零"
    return words + (_DIGITS[ones] if ones else "")


def _order(words: str) -> int | None:
    found = _ONE.fullmatch(words.strip())
    if not found or int(found[2]) > MOST:
        return None
    return -int(found[2]) if found[1] else int(found[2]) - 1
