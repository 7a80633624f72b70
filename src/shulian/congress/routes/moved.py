"""What somebody else made of a thing meanwhile, beside what one typed oneself."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import TypeVar

from shulian.congress.errors import DraftMoved
from shulian.congress.routes.forms import Typed, one, whole
from shulian.congress.routes.parts import say
from shulian.congress.types import Forum, Session, Speaker
from shulian.kit.errors import Failure, Invalid
from shulian.kit.http.edge import AnyRequest

_It = TypeVar("_It", Forum, Session, Speaker)
_SIDES = ("_zh", "_en")

Row = Mapping[str, str]
"""The fields of a row of a form, such as of a talk."""


def as_it_is(before: _It | None, failure: Failure | None) -> _It | None:
    """What one would change as it is now, where somebody else was quicker."""
    if before is None or not isinstance(failure, DraftMoved):
        return before
    return failure.now


def seen(now: _It | None, failure: Failure | None, typed: Typed | None) -> int:
    """The version that a form goes out with: that of what one was shown, whatever it is now."""
    if typed is not None and not isinstance(failure, DraftMoved):
        with suppress(Invalid):
            return whole(typed, "version")
    return now.version if now else 0


def meanwhile(
    request: AnyRequest,
    failure: Failure | None,
    typed: Typed | None,
    now: Mapping[str, str],
    labels: Mapping[str, str],
    choices: Mapping[str, Sequence[tuple[str, str]]],
) -> list[tuple[str, str]]:
    """What each field is now that one typed otherwise: its name, and its value in words."""
    if typed is None or not isinstance(failure, DraftMoved):
        return []
    return [
        (_label(request, name, key), dict(choices.get(name, ())).get(now[name], now[name]))
        for name, key in labels.items()
        if name in typed and one(typed, name).strip() != now[name].strip()
    ]


def rows_now(
    request: AnyRequest,
    failure: Failure | None,
    key: str,
    typed: Sequence[Row],
    now: Sequence[Row],
) -> list[tuple[str, str]]:
    """The same of a list of rows: all of it, a line each, where one of them is otherwise."""
    if not isinstance(failure, DraftMoved) or _lines(typed) == _lines(now):
        return []
    return [(say(request, key), "\n".join(_lines(now)))]


def _label(request: AnyRequest, name: str, key: str) -> str:
    side = name[-3:]
    return say(request, key) + (say(request, f"congress.desk.in{side}") if side in _SIDES else "")


def _lines(rows: Sequence[Row]) -> list[str]:
    """The rows that say anything; rows that are kept nowhere have an id no more than a name."""
    return [
        " · ".join(value for name, value in row.items() if name != "id" and value.strip())
        for row in rows
        if row.get("title_zh", row.get("name_zh", "")) or row.get("title_en", row.get("name_en"))
    ]
