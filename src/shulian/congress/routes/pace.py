"""How often somebody may ask about a timetable and change it, in this process."""

from dataclasses import dataclass

from shulian.kit.clock import Clock
from shulian.kit.http.edge import AnyConnection
from shulian.kit.http.limits import Calls

LOOKS_A_MINUTE = 1200
"""Of one person: drafts read, and what would be wrong with a place, at which a drag asks."""
MOVES_A_MINUTE = 300
"""Of one person: five a second are more than anyone can drag."""


@dataclass(frozen=True, slots=True)
class Pace:
    """What is counted."""

    looks: Calls
    moves: Calls


def new_pace(clock: Clock) -> Pace:
    """Nobody has done anything yet."""
    return Pace(looks=Calls(LOOKS_A_MINUTE, clock), moves=Calls(MOVES_A_MINUTE, clock))


def pace_of(connection: AnyConnection) -> Pace:
    """The pace of the process that serves `connection`."""
    found = connection.app.state["congress_pace"]
    assert isinstance(found, Pace)  # noqa: S101  # put there by the composition
    return found
