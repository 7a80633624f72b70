"""What an avatar can look like, and what somebody looks like who has not chosen."""

from collections.abc import Sequence
from dataclasses import asdict
from hashlib import blake2b

from shulian.world.rules.avatars.catalogue import MOST, OUTFIT_KEYS
from shulian.world.types import Look, VisitorKey

_HAIR_OF_WOMEN = (1, 1, 1, 5, 6, 4, 5, 4, 2, 0, 0)
_HAIR_OF_MEN = (14, 12, 10, 0, 1, 0, 1, 1, 3, 3, 2)
_SKIN = (4, 7, 6, 3, 2, 2, 1, 1)
_HAIR_COLOR = (10, 6, 4, 2, 1, 1, 0, 0, 0, 0)
"""How likely each is, in the order of the catalogue."""
_DRESSES = {"dress", "skirt", "qipao"}
"""Drawn only for women; anyone may choose them."""


def look_faults(look: Look) -> dict[str, str]:
    """The parts of `look` that there are not, and what is wrong with each."""
    return {
        part: "world.look_part"
        for part, value in asdict(look).items()
        if not 0 <= value <= MOST[part]
    }


def guest_look(key: VisitorKey) -> Look:
    """A look of one's own, the same whenever one comes: drawn from the key."""
    lots = blake2b(key.encode(errors="surrogatepass"), digest_size=10).digest()
    woman = lots[0] % 2 == 0
    worn = [int(woman or outfit not in _DRESSES) for outfit in OUTFIT_KEYS]
    primary = lots[8] % (MOST["primary"] + 1)
    return Look(
        sex=lots[0] // 6 if woman else 255 - lots[0] // 6,
        age=20 + lots[1] % 120,
        weight=60 + lots[2] % 110,
        stature=60 + lots[3] % 130,
        skin=_drawn(_SKIN, lots[4]),
        hair=_drawn(_HAIR_OF_WOMEN if woman else _HAIR_OF_MEN, lots[5]),
        hair_color=_drawn(_HAIR_COLOR, lots[6]),
        outfit=_drawn(worn, lots[7]),
        primary=primary,
        secondary=(primary + 1 + lots[9] % MOST["secondary"]) % (MOST["secondary"] + 1),
    )


def _drawn(weights: Sequence[int], lot: int) -> int:
    """The place that a lot of 0 … 255 falls on, each as likely as its weight."""
    left = lot * sum(weights) // 256
    for place, weight in enumerate(weights):
        left -= weight
        if left < 0:
            return place
    return 0
