"""How warm a search is at which time: cooled once slowly, then warmed a little again and again.

The temperature follows the clock, not a count of proposals, so that the whole time is used
however fast the machine is. It says what a change may cost: at `COLD` nearly none is made that
makes anything worse.
"""

HOT, COLD = 1.5, 0.14
"""Between them a timetable is cooled at first."""
WARM = 0.45
"""To this it is warmed afterwards."""
FIRST = 0.6
"""The share of the time in which it is cooled at first."""
WARMINGS = 4
"""How often it is warmed in the rest."""


def warming(share: float) -> int:
    """How often it was warmed when this share of the time is over; 0: not yet."""
    if share < FIRST:
        return 0
    return 1 + min(int((share - FIRST) / (1 - FIRST) * WARMINGS), WARMINGS - 1)


def temperature(share: float) -> float:
    """When this share of the time is over, from 0 to 1."""
    times = warming(share)
    if times == 0:
        return HOT * (COLD / HOT) ** (share / FIRST)
    length = (1 - FIRST) / WARMINGS
    passed = (share - FIRST - (times - 1) * length) / length
    return WARM * (COLD / WARM) ** min(max(passed, 0.0), 1.0)
