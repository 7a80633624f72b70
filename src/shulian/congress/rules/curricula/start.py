"""A first timetable that breaks no hard rule, or the certainty that there is none.

Periods are decided by CP-SAT, rooms after that: as long as there are not more lectures in a period
than rooms, each has one, and the largest lectures with the largest rooms leave the fewest students
without a seat (Lach and Lübbecke, "Curriculum based course timetabling: new solutions to Udine
benchmark instances", 2012).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

import numpy as np
from ortools.sat.python.cp_model import FEASIBLE, INFEASIBLE, OPTIMAL, CpModel, IntVar

from shulian.congress.errors import (
    CourseOverfull,
    CurriculaInfeasible,
    CurriculumOverfull,
    RoomsOverfull,
    TeacherOverfull,
)
from shulian.congress.rules.curricula.arrays import clashes
from shulian.congress.rules.curricula.instance import Instance, Lecture, Solution
from shulian.congress.rules.timetable.run import Limits, run

_LARGEST = 400_000
"""Courses times periods of the largest model that is worth its memory."""
Variables = dict[tuple[int, int], IntVar]
"""Whether a course has a lecture in a period."""


def refuse(instance: Instance) -> None:
    """Raise `CurriculaInfeasible` where counting lectures shows that there are too many."""
    periods = instance.periods
    closed = Counter(course for course, _ in instance.closed)
    for number, course in enumerate(instance.courses):
        there = periods - closed[number]
        if course.lectures > there:
            raise CourseOverfull(name=course.name, needed=course.lectures, there=there)
    teachers: Counter[str] = Counter()
    for course in instance.courses:
        teachers[course.teacher] += course.lectures
    for name, needed in teachers.items():
        if needed > periods:
            raise TeacherOverfull(name=name, needed=needed, there=periods)
    for curriculum in instance.curricula:
        needed = sum(instance.courses[course].lectures for course in curriculum.courses)
        if needed > periods:
            raise CurriculumOverfull(name=curriculum.name, needed=needed, there=periods)
    needed, there = teachers.total(), len(instance.rooms) * periods
    if needed > there:
        raise RoomsOverfull(needed=needed, there=there)


def first(
    instance: Instance,
    *,
    seconds: float,
    seed: int = 0,
    stop: Callable[[], bool] | None = None,
    largest: int = _LARGEST,
) -> Solution | None:
    """A timetable in which no hard rule is broken; none: not found in the time.

    Raises `CurriculaInfeasible` if there is none.
    """
    refuse(instance)
    if len(instance.courses) * instance.periods > largest:
        taught = _one_by_one(instance)
    else:
        taught = _by_model(instance, Limits(seconds, seed=seed), stop)
    return None if taught is None else tuple(sorted(_with_rooms(instance, taught)))


def _by_model(
    instance: Instance, limits: Limits, stop: Callable[[], bool] | None
) -> list[tuple[int, int]] | None:
    """Courses with the periods that they have, as CP-SAT finds them."""
    model = CpModel()
    taught = _periods(model, instance)
    _keep_apart(model, instance, taught)
    _fit_rooms(model, instance, taught)
    status, solver = run(model, limits, stop=stop)
    if status == INFEASIBLE:
        raise CurriculaInfeasible
    if status not in {OPTIMAL, FEASIBLE}:
        return None
    return [key for key in taught if solver.value(taught[key])]


def _one_by_one(instance: Instance) -> list[tuple[int, int]] | None:
    """The same, each course where there is room; first those that have the least choice."""
    clash = clashes(instance).astype(bool)
    open_ = np.ones((len(instance.courses), instance.periods), bool)
    open_[tuple(np.array(sorted(instance.closed), np.int64).reshape(-1, 2).T)] = False
    lectures = np.array([one.lectures for one in instance.courses])
    choice = open_.sum(axis=1) - lectures - clash @ lectures
    held = np.zeros(instance.periods, np.int64)
    taught: list[tuple[int, int]] = []
    for course in np.argsort(choice, kind="stable").tolist():
        free = np.flatnonzero(open_[course] & (held < len(instance.rooms)))
        chosen = free[np.argsort(held[free], kind="stable")][: lectures[course]]
        if len(chosen) < lectures[course]:
            return None
        held[chosen] += 1
        open_[np.ix_(clash[course], chosen)] = False
        taught += [(course, period) for period in chosen.tolist()]
    return taught


def _periods(model: CpModel, instance: Instance) -> Variables:
    """Each course has all its lectures, each in another period in which its teacher is there."""
    taught: Variables = {}
    for number, course in enumerate(instance.courses):
        for period in range(instance.periods):
            if (number, period) not in instance.closed:
                taught[number, period] = model.new_bool_var("")
        there = [taught[key] for key in _of_course(instance, number) if key in taught]
        model.add(sum(there) == course.lectures)
    return taught


def _keep_apart(model: CpModel, instance: Instance, taught: Variables) -> None:
    """Courses of one teacher or of one curriculum are never at the same time."""
    teachers: dict[str, list[int]] = {}
    for number, course in enumerate(instance.courses):
        teachers.setdefault(course.teacher, []).append(number)
    for together in (*teachers.values(), *(one.courses for one in instance.curricula)):
        for period in range(instance.periods):
            model.add_at_most_one(_in_period(taught, together, period))


def _fit_rooms(model: CpModel, instance: Instance, taught: Variables) -> None:
    """There is a room for each lecture of a period."""
    for period in range(instance.periods):
        there = _in_period(taught, range(len(instance.courses)), period)
        if len(there) > len(instance.rooms):
            model.add(sum(there) <= len(instance.rooms))


def _of_course(instance: Instance, course: int) -> Iterator[tuple[int, int]]:
    return ((course, period) for period in range(instance.periods))


def _in_period(taught: Variables, courses: Iterable[int], period: int) -> list[IntVar]:
    return [taught[course, period] for course in courses if (course, period) in taught]


def _with_rooms(instance: Instance, taught: Iterable[tuple[int, int]]) -> Iterator[Lecture]:
    """The largest lectures of each period in the largest rooms."""
    large_first = sorted(
        range(len(instance.rooms)), key=lambda room: -instance.rooms[room].capacity
    )
    periods: dict[int, list[int]] = {}
    for course, period in taught:
        periods.setdefault(period, []).append(course)
    for period, courses in periods.items():
        courses.sort(key=lambda course: -instance.courses[course].students)
        for course, room in zip(courses, large_first, strict=False):
            yield Lecture(course, period, room)
