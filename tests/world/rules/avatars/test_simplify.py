"""Taking vertices out of meshes."""

import numpy as np

from shulian.world.rules.avatars.simplify import simplified
from shulian.world.rules.avatars.source import Array, Index


def _sheet(side: int) -> tuple[Array, Index]:
    x, y = np.meshgrid(np.arange(side, dtype=float), np.arange(side, dtype=float))
    vertices = np.column_stack([x.ravel(), y.ravel(), np.zeros(side * side)])
    found: list[tuple[int, int, int]] = []
    for row in range(side - 1):
        for column in range(side - 1):
            a = row * side + column
            found += [(a, a + 1, a + side + 1), (a, a + side + 1, a + side)]
    return vertices, np.array(found)


def _area(vertices: Array, triangles: Index) -> float:
    corners = vertices[triangles]
    return float(
        np.linalg.norm(
            np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]), axis=1
        ).sum()
        / 2
    )


def test_a_sheet_keeps_its_outline() -> None:
    vertices, triangles = _sheet(9)

    (left,) = simplified(vertices, triangles, [20], np.ones(81), np.zeros(81, bool))

    assert (len(left) <= 20, round(_area(vertices, left), 6)) == (True, 64.0)


def test_coarser_levels_use_vertices_of_finer_ones() -> None:
    vertices, triangles = _sheet(9)

    fine, coarse = simplified(vertices, triangles, [60, 20], np.ones(81), np.zeros(81, bool))

    assert set(coarse.ravel().tolist()) <= set(fine.ravel().tolist())


def test_fixed_vertices_stay_on_their_line() -> None:
    vertices, triangles = _sheet(9)
    fixed = vertices[:, 0] == 0.0

    (left,) = simplified(vertices, triangles, [16], np.ones(81), fixed)
    ends = {tuple(vertices[corner]) for corner in left.ravel().tolist() if fixed[corner]}

    assert {(0.0, 0.0, 0.0), (0.0, 8.0, 0.0)} <= ends
