"""Allowances: what those who went a moment ago have left, so that coming anew does not fill it."""

from shulian.world.rules.limits import RATES, Allowance
from shulian.world.types import VisitorKey

_FULL = max(burst / rate for rate, burst in RATES.values())
"""[s] after which everything is full again."""


class Allowances:
    """Of those who went, by who they are."""

    def __init__(self) -> None:
        """Nobody has spent anything."""
        self._of: dict[VisitorKey, tuple[float, Allowance]] = {}
        """With [s] until when it is kept; who went first comes first."""

    def __len__(self) -> int:
        """Of how many something is kept."""
        return len(self._of)

    def of(self, key: VisitorKey, now: float) -> Allowance:
        """What somebody has left who comes at `now` [s]."""
        kept = self._of.get(key)
        return kept[1] if kept is not None else Allowance(now)

    def keep(self, key: VisitorKey, allowance: Allowance, now: float) -> None:
        """Somebody goes at `now` [s]."""
        self._of.pop(key, None)
        self._of[key] = (now + _FULL, allowance)

    def forget(self, now: float) -> None:
        """Keep nothing any more that is full again at `now` [s]."""
        for key, (until, _) in tuple(self._of.items()):
            if until > now:
                break
            del self._of[key]
