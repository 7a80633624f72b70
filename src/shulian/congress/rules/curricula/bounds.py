"""What every solution of an instance costs at least, told by counting."""

from itertools import pairwise

from shulian.congress.rules.curricula.check import PER_ISOLATED_LECTURE, PER_MISSING_DAY
from shulian.congress.rules.curricula.instance import Instance


def bound_of(instance: Instance) -> int:
    """Nothing costs less than this; the parts of the cost are bounded one by one."""
    return _unseated(instance) + _missing_days(instance) + _alone(instance)


def _unseated(instance: Instance) -> int:
    """Students without a seat, were the largest lectures always in the largest rooms.

    Of lectures with more than n students, as many as rooms with more than n seats can take in all
    periods are seated so far; of each of the others the (n + 1)-th student is not.
    """
    courses, rooms = instance.courses, instance.rooms
    sizes = sorted({0, *(one.students for one in courses), *(one.capacity for one in rooms)})
    cost = 0
    for low, high in pairwise(sizes):
        lectures = sum(one.lectures for one in courses if one.students > low)
        places = instance.periods * sum(one.capacity > low for one in rooms)
        cost += max(0, lectures - places) * (high - low)
    return cost


def _missing_days(instance: Instance) -> int:
    """Days on which a course cannot be: it has too few lectures, or its teacher is not there."""
    cost = 0
    for number, course in enumerate(instance.courses):
        open_ = {
            period // instance.slots
            for period in range(instance.periods)
            if (number, period) not in instance.closed
        }
        cost += PER_MISSING_DAY * max(0, course.days - min(course.lectures, len(open_)))
    return cost


def _alone(instance: Instance) -> int:
    """Lectures that no other of their curriculum can be beside."""
    cost = 0
    for curriculum in instance.curricula:
        lectures = sum(instance.courses[course].lectures for course in curriculum.courses)
        if lectures == 1 or instance.slots == 1:
            cost += PER_ISOLATED_LECTURE * lectures
    return cost
