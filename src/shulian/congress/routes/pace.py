"""How often somebody may ask about a timetable and change it, in this process."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import BoundedSemaphore

from shulian.kit.clock import Clock
from shulian.kit.errors import Unavailable
from shulian.kit.http.edge import AnyConnection
from shulian.kit.http.limits import Calls

LOOKS_A_MINUTE = 1200
"""Of one person: drafts read, and what would be wrong with a place, at which a drag asks."""
MOVES_A_MINUTE = 300
"""Of one person: five a second are more than anyone can drag."""
UPLOADS_A_MINUTE = 60
"""Of one person: files to be read."""
FILES_A_MINUTE = 300
"""From one address: programmes written as files."""
READERS = 2
"""Files that are read at once: each has a process of its own, and a transaction waits for it."""
_BUSY = 10
"""[s] after which one whose file could not be read may try again."""


@dataclass(frozen=True, slots=True)
class Pace:
    """What is counted."""

    looks: Calls
    moves: Calls
    uploads: Calls
    files: Calls
    readers: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(READERS))

    @contextmanager
    def reading(self, person: str) -> Generator[None]:
        """While a file of somebody is read; raises TooMany and Unavailable."""
        self.uploads.count(person)
        if not self.readers.acquire(blocking=False):
            raise Unavailable(seconds=_BUSY)
        try:
            yield
        finally:
            self.readers.release()


def new_pace(clock: Clock) -> Pace:
    """Nobody has done anything yet."""
    return Pace(
        looks=Calls(LOOKS_A_MINUTE, clock),
        moves=Calls(MOVES_A_MINUTE, clock),
        uploads=Calls(UPLOADS_A_MINUTE, clock),
        files=Calls(FILES_A_MINUTE, clock),
    )


def pace_of(connection: AnyConnection) -> Pace:
    """The pace of the process that serves `connection`."""
    found = connection.app.state["congress_pace"]
    assert isinstance(found, Pace)  # noqa: S101  # put there by the composition
    return found
