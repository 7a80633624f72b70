"""Which choices a timetable can have that costs little, by the prices of what is scarce.

Blocks in pieces have far more choices than those in one, and hardly ever pay. So they are left out
at first; what the cheapest of them would add to the bound is found beside it, for each of the
three ways to be in pieces: on several days, in several halls, or with a long pause in one.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shulian.congress.rules.timetable.blocks.model import Chosen, Model
from shulian.congress.rules.timetable.blocks.program import Floats

SLIGHT = 0.001
ROUNDS = 4
"""Times that blocks are let into the program whose pieces would add less than nothing."""


@dataclass(frozen=True, slots=True)
class Prices:
    """What every timetable costs at least, and what choices add to that at least."""

    bound: float
    added: Floats
    """By variable."""
    least: list[float]
    """By block: what the cheapest of its choices adds."""
    apart: dict[int, tuple[float, float, float]]
    """By block: in pieces on several days, in several halls, with a long pause."""


def priced(model: Model) -> Prices | None:
    """The prices of a model, the best of some rounds; none: it cannot be."""
    inside = {number for number, its in enumerate(model.windows) if not its}
    best: Prices | None = None
    for _ in range(ROUNDS):
        without = [one for number, one in model.apart.items() if number not in inside]
        found = model.relaxed(without, model.local)
        if found is None:
            if not without:
                return best
            inside = set(model.apart)
            continue
        told = _prices(model, *found)
        if best is None or told.bound > best.bound:
            best = told
        paying = {
            number
            for number, ways in told.apart.items()
            if model.windows[number] and min(ways) < _whole(model, number, told.added) - SLIGHT
        } - inside
        if not paying:
            break
        inside |= paying
    return best


def _prices(model: Model, worth: float, added: Floats) -> Prices:
    apart = {number: _apart(model, number, added) for number in model.apart}
    least = [
        min(_whole(model, number, added), *apart.get(number, (np.inf,)))
        for number in range(len(model.told))
    ]
    most = np.array(model.most[model.chosen :], float)
    others = float(np.minimum(added[model.chosen :], 0.0) @ most)
    return Prices(worth + others + sum(least), added, least, apart)


def _whole(model: Model, number: int, added: Floats) -> float:
    """What a block adds at least that is in one piece."""
    return min((float(added[variable]) for variable, _ in model.windows[number]), default=np.inf)


def kept(model: Model, prices: Prices, most: float) -> NDArray[np.bool_]:
    """Which variables a timetable can have that costs no more than `most` above the bound."""
    found = prices.added <= most
    found[: model.chosen] = True
    for number, its in enumerate(model.windows):
        for variable, _ in its:
            found[variable] = prices.added[variable] - prices.least[number] <= most
    for number, ways in prices.apart.items():
        limit = most + prices.least[number]
        any_ = min(ways) <= limit
        found[model.apart[number]] = any_
        found[model.several[number]] = ways[1] <= limit or ways[0] <= limit
        pieces = model.pieces[number]
        least = [min(prices.added[variable] for variable, _ in its) for its in pieces]
        base = prices.added[model.apart[number]] + sum(least) + model.told[number].apart
        for its, own in zip(pieces, least, strict=True):
            for variable, _ in its:
                found[variable] = any_ and base - own + prices.added[variable] <= limit
    return found


def _apart(model: Model, number: int, added: Floats) -> tuple[float, float, float]:
    """What a block adds that is not in one piece, in each of three ways."""
    weights, pieces = model.problem.weights, model.pieces[number]
    base = float(added[model.apart[number]])
    days = base + _independent(pieces, added) + weights.days
    halls = pause = np.inf
    for day in model.problem.days:
        on = [[one for one in its if day.start <= one[1].start < day.end] for its in pieces]
        if all(on):
            least = base + _independent(on, added)
            halls = min(halls, least + weights.halls)
            longer = base + _with_a_pause(model, number, on, added)
            pause = min(pause, max(longer, least + model.told[number].apart))
    return days, halls, pause


def _independent(pieces: Sequence[Sequence[Chosen]], added: Floats) -> float:
    return float(sum(min(added[variable] for variable, _ in its) for its in pieces))


def _with_a_pause(
    model: Model, number: int, on: Sequence[Sequence[Chosen]], added: Floats
) -> float:
    """What sessions add at least that follow each other on a day, with room for another between.

    By sets of sessions that are over, and whether there was such a pause; a minute between costs
    what it stretches the forum, less the rest that it may have.
    """
    problem, unit = model.problem, model.told[number].block.unit
    first = min(one.start for its in on for _, one in its)
    size = max(one.end - first for its in on for _, one in its) // unit + 1
    own = np.full((len(on), size), np.inf)
    for row, its in enumerate(on):
        for variable, one in its:
            cell = (one.start - first) // unit
            own[row, cell] = min(own[row, cell], added[variable])
    cells = [(its[0][1].end - its[0][1].start) // unit for its in on]
    wide = -(-min(one.minutes for one in problem.sessions) // unit)
    rest = problem.buffer // unit
    time = np.arange(size) * float(problem.weights.gap * unit)
    crowded = _crowded(model, added, first, size, unit)
    over = np.full((1 << len(on), 2, size), np.inf)
    for done in range(1 << len(on)):
        for one, long in enumerate(cells):
            if done >> one & 1:
                continue
            begun = np.stack([own[one], np.full(size, np.inf)])
            if done:
                close = over[done][0]
                begun = np.minimum(_later(over[done], rest), _later(over[done] + crowded, 0))
                begun[1] = np.minimum(begun[1], _later(close, wide))
                begun += own[one] + time - problem.weights.gap * problem.buffer
            ended = np.full((2, size), np.inf)
            ended[:, long:] = begun[:, : size - long] - time[long:]
            np.minimum(over[done | 1 << one], ended, out=over[done | 1 << one])
    return float((over[-1, 1] + time).min())


def _later(ended: Floats, cells: int) -> Floats:
    """The least of what has ended so many cells before, or sooner."""
    found = np.full_like(ended, np.inf)
    size = ended.shape[-1]
    found[..., cells:] = np.minimum.accumulate(ended, axis=-1)[..., : max(0, size - cells)]
    return found


def _crowded(model: Model, added: Floats, first: int, size: int, unit: int) -> Floats:
    """(size,) what it adds at least not to rest after an end, by cells of time."""
    if not model.tight:
        return np.full(size, np.inf if model.rest else 0.0)
    instants = np.array(sorted(model.tight))
    prices = np.maximum(added[[model.tight[one] for one in instants.tolist()]], 0.0)
    ends = first + np.arange(size) * unit
    found = np.full(size, np.inf)
    for minute in range(0, model.rest, unit):
        at = np.searchsorted(instants, ends + minute, side="right") - 1
        found = np.minimum(found, prices[np.clip(at, 0, len(prices) - 1)])
    return found
