"""Many clients in one process that speak HTTP and do little else, beside what they test."""

import asyncio
import json
from dataclasses import dataclass
from time import perf_counter
from typing import Any

OK, CREATED, CONFLICT = 200, 201, 409


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, and how long it took [s]; status 0: nothing came back."""

    status: int
    body: Any
    seconds: float


class Client:
    """One person's connection to one web process."""

    def __init__(self, port: int, cookie: str) -> None:
        """Connect when something is asked, as the browser that has these cookies."""
        self._port, self._cookie = port, cookie
        self._guard = cookie.partition("csrf=")[2]
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def ask(self, method: str, path: str, body: object = None) -> Answer:
        """Send a request and wait for its answer.

        As browsers do, a question is asked again where a connection that rested turns out closed.
        """
        began = perf_counter()
        for kept in (self._writer is not None, False):
            try:
                status, told = await self._exchange(method, path, body)
            except (OSError, asyncio.IncompleteReadError, ValueError):
                self.close()
                if not kept or method != "GET":
                    break
            else:
                return Answer(status, told, perf_counter() - began)
        return Answer(0, None, perf_counter() - began)

    def close(self) -> None:
        """Hang up."""
        if self._writer is not None:
            self._writer.close()
        self._reader = self._writer = None

    async def _exchange(self, method: str, path: str, body: object) -> tuple[int, Any]:
        if self._reader is None or self._writer is None:
            self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port)
        sent = b"" if body is None else json.dumps(body).encode()
        lines = (
            f"{method} {path} HTTP/1.1",
            "host: 127.0.0.1",
            f"cookie: {self._cookie}",
            f"x-csrftoken: {self._guard}",
            "accept: application/json",
            "content-type: application/json",
            f"content-length: {len(sent)}",
        )
        self._writer.write("\r\n".join((*lines, "", "")).encode() + sent)
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        length = int(head.partition("content-length:")[2].partition("\r\n")[0])
        told = await self._reader.readexactly(length)
        return int(head.split(" ", 2)[1]), json.loads(told) if told else None
