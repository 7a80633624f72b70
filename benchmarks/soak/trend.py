"""Whether a figure grows with time, and how far its readings lie from the line that says so."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Trend:
    """What time adds to a figure that the size of the crowd has a part in as well."""

    slope: float
    """A second, in a crowd of one size."""
    growth: float
    """From the first reading to the last."""
    spread: float
    """The standard deviation of the readings around the line."""
    grain: float = 0.0
    """In pieces of this size the figure moves at all."""

    @property
    def noise(self) -> bool:
        """Whether it cannot be told from standing still.

        The line rises by less than the readings scatter, or by less than one piece. Readings that
        follow one another are alike, so the usual error of a slope would be too small by far.
        """
        return abs(self.growth) <= max(2 * self.spread, self.grain)


def trend(
    seconds: Sequence[float], crowd: Sequence[float], values: Sequence[float], *, grain: float = 0.0
) -> Trend:
    """What `values` owe to time, read at `seconds` with a `crowd` of that size.

    Least squares over both at once: a crowd that happens to be larger in the last minutes is no
    growth, and one that happens to be smaller hides none.
    """
    times, found = np.asarray(seconds), np.asarray(values)
    causes = np.column_stack([times, np.asarray(crowd), np.ones_like(times)])
    parts = np.linalg.lstsq(causes, found)[0]
    slope, rest = float(parts[0]), found - causes @ parts
    return Trend(slope, float(slope * (times[-1] - times[0])), float(rest.std()), grain)
