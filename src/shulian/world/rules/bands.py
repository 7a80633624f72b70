"""Several parks in one set of arrays: each lies in a strip of its own of the arrays' plane.

The strips are so far apart that nobody sees, hears or walks into another park, whatever looks for
the nearest: neither the grid of interest nor the walls need to know of parks. A move of somebody
in band b gets `b × BAND` added to its east when it comes in; the origin of a snapshot for them has
`b × BAND_STEPS` taken from its east, in steps of 256 m, when it goes out.
"""

from shulian.world.wire.frames import CM, ORIGIN_STEP

BAND_STEPS = 1024
"""Width of a strip in steps of a snapshot's origin …"""
BAND = BAND_STEPS * ORIGIN_STEP * CM
"""… and in centimetres: 262 km."""
REACH = 100_000 * CM
"""[cm] to which positions count, from a park's origin in every direction."""
MOST_PARKS = 63
"""So many strips fit between -2³¹ and 2³¹ cm and between -2¹⁵ and 2¹⁵ steps of 256 m."""


def band_of(number: int) -> int:
    """The strip of the park with that number, counted from 0: 0, 1, -1, 2, -2 and so on."""
    return (number + 1) // 2 if number % 2 else -number // 2
