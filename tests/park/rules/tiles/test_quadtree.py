"""Every feature stands in exactly one cell, and cells are small."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from shulian.park.rules.tiles.quadtree import MOST, WIDEST, Cell, divide


def boxes(places: NDArray[np.float64], sizes: NDArray[np.float64]) -> NDArray[np.float64]:
    low = np.column_stack([places, np.zeros(len(places))])
    return np.concatenate([low, low + np.column_stack([sizes, np.ones(len(places))])], axis=1)


def extent(cell: Cell, bounds: NDArray[np.float64]) -> float:
    own = bounds[cell.rows]
    return float((own[:, 3:5].max(axis=0) - own[:, :2].min(axis=0)).max())


@settings(deadline=None)
@given(st.integers(1, 3000), st.floats(1, 20_000), st.floats(0, 3000), st.integers(0, 99))
def test_every_feature_stands_in_one_cell(
    count: int, spread: float, largest: float, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    bounds = boxes(rng.uniform(0, spread, (count, 2)), rng.uniform(0, largest, (count, 2)))
    cells = list(divide(bounds).cells())
    rows = np.concatenate([cell.rows for cell in cells])

    assert sorted(rows.tolist()) == list(range(count))
    assert max(len(cell.rows) for cell in cells) <= MOST
    assert len({cell.path for cell in cells}) == len(cells)
    assert all(len(cell.rows) or cell.children for cell in cells)


def test_few_features_close_together_are_one_cell() -> None:
    places = np.random.default_rng(0).uniform(0, 900, (MOST, 2))

    assert divide(boxes(places, np.full((MOST, 2), 20.0))).children == ()


def test_small_features_stand_in_narrow_cells() -> None:
    rng = np.random.default_rng(0)
    bounds = boxes(rng.uniform(0, 20_000, (300, 2)), np.full((300, 2), 30.0))

    assert max(extent(c, bounds) for c in divide(bounds).cells() if len(c.rows) > 1) <= WIDEST


def test_a_wide_feature_stays_above_the_small_ones() -> None:
    rng = np.random.default_rng(0)
    places = np.concatenate([[[0.0, 0.0]], rng.uniform(0, 4000, (600, 2))])
    sizes = np.concatenate([[[3900.0, 3900.0]], np.full((600, 2), 10.0)])
    root = divide(boxes(places, sizes))

    assert root.rows.tolist() == [0]
    assert len(root.children) == 4


def test_cells_are_of_one_size_wherever_the_features_stand() -> None:
    rng = np.random.default_rng(0)
    places = np.concatenate([rng.normal(0, 30, (1500, 2)), rng.uniform(0, 1000, (500, 2))])
    root = divide(boxes(places, np.full((2000, 2), 5.0)))

    assert [len(cell.rows) for cell in root.children] == [500] * 4
    assert [cell.path for cell in root.children] == ["r0", "r1", "r2", "r3"]


def test_the_south_west_comes_first() -> None:
    places = np.array([(900.0, 900), (900, 0), (0, 900), (0, 0)]) * 10
    root = divide(boxes(places, np.ones((4, 2))))

    assert [cell.rows.tolist() for cell in root.children] == [[3], [2], [1], [0]]


def test_features_in_one_place_are_divided_all_the_same() -> None:
    root = divide(boxes(np.full((1200, 2), 5.0), np.zeros((1200, 2))))

    assert [len(cell.rows) for cell in root.children] == [300] * 4


def test_many_wide_features_are_dealt_out_beside_the_others() -> None:
    root = divide(boxes(np.zeros((1001, 2)), np.full((1001, 2), 3000.0)))

    assert sorted(len(cell.rows) for cell in root.cells() if len(cell.rows)) == [333, 334, 334]
