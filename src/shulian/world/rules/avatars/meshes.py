"""What is kept of the source at each level of detail, and the tubes laid round it."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from shulian.world.rules.avatars import hair, hem, skeleton
from shulian.world.rules.avatars.model import Kind
from shulian.world.rules.avatars.simplify import simplified
from shulian.world.rules.avatars.skeleton import PLACE
from shulian.world.rules.avatars.source import Array, Flags, Index, Source
from shulian.world.rules.avatars.tubes import grid


class Tube(NamedTuple):
    """A grid and what of it each level keeps: every how many columns, which rows."""

    columns: int
    rows: int
    levels: tuple[tuple[int, tuple[int, ...]], ...]


LOOKS = (
    Tube(hem.COLUMNS, hem.ROWS, ((1, tuple(range(8))), (2, (0, 2, 4, 7)), (4, (0, 3, 7)))),
    Tube(
        hair.COLUMNS,
        hair.CAP + hair.FALL,
        ((1, tuple(range(12))), (2, (0, 2, 5, 7, 9, 11)), (4, (0, 4, 7, 11))),
    ),
    Tube(
        hair.TAIL_COLUMNS, hair.TAIL_ROWS, ((1, tuple(range(6))), (2, (0, 2, 4, 5)), (2, (0, 3, 5)))
    ),
)
_COUNTS = {"head": (520, 100, 24), "hand": (150, 24, 4), "cloth": (760, 190, 50), "eye": (36, 8, 0)}
"""Triangles of one half at each level."""
_MIDDLE = 1e-9
"""Nothing else lies so near the middle [m]."""


@dataclass(frozen=True, slots=True, eq=False)
class Chosen:
    """What is kept."""

    kept: Index
    """(m,) vertices of the source."""
    kinds: Index
    """(m,) `Kind`."""
    head: Index
    """Vertices of the source that are the outside of the head, densely."""
    levels: tuple[Index, ...]
    """(t, 3) triangles by place among `kept`, with those of the tubes after them."""
    count: int
    """Vertices in all."""


def choose(source: Source, vertices: Array, light: Array, arms: Array) -> Chosen:
    """What is kept of the body.

    vertices  (v, 3)
    light     (v,)  how much of the sky each sees
    arms      (v,)  how far along the arm each lies
    """
    shares = skeleton.weights(source)
    groups = _groups(source, vertices, light, shares, arms)
    care = _care(vertices, shares)
    middle = np.abs(vertices[:, 0]) < _MIDDLE
    levels: list[list[Index]] = [[], [], []]
    for name, triangles in groups.items():
        halves = simplified(vertices, triangles, _COUNTS[name], care, middle)
        for level, half in zip(levels, halves, strict=True):
            if len(half):
                level += [half, source.mirror[half][:, ::-1]]
    kept = np.unique(np.concatenate(levels[0]))
    place = np.full(len(vertices), -1)
    place[kept] = np.arange(len(kept))
    cloth, eyes = np.unique(source.faces["helper-tights"]), _eyes(source)
    kinds = np.where(
        np.isin(kept, cloth), Kind.CLOTH, np.where(np.isin(kept, eyes), Kind.EYE, Kind.SKIN)
    )
    whole = tuple(
        np.concatenate([place[np.concatenate(level)], *_tubes(index, len(kept))])
        for index, level in enumerate(levels)
    )
    count = len(kept) + sum(look.columns * look.rows for look in LOOKS)
    return Chosen(
        kept, kinds.astype(np.int64), _scalp(vertices, groups["head"], source), whole, count
    )


def _tubes(level: int, first: int) -> list[Index]:
    found: list[Index] = []
    for look in LOOKS:
        skip, rows = look.levels[level]
        found.append(grid(look.columns, look.rows, first, skip=skip, kept=rows))
        first += look.columns * look.rows
    return found


def _eyes(source: Source) -> Index:
    return np.unique(np.concatenate([source.faces["helper-l-eye"], source.faces["helper-r-eye"]]))


def _groups(
    source: Source, vertices: Array, light: Array, shares: Array, arms: Array
) -> dict[str, Index]:
    """Triangles of the left half, by part."""
    found: dict[str, Index] = {}
    skin = _left(source.faces["body"], vertices)
    outside = _near(skin, light > 0.03)  # noqa: PLR2004 else deep in the mouth, behind the eyes
    carried = shares[:, PLACE["Head"]] + shares[:, PLACE["Neck"]]
    middle = np.hypot(vertices[:, 0], vertices[:, 2]) < 0.10  # noqa: PLR2004 [m]
    neck = (carried > 0.5) | (middle & (vertices[:, 1] > 1.42))  # noqa: PLR2004
    hand = arms > 1.78  # noqa: PLR2004 up into the sleeve, so that no gap is seen
    found["head"] = skin[neck[skin].all(axis=1) & outside]
    found["hand"] = skin[hand[skin].all(axis=1)]
    found["cloth"] = _left(source.faces["helper-tights"], vertices)
    found["eye"] = _left(source.faces["helper-l-eye"], vertices)
    return found


def _near(triangles: Index, chosen: Flags) -> Flags:
    """(t,) whether a triangle has a chosen vertex, or is a few triangles from one that has."""
    reached = chosen
    for _ in range(3):
        touched = reached[triangles].any(axis=1)
        reached = reached.copy()
        reached[triangles[touched]] = True
    return np.asarray(reached[triangles].any(axis=1))


def _left(quads: Index, vertices: Array) -> Index:
    corners = np.concatenate([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]])
    return corners[(vertices[corners, 0] > -_MIDDLE).all(axis=1)]


def _care(vertices: Array, shares: Array) -> Array:
    """(v,) faces are looked at; backs of heads less."""
    head = shares[:, PLACE["Head"]] > 0.5  # noqa: PLR2004
    return np.where(head & (vertices[:, 2] > 0.03), 5.0, np.where(head, 1.0, 1.5))  # noqa: PLR2004 [m]


def _scalp(vertices: Array, half: Index, source: Source) -> Index:
    """The head above the jaw, both sides, without ears."""
    ids = np.unique(np.concatenate([half, source.mirror[half]]))
    top = vertices[ids, 1].max()
    return ids[(vertices[ids, 1] > top - 0.24) & (np.abs(vertices[ids, 0]) < 0.079)]  # noqa: PLR2004 [m]
