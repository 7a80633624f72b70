"""What is wrong with a solution, and what it costs, counted from the solution alone.

Written from the rules of the competition, and from nothing that the search knows: the search
counts in its own way, and here is what its counting is held against. As in the competition's
validator, lectures that are missing or too many, conflicts, absences and rooms that hold two
lectures are violations; they make a solution infeasible whatever it costs.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from shulian.congress.rules.curricula.instance import Curriculum, Instance, Lecture

PER_MISSING_DAY = 5
"""What a day costs by which a course misses its minimum of working days."""
PER_ISOLATED_LECTURE = 2
"""What it costs that a curriculum has a lecture with none beside it on that day."""


@dataclass(frozen=True, slots=True)
class Costs:
    """Violations of each hard rule, and the cost of each soft one as it is weighted."""

    lectures: int
    """Lectures that are missing, or too many: two of a course in one period count as one."""
    conflicts: int
    """Pairs of lectures in one period that a curriculum or a teacher has both of."""
    availability: int
    """Lectures while their teacher is away."""
    occupancy: int
    """Lectures in a room that has another one then, beside the first."""
    capacity: int
    """A student who finds no seat costs 1, in each lecture."""
    working_days: int
    compactness: int
    stability: int
    """A room of a course beside its first costs 1."""

    @property
    def violations(self) -> int:
        """Of hard rules; 0: the solution is feasible."""
        return self.lectures + self.conflicts + self.availability + self.occupancy

    @property
    def cost(self) -> int:
        """What the competition compares, of feasible solutions."""
        return self.capacity + self.working_days + self.compactness + self.stability


def check(instance: Instance, solution: Sequence[Lecture]) -> Costs:
    """Count everything anew; the lectures may be in any order, too few or too many."""
    when: dict[int, Counter[int]] = {number: Counter() for number in range(len(instance.courses))}
    for one in solution:
        when[one.course][one.period] += 1
    return Costs(
        lectures=sum(
            abs(course.lectures - len(when[number])) + when[number].total() - len(when[number])
            for number, course in enumerate(instance.courses)
        ),
        conflicts=_conflicts(instance, when),
        availability=sum((one.course, one.period) in instance.closed for one in solution),
        occupancy=len(solution) - len({(one.room, one.period) for one in solution}),
        capacity=sum(
            max(0, instance.courses[one.course].students - instance.rooms[one.room].capacity)
            for one in solution
        ),
        working_days=PER_MISSING_DAY * _missing_days(instance, when),
        compactness=PER_ISOLATED_LECTURE
        * sum(_isolated(instance, one, when) for one in instance.curricula),
        stability=_extra_rooms(solution),
    )


def _conflicts(instance: Instance, when: Mapping[int, Counter[int]]) -> int:
    together = {pair for one in instance.curricula for pair in combinations(sorted(one.courses), 2)}
    together |= {
        (first, second)
        for first, second in combinations(range(len(instance.courses)), 2)
        if instance.courses[first].teacher == instance.courses[second].teacher
    }
    return sum(len(when[first].keys() & when[second].keys()) for first, second in together)


def _missing_days(instance: Instance, when: Mapping[int, Counter[int]]) -> int:
    return sum(
        max(0, course.days - len({period // instance.slots for period in when[number]}))
        for number, course in enumerate(instance.courses)
    )


def _isolated(instance: Instance, curriculum: Curriculum, when: Mapping[int, Counter[int]]) -> int:
    """Periods with lectures of a curriculum that has none just before or after on that day."""
    busy = {period for course in curriculum.courses for period in when[course]}
    return sum(
        not any(
            beside in busy and beside // instance.slots == period // instance.slots
            for beside in (period - 1, period + 1)
        )
        for period in busy
    )


def _extra_rooms(solution: Sequence[Lecture]) -> int:
    used = {(one.course, one.room) for one in solution}
    return len(used) - len({course for course, _ in used})
