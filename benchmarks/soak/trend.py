"""Whether a figure grows: a line through its readings, and how far they lie from it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Trend:
    """A line through readings."""

    slope: float
    """A second."""
    growth: float
    """From the first reading to the last."""
    spread: float
    """The standard deviation of the readings around the line."""

    @property
    def noise(self) -> bool:
        """Whether it cannot be told from standing still: the line rises by less than they scatter.

        Readings that follow one another are alike, so the usual error of a slope would be too small
        by far.
        """
        return abs(self.growth) <= 2 * self.spread


def trend(seconds: Sequence[float], values: Sequence[float]) -> Trend:
    """The line through `values`, read at `seconds`."""
    times, found = np.asarray(seconds), np.asarray(values)
    slope, start = np.polyfit(times, found, 1)
    rest = found - (slope * times + start)
    return Trend(float(slope), float(slope * (times[-1] - times[0])), float(rest.std()))
