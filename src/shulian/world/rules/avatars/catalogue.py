"""What one can choose: skins, hair, colours, outfits.

Their order is part of the wire (`Look`), so the lists only grow.
"""

from typing import NamedTuple

from shulian.world.rules.avatars.outfits import OUTFITS


class Tone(NamedTuple):
    """A colour with a name for the catalogue of words."""

    key: str
    color: str


SKINS = (
    Tone("porcelain", "#f3d9c7"),
    Tone("light", "#ecc6a8"),
    Tone("warm", "#e0b18d"),
    Tone("honey", "#cc9468"),
    Tone("tan", "#b0774d"),
    Tone("brown", "#8a5a3a"),
    Tone("deep", "#63402b"),
    Tone("dark", "#452d21"),
)
HAIR_COLORS = (
    Tone("black", "#2c2625"),
    Tone("espresso", "#3d2b22"),
    Tone("brown", "#553823"),
    Tone("chestnut", "#7a4a2b"),
    Tone("copper", "#a35a30"),
    Tone("blond", "#c9a36a"),
    Tone("grey", "#8d8c8b"),
    Tone("white", "#dcdad6"),
    Tone("blue", "#34508f"),
    Tone("rose", "#b2607b"),
)
COLORS = (
    Tone("navy", "#2a3a5c"),
    Tone("white", "#f0efeb"),
    Tone("charcoal", "#3b3e44"),
    Tone("grey", "#8f9499"),
    Tone("sand", "#cbb592"),
    Tone("brown", "#6d4c3a"),
    Tone("red", "#b8392f"),
    Tone("coral", "#e07a5f"),
    Tone("amber", "#dda13a"),
    Tone("olive", "#767c45"),
    Tone("green", "#2f7d55"),
    Tone("teal", "#17747c"),
    Tone("sky", "#6fa8d6"),
    Tone("blue", "#2f62b4"),
    Tone("violet", "#6c4f9e"),
    Tone("pink", "#d98aa4"),
)
HAIRS = (
    "crop",
    "parted",
    "fringe",
    "bob",
    "long",
    "long_fringe",
    "ponytail",
    "bun",
    "curls",
    "receding",
    "shaved",
)
OUTFIT_KEYS = tuple(outfit.key for outfit in OUTFITS)


def choices() -> dict[str, list[Tone]]:
    """What can be chosen for each part that is a place in a list; some have a name alone."""
    return {
        "skin": list(SKINS),
        "hair": [Tone(key, "") for key in HAIRS],
        "hair_color": list(HAIR_COLORS),
        "outfit": [Tone(key, "") for key in OUTFIT_KEYS],
        "primary": list(COLORS),
        "secondary": list(COLORS),
    }


MOST = {
    **dict.fromkeys(("sex", "age", "weight", "stature"), 255),
    **{part: len(options) - 1 for part, options in choices().items()},
}
"""The greatest number of each part of a `Look`."""
