"""Whether what is said of a space, for now or for good, makes sense: faults as codes by field."""

from collections.abc import Callable, Mapping
from datetime import datetime
from math import isfinite

from shulian.kit.text import Text
from shulian.park.rules.overrides import LEVELS
from shulian.park.rules.plans import (
    LONGEST_NAME,
    LONGEST_TEXT,
    is_capacity,
    is_link,
    is_text,
)
from shulian.park.types import Field, FieldValue, Space, SpaceKind, SpaceStatus

LONGEST_WORDS = 200

_KINDS = frozenset(kind.value for kind in SpaceKind if kind not in LEVELS)
_STATUSES = frozenset(status.value for status in SpaceStatus)


def tidied(told: Mapping[Field, FieldValue]) -> dict[Field, FieldValue]:
    """`told` without blanks around texts; a link that is left empty is none."""
    clean = {
        field: value.strip() if isinstance(value, str) else value for field, value in told.items()
    }
    if clean.get(Field.LINK) == "":
        clean[Field.LINK] = None
    return clean


def edit_faults(space: Space, told: Mapping[Field, FieldValue]) -> dict[str, str]:
    """What is wrong with letting `space` say `told`."""
    wrong = {field.value: _FAULTS[field](value) for field, value in told.items()}
    kind = told.get(Field.KIND, space.kind.value)
    if kind != space.kind.value and (kind not in _KINDS or space.kind in LEVELS):
        wrong[Field.KIND.value] = "park.kind_fixed"
    return {field: code for field, code in wrong.items() if code}


def live_faults(
    words: Text, number: float | None, until: datetime | None, now: datetime
) -> dict[str, str]:
    """What is wrong with saying this of a space now."""
    wrong = {
        "words": not (is_text(words.zh, LONGEST_WORDS) and is_text(words.en, LONGEST_WORDS)),
        "number": number is not None and not isfinite(number),
        "until": until is not None and until <= now,
    }
    codes = {"words": "park.text_wrong", "number": "park.number_wrong", "until": "park.until_past"}
    return {field: codes[field] for field, is_wrong in wrong.items() if is_wrong}


def _name(value: FieldValue) -> str:
    return "" if isinstance(value, str) and is_text(value, LONGEST_NAME) else "park.text_wrong"


def _about(value: FieldValue) -> str:
    return "" if isinstance(value, str) and is_text(value, LONGEST_TEXT) else "park.text_wrong"


def _kind(value: FieldValue) -> str:
    return "" if isinstance(value, str) and value in set(SpaceKind) else "park.kind_unknown"


def _status(value: FieldValue) -> str:
    return "" if value in _STATUSES else "park.status_unknown"


def _capacity(value: FieldValue) -> str:
    fits = value is None or (isinstance(value, int) and is_capacity(value))
    return "" if fits else "park.capacity_wrong"


def _link(value: FieldValue) -> str:
    fits = value is None or (isinstance(value, str) and is_link(value))
    return "" if fits else "park.link_wrong"


_FAULTS: Mapping[Field, Callable[[FieldValue], str]] = {
    Field.NAME_ZH: _name,
    Field.NAME_EN: _name,
    Field.ABOUT_ZH: _about,
    Field.ABOUT_EN: _about,
    Field.KIND: _kind,
    Field.CAPACITY: _capacity,
    Field.STATUS: _status,
    Field.LINK: _link,
}
