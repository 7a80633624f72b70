"""Notices of an import: one line a feature, and no flood of them."""

from collections import Counter

from shulian.park.rules.geojson.items import Item
from shulian.park.types import Notice

_FEW = 50
"""So many notices of one kind are worth reading one by one."""


class Report:
    """Collects notices in the order they come; beyond a few of one kind it only counts."""

    def __init__(self) -> None:
        """Start with nothing to say."""
        self._notices: list[Notice] = []
        self._counts: Counter[str] = Counter()

    def say(self, code: str, feature: str, words: str) -> None:
        """Note `words` about `feature`; `code` is a key below `park.notice.`."""
        self._note(code, feature, f"{feature}: {words}")

    def _note(self, code: str, feature: str, words: str) -> None:
        self._counts[code] += 1
        if self._counts[code] <= _FEW:
            self._notices.append(Notice(feature, code, words))

    def say_of(self, code: str, item: Item, words: str) -> None:
        """Note `words` about an item, with the name or id it is known by."""
        known = item.name.zh or item.name.en or item.key
        called = f"{item.place} ({known})" if known else item.place
        self._note(code, item.place, f"{called}: {words}")

    def first(self) -> str:
        """What was noted first; empty if nothing was."""
        return self._notices[0].words if self._notices else ""

    def notices(self) -> tuple[Notice, ...]:
        """What was noted, and how many more there were of each kind that was cut short."""
        more = (
            Notice(f"{code} +{count - _FEW}", "more", f"{code}: {count - _FEW} more features")
            for code, count in self._counts.items()
            if count > _FEW
        )
        return (*self._notices, *more)
