"""How compiled code is handed arrays."""

from typing import NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray

from shulian.world.rules.compiled.kernel import Shelf, kernel


class Bundle(NamedTuple):
    line: NDArray[np.int32]
    table: NDArray[np.float64]


SHELF = Shelf(Bundle(np.zeros(1, np.int32), np.zeros((1, 1))))
_bundle_at = SHELF.at


@kernel
def _add_up(bundle_is: int) -> int:
    """Put the sums of the rows of a table into a line; how many there are."""
    bundle = _bundle_at(bundle_is)
    for row in range(len(bundle.table)):
        bundle.line[row] = int(bundle.table[row].sum())
    return len(bundle.table)


def test_compiled_code_finds_what_is_kept_where_it_is() -> None:
    small = Bundle(np.zeros(2, np.int32), np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]))
    large = Bundle(np.zeros(3, np.int32), np.arange(6.0).reshape(3, 2))
    kept = [SHELF.keep(small), SHELF.keep(large)]

    assert [_add_up(one.address) for one in kept] == [2, 3]
    assert [small.line.tolist(), large.line.tolist()] == [[6, 15], [1, 5, 9]]
    small.table[0, 0] = 10.0
    assert _add_up(kept[0].address) == 2
    assert small.line.tolist() == [15, 15]


@pytest.mark.parametrize(
    "bundle",
    [
        Bundle(np.zeros(2, np.int32), np.zeros((2, 2), np.float32)),  # pyright: ignore[reportArgumentType]
        Bundle(np.zeros(2, np.int32), np.zeros(2)),
        Bundle(np.zeros(4, np.int32)[::2], np.zeros((2, 2))),
    ],
    ids=["other numbers", "other dimensions", "with gaps"],
)
def test_arrays_of_other_kinds_are_not_kept(bundle: Bundle) -> None:
    with pytest.raises(TypeError, match="instead of"):
        SHELF.keep(bundle)
