"""How warm a search is at which time: cooled once slowly, then warmed a little again and again.

The temperature follows the clock, not a count of proposals, so that the whole time is used
however fast the machine is. It says what a change may cost: at `COLD` nearly none is made that
makes anything worse.
"""

from shulian.congress.rules.curricula.instance import Instance

COLD = 0.13
"""To this a timetable is cooled each time."""
HOT, HOTTEST = 3.0, 15.0
"""Between them it begins to be cooled, ..."""
PER_CURRICULUM = 1.2
"""... the hotter, the more curricula a course is of: all of them may miss a neighbour at once."""
WARM = 0.25
"""The share of that to which it is warmed afterwards."""
FIRST = 0.55
"""The share of the time in which it is cooled at first."""
WARMINGS = 3
"""How often it is warmed in the rest."""


def hot(instance: Instance) -> float:
    """Where the timetable of an instance begins to be cooled."""
    held = sum(len(one.courses) for one in instance.curricula)
    return min(max(HOT, PER_CURRICULUM * held / max(len(instance.courses), 1)), HOTTEST)


def warming(share: float) -> int:
    """How often it was warmed when this share of the time is over; 0: not yet."""
    if share < FIRST:
        return 0
    return 1 + min(int((share - FIRST) / (1 - FIRST) * WARMINGS), WARMINGS - 1)


def temperature(share: float, hot: float) -> float:
    """When this share of the time is over, from 0 to 1, begun at `hot`."""
    times, warm = warming(share), WARM * hot
    if times == 0:
        return hot * (COLD / hot) ** (share / FIRST)
    length = (1 - FIRST) / WARMINGS
    passed = (share - FIRST - (times - 1) * length) / length
    return warm * (COLD / warm) ** min(max(passed, 0.0), 1.0)
