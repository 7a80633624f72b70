"""Bodies by sex, age and weight: the corners between which everybody stands."""

from itertools import product

from shulian.world.rules.avatars.source import Array, Source, symmetric

SEXES = ("female", "male")
AGES = ("teen", "young", "old")
WEIGHTS = ("slim", "average", "stout")
CORNERS = tuple(product(range(len(SEXES)), range(len(AGES)), range(len(WEIGHTS))))
"""(sex, age, weight) of each corner, the last running fastest."""

HEIGHTS = {
    ("female", "teen"): 1.60,
    ("female", "young"): 1.63,
    ("female", "old"): 1.57,
    ("male", "teen"): 1.69,
    ("male", "young"): 1.75,
    ("male", "old"): 1.69,
}
"""Mean height of the body [m]."""

_STAGES = {
    "teen": {"child": 0.32, "young": 0.68},
    "young": {"young": 1.0},
    "old": {"young": 0.2, "old": 0.8},
}
_BUILDS = {
    "slim": {"minweight": 0.65, "averageweight": 0.35},
    "average": {"averageweight": 1.0},
    "stout": {"maxweight": 0.75, "averageweight": 0.25},
}
_FACES = {"asian": 0.62, "caucasian": 0.22, "african": 0.16}
_SMILE = {"smile-corner": 0.55}


def wanted() -> list[str]:
    """The names of all targets that are mixed."""
    names = set(_SMILE)
    for sex, age, weight in CORNERS:
        names.update(recipe(SEXES[sex], AGES[age], WEIGHTS[weight]))
    return sorted(names)


def recipe(sex: str, age: str, weight: str) -> dict[str, float]:
    """The share of each target in the body of a corner."""
    shares: dict[str, float] = dict(_SMILE)
    for stage, much in _STAGES[age].items():
        for race, part in _FACES.items():
            shares[f"{race}-{sex}-{stage}"] = part * much
        for build, part in _BUILDS[weight].items():
            shares[f"universal-{sex}-{stage}-averagemuscle-{build}"] = part * much
    return shares


def body(source: Source, sex: str, age: str, weight: str) -> Array:
    """(v, 3) the vertices of a corner as the source stands, the same on both sides."""
    vertices = source.vertices.copy()
    for name, share in recipe(sex, age, weight).items():
        vertices += share * source.targets[name]
    return symmetric(source, vertices)
