"""A timetable of blocks, which costs no more than the cheapest of sessions.

What is kept of the rules: at no time more in some halls than there are; who wants to see several
blocks misses what is at the same time; a plenary is alone. What is left out: which hall it is of
those that cost the same, who has to walk, and whoever has a part in some sessions of a block only.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise, permutations

from shulian.congress.rules.timetable import grid
from shulian.congress.rules.timetable.blocks.choices import Choices
from shulian.congress.rules.timetable.blocks.program import Program, Term, merged
from shulian.congress.rules.timetable.blocks.windows import Window
from shulian.congress.rules.timetable.problem import Hall, Problem, Stretch
from shulian.congress.types import Level, Rule

SEVERAL = 2
FAMILIES = 64
"""Sets of halls that are counted."""
LARGEST = 100_000
"""Of minutes, and of what a block can cost."""
Chosen = tuple[int, Window]
"""The number of a variable, and what it chooses."""


class Model(Program):
    """The choice of a window for each block, or for each of its sessions."""

    def __init__(self, problem: Problem, told: Sequence[Choices]) -> None:
        super().__init__()
        self.problem = problem
        self.told = told
        self.windows: list[list[Chosen]] = []
        """By block."""
        self.pieces: list[list[list[Chosen]]] = []
        """By block and session; none: it is in one piece."""
        self.rest = problem.buffer if problem.rests or problem.weights.buffer else 0
        """How long a hall rests after a session [min]."""
        self.apart: dict[int, int] = {}
        """By block: the variable that says that it is not in one piece."""
        self.tight: dict[int, int] = {}
        """By instant: the variable of how many halls do not rest from then on."""
        self.several: dict[int, int] = {}
        """By block: the variable that says that its pieces are in several halls at a time."""
        every = [one for its in told for given in (its.windows, *its.pieces) for one in given]
        self.instants = sorted(
            {instant for one in every for instant in (one.start, one.end, one.end + self.rest)}
        )
        """Between two that follow each other nothing begins or ends [min]."""
        self._number = {instant: index for index, instant in enumerate(self.instants)}
        for number, one in enumerate(told):
            self._choose(number, one)
        self.local = self.sums
        """So many of its sums are about a block alone."""
        self.chosen = len(self.costs)
        """So many of its variables are about a block alone."""
        self.every = [
            one
            for windows, pieces in zip(self.windows, self.pieces, strict=True)
            for its in (windows, *pieces)
            for one in its
        ]

    def at(self, given: Iterable[Chosen], rest: int = 0) -> dict[int, list[Term]]:
        """The windows that take place, or rest, from each instant on."""
        found: dict[int, list[Term]] = defaultdict(list)
        for variable, one in given:
            for index in range(self._number[one.start], self._number[one.end + rest]):
                found[self.instants[index]].append((1, variable))
        return found

    def _choose(self, number: int, told: Choices) -> None:
        windows = [(self.new(one.cost), one) for one in told.windows]
        pieces = [[(self.new(one.cost), one) for one in its] for its in told.pieces]
        self.windows.append(windows)
        self.pieces.append(pieces)
        whole = [(1, variable) for variable, _ in windows]
        if not pieces:
            self.exactly(whole, 1)
            return
        apart, whole_cost = self.new(), self.new(1, LARGEST)
        self.apart[number] = apart
        self.exactly([*whole, (1, apart)], 1)
        for its in pieces:
            self.exactly([*((1, variable) for variable, _ in its), (-1, apart)], 0)
        self.at_most([(told.apart, apart), (-1, whole_cost)], 0)
        self.several[number] = self._spread(told, pieces, apart, whole_cost)

    def _spread(
        self, told: Choices, pieces: list[list[Chosen]], apart: int, whole_cost: int
    ) -> int:
        """Pieces at the same time have several halls; they have days, and pause on each."""
        weights = self.problem.weights
        halls = self.new()
        for here in self.at(one for its in pieces for one in its).values():
            self.at_most([*here, (-1, apart), (1 - len(pieces), halls)], 0)
        terms = [(weights.halls, halls), (-weights.days, apart), (-1, whole_cost)]
        for day in self.problem.days:
            on = [[one for one in its if day.start <= one[1].start < day.end] for its in pieces]
            used, pause = self.new(), self.new(0, LARGEST)
            for its in on:
                self.at_most([*((1, variable) for variable, _ in its), (-1, used)], 0)
            terms += [(weights.days, used), (weights.gap, pause)]
            if weights.gap:
                self._pause(told, on, used, pause)
        self.at_most(terms, 0)
        return halls

    def _pause(self, told: Choices, on: list[list[Chosen]], used: int, pause: int) -> None:
        """How long pieces on a day take beyond their minutes, and the rests between."""
        every = [one for its in on for _, one in its]
        if not every:
            return
        first, last = min(one.start for one in every), max(one.end for one in every)
        busy = [
            (-self.problem.sessions[session].minutes - self.problem.buffer, variable)
            for session, its in zip(told.block.sessions, on, strict=True)
            for variable, _ in its
        ]
        for early, late in permutations(range(len(on)), 2):
            ends = [(one.end - first, variable) for variable, one in on[late]]
            starts = [(last - one.start, variable) for variable, one in on[early]]
            both = (first - last + self.problem.buffer, used)
            self.at_most([*merged([*ends, *starts, *busy]), both, (-1, pause)], 0)


def build(problem: Problem, told: Sequence[Choices]) -> Model:
    """The model of a problem, of which nothing is left out that is in `told`."""
    model = Model(problem, told)
    _halls(model)
    _groups(model)
    _plenaries(model)
    return model


def _halls(model: Model) -> None:
    """No more in some halls than they have room for, at any time."""
    count: dict[frozenset[int], int] = defaultdict(int)
    for _, one in model.every:
        count[one.halls] += 1
    families = sorted(count, key=lambda one: (-count[one], sorted(one)))[:FAMILIES]
    every = frozenset(range(len(model.problem.halls)))
    free = [_free(model.problem, hall) for hall in model.problem.halls]
    model.tight = _tight(model)
    tight = {instant: [(-1, one)] for instant, one in model.tight.items()}
    by_set = {
        halls: model.at([one for one in model.every if one[1].halls == halls], model.rest)
        for halls in count
    }
    for family in {*families, every}:
        inside = [at for halls, at in by_set.items() if halls <= family]
        for instant, after in pairwise(model.instants):
            here = [term for at in inside for term in at.get(instant, ())]
            rooms = sum(_any(free[hall], instant - model.rest, after) for hall in family)
            if len(here) > rooms:
                model.at_most([*here, *tight.get(instant, ())], rooms)


def _tight(model: Model) -> dict[int, int]:
    """How many halls do not rest, from each instant on; at a price that goes with the time."""
    if model.problem.rests or not model.rest:
        return {}
    found: dict[int, int] = {}
    for instant, after in pairwise(model.instants):
        price = model.problem.weights.buffer * min(after - instant, model.rest) // model.rest
        found[instant] = model.new(price, len(model.problem.halls))
    return found


def _free(problem: Problem, hall: Hall) -> list[Stretch]:
    """When something can be in a hall."""
    closed = problem.level(Rule.HALL_CLOSED) is Level.BLOCK
    found: list[Stretch] = []
    for first, last in hall.hours if closed else (problem.whole,):
        at = first
        for start, end in grid.union(hall.taken):
            if at < min(start, last):
                found.append(Stretch(at, min(start, last)))
            at = max(at, end)
        if at < last:
            found.append(Stretch(at, last))
    return found


def _within(window: Window, day: Stretch) -> bool:
    return day.start <= window.start and window.end <= day.end


def _any(stretches: Iterable[Stretch], start: int, end: int) -> bool:
    return any(a < end and start < b for a, b in stretches)


def _groups(model: Model) -> None:
    """What those miss who want to see several blocks; or that they miss nothing."""
    problem, weights = model.problem, model.problem.weights
    blocks_of: dict[tuple[Rule, str], list[int]] = defaultdict(list)
    for number, one in enumerate(model.told):
        members = [problem.sessions[session] for session in one.block.sessions]
        for rule, names in (
            (Rule.THEME_CLASH, [{session.theme} - {""} for session in members]),
            (Rule.ORGANIZER_TWICE, [set(session.organizers) for session in members]),
            (Rule.SPEAKER_TWICE, [set(session.speakers) for session in members]),
        ):
            for name in set[str].intersection(*names):
                blocks_of[rule, name].append(number)
    prices = {
        Rule.THEME_CLASH: weights.theme,
        Rule.ORGANIZER_TWICE: weights.organizer,
        Rule.SPEAKER_TWICE: weights.speaker,
    }
    for (rule, _), numbers in sorted(blocks_of.items()):
        if len(numbers) < SEVERAL:
            continue
        if problem.level(rule) is Level.WARN and prices[rule]:
            for day in problem.days:
                _missed(model, numbers, day, prices[rule])
        elif problem.level(rule) is Level.BLOCK:
            _apart(model, rule, numbers)


def _apart(model: Model, rule: Rule, numbers: Sequence[int]) -> None:
    """No two of these blocks at a time; sessions of one forum may share their organizers."""
    forums = [
        forum
        for number in numbers
        if (forum := model.problem.sessions[model.told[number].block.sessions[0]].forum)
    ]
    if rule is Rule.ORGANIZER_TWICE and len(set(forums)) < len(forums):
        return
    for here in model.at(one for number in numbers for one in model.windows[number]).values():
        model.at_most(here, 1)


def _missed(model: Model, numbers: Sequence[int], day: Stretch, weight: int) -> None:
    """What somebody misses on a day: what is at the same time, and a whole session at least."""
    on = {
        number: [one for one in model.windows[number] if _any([day], one[1].start, one[1].end)]
        for number in numbers
    }
    on = {number: its for number, its in on.items() if its}
    beyond = (not _within(one, day) for its in on.values() for _, one in its)
    if len(on) < SEVERAL or any(beyond):
        return
    after = dict(pairwise(model.instants))
    by_block = [model.at(its) for its in on.values()]
    twice, clash = list[Term](), model.new()
    for instant in sorted({instant for at in by_block for instant in at}):
        here = [at[instant] for at in by_block if instant in at]
        if len(here) > 1:
            more = model.new(most=len(here) - 1)
            model.at_most([*(term for its in here for term in its), (-1, more)], 1)
            model.at_most([(1, more), (1 - len(here), clash)], 0)
            twice.append((after[instant] - instant, more))
    if not twice:
        return
    sessions = [one for number in on for one in model.told[number].block.sessions]
    minutes = [model.problem.sessions[one].minutes for one in sessions]
    missed = model.new(weight, sum(minutes))
    model.at_most([(min(minutes), clash), (-1, missed)], 0)
    idle = [(-int(-(-one.idle // 1)), variable) for its in on.values() for variable, one in its]
    model.at_most([*twice, *idle, (-1, missed)], 0)


def _plenaries(model: Model) -> None:
    """Nothing else during a block that is a plenary, of those that do not stay where they are."""
    problem = model.problem
    level = problem.level(Rule.NOT_ALONE)
    members = [[problem.sessions[one] for one in told.block.sessions] for told in model.told]
    if level is Level.IGNORE or (level is Level.WARN and not problem.weights.alone):
        return
    ordinary = [number for number, its in enumerate(members) if not any(one.aside for one in its)]
    for number in ordinary:
        if not all(one.plenary and not one.pinned for one in members[number]):
            continue
        others = [one for other in ordinary if other != number for one in model.windows[other]]
        beside, during = model.at(others), model.at(model.windows[number])
        most = len(problem.halls)
        more = model.new(problem.weights.alone, most if level is Level.WARN else 0)
        for instant, here in during.items():
            whole = [(most, variable) for _, variable in here]
            model.at_most([*beside.get(instant, ()), *whole, (-1, more)], most)
