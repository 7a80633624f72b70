"""The link over NATS, for processes on several machines."""

import asyncio
from contextlib import suppress
from hashlib import blake2b

import structlog
from nats.aio.client import Client
from nats.aio.msg import Msg

from shulian.world.live.borders import Receive

_AGAIN = 1.0
"""[s] between two tries to connect."""
_PATIENCE = 10
"""[s] for NATS to answer."""
_UNSENT = 1000
"""Messages that may wait to be sent; what comes on top is dropped."""

log = structlog.stdlib.get_logger("shulian.world")


def subject_of(secret: str) -> str:
    """Where the worlds of one installation meet, apart from those of others on the same NATS."""
    return f"shulian.world.{blake2b(secret.encode(), digest_size=12).hexdigest()}"


class NatsLink:
    """A `Link`: connects in the background, again and again for as long as it is open.

    The client's own reconnecting is not used: with no limit to it, a server that is not there yet
    keeps `connect` from ever answering.
    """

    def __init__(self, url: str, subject: str) -> None:
        """Meet the others on `subject` of the NATS at `url`."""
        self._url, self._subject = url, subject
        self._client: Client | None = None
        self._unsent: asyncio.Queue[bytes] = asyncio.Queue(_UNSENT)
        self._tasks: list[asyncio.Task[None]] = []
        self.connected = asyncio.Event()
        """Set while the others can be heard."""

    async def open(self, receive: Receive) -> None:
        """Hear what the others say, as soon as NATS answers."""
        self._tasks = [
            asyncio.create_task(self._stay_connected(receive)),
            asyncio.create_task(self._send()),
        ]

    def publish(self, data: bytes) -> None:
        """Say something to all others; while NATS does not answer it is lost."""
        if self.connected.is_set() and not self._unsent.full():
            self._unsent.put_nowait(data)

    async def close(self) -> None:
        """Hear and say no more."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _stay_connected(self, receive: Receive) -> None:
        while True:
            try:
                await self._be_connected(receive)
            except Exception as error:  # noqa: BLE001  # whatever it is, it is tried again
                log.warning("no link to other worlds", error=str(error))
            await asyncio.sleep(_AGAIN)

    async def _be_connected(self, receive: Receive) -> None:
        """Hear the others until the connection is lost."""
        client, lost = Client(), asyncio.Event()

        async def hear(message: Msg) -> None:  # NATS awaits it
            receive(message.data)

        async def ended() -> None:  # NATS awaits it
            lost.set()

        async def failed(error: Exception) -> None:  # NATS awaits it
            log.info("the link to other worlds complains", error=str(error))

        try:
            async with asyncio.timeout(_PATIENCE):
                await client.connect(
                    self._url,
                    no_echo=True,
                    allow_reconnect=False,
                    connect_timeout=_PATIENCE,
                    disconnected_cb=ended,
                    closed_cb=ended,
                    error_cb=failed,
                )
                await client.subscribe(self._subject, cb=hear)
                await client.flush()  # its PING overtakes what was subscribed before it
                await client.flush()  # the answer to this one says that NATS knows of us
            self._client = client
            self.connected.set()
            await lost.wait()
        finally:
            self._client = None
            self.connected.clear()
            with suppress(Exception):  # what is left of a broken connection is no news
                await asyncio.wait_for(client.close(), _PATIENCE)

    async def _send(self) -> None:
        while True:
            data = await self._unsent.get()
            try:
                if self._client is not None:
                    await self._client.publish(self._subject, data)
            except Exception as error:  # noqa: BLE001  # what is lost is said anew
                log.info("a message to other worlds was lost", error=str(error))
