"""Timetables on the desk of the search."""

from contextlib import suppress

from hypothesis import reject
from tests.congress.rules.curricula.samples import SMALL, SOLVED

from shulian.congress.errors import CurriculaInfeasible
from shulian.congress.rules.curricula.arrays import Data, State, data_of, empty_state, holder_of
from shulian.congress.rules.curricula.instance import Instance, Solution
from shulian.congress.rules.curricula.moves import load
from shulian.congress.rules.curricula.start import first


def begun(instance: Instance, seed: int = 0) -> tuple[Data, State]:
    """A state with a first timetable; there is one, or the test is of no use."""
    start = None
    with suppress(CurriculaInfeasible):
        start = first(instance, seconds=10)
    if not start:
        reject()
    return loaded(instance, start, seed)


def loaded(
    instance: Instance = SMALL, start: Solution = SOLVED, seed: int = 0
) -> tuple[Data, State]:
    """A state with a timetable."""
    data = data_of(instance)
    state = empty_state(instance, data, seed)
    load(data, state, holder_of(instance, start))
    return data, state
