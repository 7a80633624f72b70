"""What is left to chance in a search: compiled."""

import numpy as np

from shulian.congress.rules.compiled import inlined
from shulian.congress.rules.curricula.arrays import ODDS, State, Words

_ODDS, _SCALE = ODDS, 4294967296.0


@inlined
def drawn(luck: Words, number: int) -> int:
    """A number from 0 to `number` - 1."""
    word = luck[0]
    word ^= word << np.uint64(13)
    word ^= word >> np.uint64(7)
    word ^= word << np.uint64(17)
    luck[0] = word
    return int(np.int64(((word >> np.uint64(32)) * np.uint64(number)) >> np.uint64(32)))


@inlined
def accepted(state: State, worse: int) -> bool:
    """Whether a change that makes it so much worse is made (Metropolis et al. 1953)."""
    if worse <= 0:
        return True
    return worse < _ODDS and np.uint64(drawn(state.luck, 4294967296)) < state.odds[worse]


@inlined
def weigh(state: State, temperature: float) -> None:
    """Set how likely each change is to be made at a temperature."""
    for worse in range(_ODDS):
        state.odds[worse] = np.uint64(np.exp(-worse / temperature) * (_SCALE - 1))
