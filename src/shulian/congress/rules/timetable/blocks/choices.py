"""What can be chosen for each block: a window for all of it, or one for each of its sessions."""

from collections.abc import Iterator
from dataclasses import dataclass

from shulian.congress.rules.timetable.blocks.own import Costs
from shulian.congress.rules.timetable.blocks.windows import Block, Window, blocks, windows
from shulian.congress.rules.timetable.problem import Problem


@dataclass(frozen=True, slots=True)
class Choices:
    """What there is to choose for a block, and what that costs."""

    block: Block
    windows: tuple[Window, ...]
    pieces: tuple[tuple[Window, ...], ...]
    """By session; none: it is in one piece."""
    apart: int
    """What it costs at least not to be in one piece."""
    days: int
    """What each further day costs beyond that."""

    @property
    def least(self) -> int:
        """What the block costs at least."""
        found = [one.cost for one in self.windows]
        if self.pieces:
            found.append(self.apart + sum(map(_least, self.pieces)))
        return min(found)


def choices(problem: Problem, costs: Costs, *, spare: int) -> list[Choices] | None:
    """What each block can be in a timetable that costs at most `spare` more than all have to.

    None: one of them cannot be anywhere.
    """
    least = min((one.minutes for one in problem.sessions), default=0)
    found: list[Choices] = []
    for block in blocks(problem, costs):
        given = tuple(windows(problem, costs, block, least=least, spare=spare))
        pieces = tuple(_pieces(problem, costs, block, spare))
        if not all(pieces):
            pieces = ()
        if not given and not pieces:
            return None
        told = Choices(block, given, pieces, *_apart(problem, block, least))
        found.append(_within(told, spare))
    return found


def _pieces(
    problem: Problem, costs: Costs, block: Block, spare: int
) -> Iterator[tuple[Window, ...]]:
    """The windows of each session of a block that has several."""
    if len(block.sessions) > 1:
        for one in block.sessions:
            alone = Block((one,), block.unit)
            yield tuple(windows(problem, costs, alone, least=0, spare=spare))


def _within(told: Choices, spare: int) -> Choices:
    """The same without what costs more than `spare` more than the cheapest."""
    most = told.least + spare
    kept = tuple(one for one in told.windows if one.cost <= most)
    left = most - told.apart - sum(map(_least, told.pieces))
    pieces = tuple(
        tuple(one for one in its if one.cost - _least(its) <= left) for its in told.pieces
    )
    return Choices(told.block, kept, pieces if left >= 0 else (), told.apart, told.days)


def _least(given: tuple[Window, ...]) -> int:
    return min(one.cost for one in given)


def _apart(problem: Problem, block: Block, least: int) -> tuple[int, int]:
    """What a block costs at least that is not in one piece, and each of its days beyond one.

    In one hall on one day it pauses for as long as the shortest session, less what it saves where
    its hall does not rest between others; else it has a second hall, or a second day.
    """
    weights, buffer = problem.weights, problem.buffer
    others = 0 if problem.rests else max(0, len(block.sessions) - 2)
    pause = min(
        tight * weights.buffer + weights.gap * max(0, least - (1 + tight) * buffer)
        for tight in range(others + 1)
    )
    apart = min(pause, weights.halls, weights.days)
    return apart, weights.days - apart
