"""What the beat asks of a lane, a way by which bytes come and go."""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from shulian.world.live.sockets.desk import Ending
from shulian.world.live.sockets.handshake import Arrival


class Lane(Protocol):
    """Connections of one kind."""

    @property
    def busy(self) -> bool:
        """Whether there are any."""
        ...

    def adopt(self, slot: int, arrival: Arrival) -> None:
        """Complete the handshake; from then on the connection is in this lane."""
        ...

    def tell(self, slot: int, frame: bytes) -> None:
        """Queue a frame; who has not read those before is dropped."""
        ...

    def end(self, slot: int, ending: Ending) -> None:
        """End a connection after what is queued."""
        ...

    def receive(self) -> None:
        """Take in what has come, where it does not come by itself."""
        ...

    def flush(self, now: float) -> None:
        """Send what waits, note who is blocked, and drop who is for too long."""
        ...

    def deliver(
        self,
        receivers: NDArray[np.int32],
        data: NDArray[np.uint8],
        begin: NDArray[np.int64],
        end: NDArray[np.int64],
    ) -> None:
        """Send `receivers` (n,) their part of `data`; who is blocked gets nothing."""
        ...

    async def all_gone(self) -> None:
        """Wait for the connections that end."""
        ...

    def close(self) -> None:
        """Cut off whatever is left."""
        ...
