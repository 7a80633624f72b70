"""Stairs fit their rectangle: comfortable where it is large, as steep as needed where not."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from shulian.park.rules.storeys.flights import Flight, fit


def test_a_stair_of_two_runs_is_comfortable_where_there_is_room() -> None:
    assert fit(2, 6.4, 3.0, 0.0, 4.2) == Flight(
        runs=2, near=6.4 - 1.2 - 11 * 0.28, treads=11, going=0.28, riser=4.2 / 24, base=0.0
    )


def test_a_stair_of_one_run_has_a_step_less_than_risers() -> None:
    flight = fit(1, 9.0, 1.2, 0.0, 3.6)

    assert flight is not None
    assert (flight.treads, flight.riser) == (19, pytest.approx(0.18))


def test_a_short_rectangle_gets_shallower_landings_before_steeper_steps() -> None:
    flight = fit(2, 4.7, 3.0, 0.0, 4.2)

    assert flight is not None
    assert (flight.comfort, round(flight.near, 2)) == (1.0, 0.9)


def test_a_rectangle_too_small_gets_the_steepest_stair_that_fits() -> None:
    flight = fit(2, 2.4, 2.0, 0.0, 4.2)

    assert flight is not None
    assert flight.comfort < 0.5
    assert flight.riser == pytest.approx(0.3)


@pytest.mark.parametrize(
    ("runs", "length", "width"), [(2, 6.0, 1.4), (1, 6.0, 0.6), (1, 1.3, 2.0), (2, 0.0, 0.0)]
)
def test_no_stair_fits_a_rectangle_one_cannot_walk_in(
    runs: int, length: float, width: float
) -> None:
    assert fit(runs, length, width, 0.0, 4.2) is None


@given(
    runs=st.sampled_from([1, 2]),
    length=st.floats(1, 20),
    width=st.floats(0.5, 6),
    rise=st.floats(0.5, 9),
)
def test_every_stair_reaches_the_next_floor_inside_its_rectangle(
    runs: int, length: float, width: float, rise: float
) -> None:
    flight = fit(runs, length, width, 0.0, rise)
    assume(flight is not None)
    assert flight is not None

    assert (flight.treads + 1) * runs * flight.riser == pytest.approx(rise)
    assert flight.riser <= 0.3 + 1e-9
    assert flight.near >= 0.7 - 1e-9
    assert flight.far <= length - 0.7 + 1e-9


@given(length=st.floats(6.5, 20), width=st.floats(1.6, 6), rise=st.floats(2.2, 4.5))
def test_a_large_rectangle_always_gets_a_comfortable_stair(
    length: float, width: float, rise: float
) -> None:
    flight = fit(2, length, width, 0.0, rise)

    assert flight is not None
    assert flight.riser <= 0.18 + 1e-9
    assert flight.going >= 0.26
