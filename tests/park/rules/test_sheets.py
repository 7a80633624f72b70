"""A park on as many sheets as it has clusters of sites."""

import pytest

from shulian.park.rules.sheets import clusters, nearest, sheet


def test_neighbours_share_a_sheet() -> None:
    assert clusters([(0, 0, 100, 100), (120, 0, 200, 50)]) == ((0, 0, 200, 100),)


def test_far_ones_have_sheets_of_their_own() -> None:
    apart = ((0.0, 0.0, 100.0, 100.0), (5000.0, 0.0, 5100.0, 100.0))

    assert clusters(apart) == apart


def test_one_between_two_joins_them() -> None:
    assert clusters([(0, 0, 100, 100), (260, 0, 360, 100), (120, 0, 240, 100)]) == (
        (0, 0, 360, 100),
    )


def test_a_sheet_has_a_margin() -> None:
    assert sheet((0, 0, 100, 50)) == (-3, -3, 103, 53)


@pytest.mark.parametrize(("point", "place"), [((50, 50), 0), ((480, 0), 1), ((190, 0), 0)])
def test_everything_stands_on_the_nearest_sheet(point: tuple[float, float], place: int) -> None:
    assert nearest(point, [(0, 0, 100, 100), (500, 0, 600, 100)]) == place
