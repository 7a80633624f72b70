"""Pieces that all rows of congresses share: texts in both languages, times, several spans."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy.dialects.postgresql import Range
from sqlalchemy.dialects.postgresql.ranges import MultiRange

from shulian.booking.types import Span
from shulian.kit.text import Text


def said(prefix: str, text: Text) -> dict[str, object]:
    """The two columns of a text."""
    return {f"{prefix}_zh": text.zh, f"{prefix}_en": text.en}


def ranges(spans: Iterable[Span]) -> MultiRange[Any]:
    """Spans as the database keeps them: in order, and one where they touch."""
    return MultiRange(Range(one.start, one.end) for one in spans)


def spans(found: Iterable[Range[Any]]) -> tuple[Span, ...]:
    """What the database kept of spans."""
    return tuple(Span(one.lower, one.upper) for one in found)  # pyright: ignore[reportArgumentType]  # none of ours is open
