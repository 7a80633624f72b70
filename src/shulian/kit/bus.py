"""Facts and who reacts to them: typed events, published inside the transaction they are true in."""

from collections import defaultdict
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, TypeVar

from shulian.kit.db import Db

E = TypeVar("E")
Reaction = Callable[[Db, "Bus", E], None]


class Reactions:
    """Which functions react to which type of event; filled by the composition at start."""

    def __init__(self) -> None:
        """Nobody reacts to anything yet."""
        self._by_type: dict[type[object], list[Reaction[Any]]] = defaultdict(list)

    def on(self, event: type[E], reaction: Reaction[E]) -> None:
        """Call `reaction` whenever an `event` is published."""
        self._by_type[event].append(reaction)

    def to(self, event: object) -> tuple[Reaction[Any], ...]:
        """The reactions to `event`, in the order in which they were added."""
        return tuple(self._by_type.get(type(event), ()))


class Bus:
    """Carries the events of one transaction to their reactions, at once and inside it."""

    def __init__(self, db: Db, reactions: Reactions) -> None:
        """Carry what is published while `db` is in its transaction."""
        self._db = db
        self._reactions = reactions
        self.published: list[object] = []

    def publish(self, event: object) -> None:
        """Tell everyone who reacts to `event`; what a reaction raises undoes the transaction."""
        self.published.append(event)
        for reaction in self._reactions.to(event):
            reaction(self._db, self, event)


Transactions = Callable[[], AbstractContextManager[tuple[Db, Bus]]]
"""Opens a transaction with its bus: for the rare door that must not do its work in one."""
