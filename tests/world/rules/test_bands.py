"""Several parks in one set of arrays."""

from shulian.world.rules.bands import BAND, BAND_STEPS, MOST_PARKS, REACH, band_of


def test_every_park_has_a_strip_of_its_own() -> None:
    bands = [band_of(number) for number in range(MOST_PARKS)]

    assert bands[:5] == [0, 1, -1, 2, -2]
    assert len(set(bands)) == MOST_PARKS


def test_strips_do_not_overlap() -> None:
    assert BAND > 2 * REACH


def test_all_strips_fit_the_numbers_they_travel_in() -> None:
    farthest = max(abs(band_of(number)) for number in range(MOST_PARKS))

    assert farthest * BAND + REACH < 2**31
    assert farthest * BAND_STEPS + REACH // 25600 < 2**15
