"""The nouns of curriculum-based course timetabling: an instance, and a solution of it.

Courses, rooms and curricula are called by their place in the instance, from 0; a period is
counted from 0 through all days. The problem is that of Di Gaspero, McCollum and Schaerf, "The
second international timetabling competition (ITC-2007): curriculum-based course timetabling
(track 3)", 2007.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Course:
    """What one teacher teaches in some lectures."""

    name: str
    teacher: str
    lectures: int
    days: int
    """Over how many days at least its lectures should be spread."""
    students: int


@dataclass(frozen=True, slots=True)
class Room:
    """Where one lecture at a time can be."""

    name: str
    capacity: int
    """Persons."""


@dataclass(frozen=True, slots=True)
class Curriculum:
    """Courses that some students all attend."""

    name: str
    courses: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Instance:
    """A whole problem."""

    name: str
    days: int
    slots: int
    """Periods of a day."""
    courses: tuple[Course, ...]
    rooms: tuple[Room, ...]
    curricula: tuple[Curriculum, ...]
    closed: frozenset[tuple[int, int]]
    """Courses, each with a period in which its teacher is away."""

    @property
    def periods(self) -> int:
        """Periods of all days."""
        return self.days * self.slots


@dataclass(frozen=True, slots=True, order=True)
class Lecture:
    """One lecture of a course, where and when it is."""

    course: int
    period: int
    room: int


Solution = tuple[Lecture, ...]
"""All that takes place; one line of a file of a solution is one of them."""
