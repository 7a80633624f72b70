"""What a search tells the job that started it: a line of JSON each time it is further."""

import msgspec

from shulian.congress.types import Reason

LONGEST_EXPLAINING = 20.0
"""[s] that are given to reasons, after the time of the search itself."""


class Line(msgspec.Struct, frozen=True, omit_defaults=True):
    """How far a search is; the last one says how it ended."""

    cost: int | None
    """Of the best so far, which stands in the file of solutions; none: there is none."""
    bound: int
    """Nothing costs less."""
    status: str = ""
    """How it ended, as `rules.timetable.solve.Status` names it; empty: it goes on."""
    seconds: float = 0.0
    """Since it began to search."""
    explains: bool = False
    """Whether it has found nothing, and looks for the reasons."""
    reasons: tuple[Reason, ...] = ()
    """Why there is no timetable; none: there is one, or nobody knows."""
