"""Fitting a stair into a rectangle: risers, treads and landings.

    ┌────────┬───────────────┬─────────┐          ┌────────┬───────────────────┬──────┐
    │        │ ◀── run 2 ──  │         │          │        │                   │      │
    │  near  ├───────────────┤ landing │          │  near  │  ── one run ──▶   │ rest │
    │        │  ── run 1 ──▶ │         │          │        │                   │      │
    └────────┴───────────────┴─────────┘          └────────┴───────────────────┴──────┘
    0      near                     length        0      near                       length

One enters from the near side. Two runs come back to it a storey higher; one run leaves at the rest.
"""

from dataclasses import dataclass, replace
from math import ceil

RISER = 0.18
"""The highest step that is comfortable [m]."""
GOING = 0.26
"""The shortest tread that is comfortable [m]; where there is room a tread has `WIDE`."""
WIDE = 0.28
STEEPEST = 0.3
"""The highest step at all [m]."""
GAP = 0.1
"""Between two runs [m]."""

_NARROW = 0.7
"""The narrowest run [m]."""
_LANDINGS = (1.2, 0.9, 0.7)
"""Depths of landings [m] from good to the least."""
_SHORTEST = 0.08
"""The shortest tread that is still a step, not a ladder [m]."""


@dataclass(frozen=True, slots=True)
class Flight:
    """A stair from one floor to the next."""

    runs: int
    """1 or 2."""
    near: float
    """Depth of the floor before it [m]."""
    treads: int
    """Steps of each run, without the floor or landing it ends at."""
    going: float
    """Depth of a step [m]."""
    riser: float
    """Height of a step [m]."""
    base: float
    """The floor it begins at [m]."""

    @property
    def far(self) -> float:
        """Where its runs end, from the near side of the rectangle [m]."""
        return self.near + self.treads * self.going

    @property
    def comfort(self) -> float:
        """1 for a comfortable stair, less the steeper it is."""
        return min(1.0, RISER / self.riser) * min(1.0, self.going / GOING)


def fit(runs: int, length: float, width: float, base: float, upper: float) -> Flight | None:
    """The most comfortable stair of one or two runs that a rectangle holds; none if none fits.

    length  [m]  of the rectangle, away from its near side; `width` across
    base    [m]  the floor it begins at, `upper` the one it leads to
    """
    if (width - (runs - 1) * GAP) / runs < _NARROW:
        return None
    fitted = [_with_landings(runs, length, base, upper, depth) for depth in _LANDINGS]
    found = [flight for flight in fitted if flight]
    return max(found, key=lambda flight: flight.comfort, default=None)


def _with_landings(
    runs: int, length: float, base: float, upper: float, depth: float
) -> Flight | None:
    room, rise = length - 2 * depth, upper - base
    if room < 0:
        return None
    most = max(runs * ceil(rise / RISER / runs - 1e-9), runs)
    least = max(runs * ceil(rise / STEEPEST / runs - 1e-9), runs)
    for risers in range(most, least - 1, -runs):
        treads = risers // runs - 1
        going = min(room / treads, WIDE) if treads else WIDE
        if going >= (GOING if risers > least else _SHORTEST):
            near = length - depth - treads * going
            return Flight(runs, near, treads, going, rise / risers, base)
    return None


def moved(flight: Flight, near: float) -> Flight:
    """The same stair with its first step at another depth [m]."""
    return replace(flight, near=near)
