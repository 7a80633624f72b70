"""What the house asks of the neighbouring processes, where there are some."""

from collections.abc import Callable
from typing import Protocol

from shulian.kit.errors import Failure
from shulian.world.live.house.foreign import Place, What
from shulian.world.live.house.ground import Ground
from shulian.world.live.house.presence import Presence
from shulian.world.types import Message, Stand, VisitorKey


class Abroad(Protocol):
    """The neighbouring processes, as far as those here speak to people there."""

    def nearby(self, ground: Ground, message: Message, stand: Stand) -> None:
        """Tell those there who stand near `stand` what was said."""
        ...

    def direct(self, message: Message) -> None:
        """Tell the one it is for what was said."""
        ...

    def blocked(self, key: VisitorKey) -> None:
        """Have the blocks of somebody read anew who may be there."""
        ...

    def wish(self, presence: Presence) -> None:
        """Ask for a place in the zone that somebody wants, which another process has."""
        ...

    def call(self, shard: int, place: Place) -> None:
        """Tell another process that there is a place for somebody of its."""
        ...

    def send(
        self,
        presence: Presence,
        to: VisitorKey,
        what: What,
        *,
        done: Callable[[Stand], None],
        failed: Callable[[Failure], None],
    ) -> None:
        """Want something of one there; `done` is told where they stand."""
        ...

    def beckon(self, ground: Ground, presence: Presence) -> None:
        """Ask those there to follow who stand near somebody."""
        ...

    def came(self, presence: Presence) -> None:
        """Have whoever they were elsewhere be over."""
        ...

    def tick(self, now: float) -> None:
        """Say who of ours is near a border."""
        ...
