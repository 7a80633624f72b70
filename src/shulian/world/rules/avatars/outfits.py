"""Outfits as tables: how far each garment goes, how wide it falls, which colour each part has.

Heights are of the body at rest, whose hips' joints stand at 0.9 m; along an arm 0 is the
shoulder, 1 the elbow, 2 the wrist. Colours: a hex colour, or `primary` and `secondary`, which the
wearer chooses.
"""

from typing import NamedTuple


class Hem(NamedTuple):
    """The lower edge of a top, a skirt or a coat: a tube about hips and legs."""

    bottom: float
    """Height of its edge [m]."""
    ease: float = 0.014
    """Room about the body [m]."""
    flare: float = 0.0
    """How much wider the edge is [m]."""
    lower: bool = False
    """Has the colour of the bottom, as a skirt, not of the top."""


class Outfit(NamedTuple):
    """What somebody wears."""

    key: str
    top: str = "primary"
    inner: str = "#f4f2ee"
    bottom: str = "#33373f"
    shoes: str = "#2a2726"
    accent: str = "secondary"
    hem: Hem | None = None
    sleeve: float = 1.93
    """Where the sleeves of the top end, along the arm."""
    inner_sleeve: float = 1.93
    """Where those of what is worn below end."""
    cuff: float = 0.0
    """Radius of the sleeves at their end [m]; 0 follows the arm."""
    thick: float = 0.010
    leg_end: float = 0.075
    """Height at which the trousers end [m]; above the hips: none are worn."""
    leg_width: float = 0.075
    """Radius of the trousers at their end [m]."""
    waist: float = 1.02
    """Height at which top and bottom meet [m]."""
    shoe: float = 0.085
    """Height of the shoes [m]."""
    sole: float = 0.018
    """Height of the white sole [m]; 0 for a dark one."""
    collar: int = 0
    """0 round, 1 shirt, 2 stand-up, 3 crossed, 4 lapels, 5 wide and round, 6 hood."""
    vee: float = 0.0
    """How deep the opening reaches below the neck [m]."""
    marks: int = 0
    """Sum of: 1 tie, 2 buttons, 4 bright stripes, 8 belt, 16 breast pocket, 32 badge, 64 sash,
    128 an edge of the accent's colour."""


OUTFITS: tuple[Outfit, ...] = (
    Outfit(
        "suit",
        hem=Hem(0.80, 0.020, 0.012),
        thick=0.016,
        cuff=0.045,
        bottom="primary",
        collar=4,
        vee=0.22,
        marks=1 + 2 + 16,
        leg_width=0.085,
        sole=0.0,
    ),
    Outfit(
        "casual",
        hem=Hem(0.87, 0.012),
        sleeve=0.62,
        cuff=0.06,
        bottom="#3f5474",
        accent="secondary",
        shoes="secondary",
        leg_width=0.072,
    ),
    Outfit(
        "dress",
        hem=Hem(0.46, 0.020, 0.10),
        sleeve=0.42,
        thick=0.006,
        collar=5,
        vee=0.05,
        leg_end=1.2,
        shoe=0.062,
        shoes="secondary",
        marks=64,
        sole=0.0,
    ),
    Outfit(
        "hanfu",
        hem=Hem(0.13, 0.022, 0.085, lower=True),
        sleeve=1.86,
        cuff=0.135,
        thick=0.012,
        collar=3,
        vee=0.20,
        bottom="secondary",
        inner="#f6f1e6",
        accent="#f1e7d0",
        waist=1.09,
        marks=64,
        shoe=0.1,
    ),
    Outfit(
        "workwear",
        hem=Hem(0.86, 0.018),
        top="primary",
        bottom="primary",
        thick=0.015,
        cuff=0.046,
        collar=1,
        vee=0.05,
        marks=4 + 8 + 16,
        accent="#e9c53b",
        leg_width=0.092,
        shoe=0.13,
        shoes="#5a4636",
    ),
    Outfit(
        "lab_coat",
        top="#f3f4f3",
        inner="primary",
        hem=Hem(0.45, 0.028, 0.035),
        thick=0.018,
        cuff=0.047,
        collar=4,
        vee=0.26,
        bottom="#4a4f59",
        marks=2 + 16 + 32,
        leg_width=0.08,
    ),
    Outfit(
        "volunteer",
        inner="secondary",
        hem=Hem(0.86, 0.024),
        top="primary",
        thick=0.018,
        sleeve=0.04,
        cuff=0.0,
        inner_sleeve=0.66,
        collar=0,
        vee=0.13,
        marks=4 + 32,
        accent="#f4f2e6",
        bottom="#3d4046",
    ),
    Outfit(
        "shirt",
        hem=Hem(0.90, 0.012),
        thick=0.008,
        cuff=0.042,
        collar=1,
        vee=0.07,
        marks=2 + 8,
        bottom="secondary",
        leg_width=0.08,
        sole=0.0,
        accent="#3a2c24",
    ),
    Outfit(
        "hoodie",
        hem=Hem(0.88, 0.022, -0.006),
        thick=0.022,
        cuff=0.042,
        collar=6,
        bottom="secondary",
        accent="#f1f0ec",
        shoes="#eceae6",
        leg_width=0.066,
    ),
    Outfit(
        "skirt",
        hem=Hem(0.46, 0.016, 0.06, lower=True),
        sleeve=1.93,
        thick=0.008,
        collar=1,
        vee=0.06,
        waist=1.04,
        bottom="secondary",
        leg_end=1.2,
        shoe=0.062,
        marks=2,
        sole=0.0,
    ),
    Outfit(
        "coat",
        hem=Hem(0.40, 0.030, 0.05),
        thick=0.022,
        cuff=0.050,
        collar=4,
        vee=0.17,
        inner="secondary",
        marks=2 + 64,
        accent="primary",
        bottom="#2f3137",
        leg_width=0.08,
        shoe=0.2,
        sole=0.0,
    ),
    Outfit(
        "tang",
        hem=Hem(0.84, 0.018, 0.008),
        thick=0.014,
        cuff=0.07,
        collar=2,
        vee=0.0,
        marks=2,
        bottom="#2c2e33",
        accent="secondary",
        leg_width=0.09,
    ),
    Outfit(
        "sport",
        hem=Hem(0.87, 0.014),
        sleeve=0.5,
        cuff=0.062,
        thick=0.009,
        bottom="secondary",
        leg_end=0.52,
        leg_width=0.105,
        marks=128,
        accent="#f4f3ef",
        shoes="#f0efec",
    ),
    Outfit(
        "qipao",
        hem=Hem(0.36, 0.012, 0.012),
        sleeve=0.3,
        thick=0.005,
        collar=2,
        leg_end=1.2,
        shoe=0.062,
        accent="secondary",
        shoes="secondary",
        marks=2,
        sole=0.0,
    ),
)


def along(outfit: Outfit) -> float:
    """Where the longer of the sleeves ends."""
    return max(outfit.sleeve, outfit.inner_sleeve if outfit.sleeve < 0.1 else 0.0)  # noqa: PLR2004 a vest has none
