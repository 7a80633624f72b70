"""HEAD: what a GET of the same address would answer, without its content (RFC 9110, §9.3.2)."""

import asyncio

from litestar.enums import HttpMethod
from litestar.types import (
    ASGIApp,
    HTTPDisconnectEvent,
    HTTPReceiveMessage,
    Message,
    Receive,
    Scope,
    Send,
    WebSocketReceiveMessage,
)


def with_heads(app: ASGIApp) -> ASGIApp:
    """`app`, answering HEAD wherever it answers GET."""

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await app(scope, receive, send)
            return
        over = False

        async def answer(message: Message) -> None:
            nonlocal over
            if message["type"] == "http.response.start":
                await send(message)
            elif not over:
                over = True
                await send({"type": "http.response.body", "body": b"", "more_body": False})
            else:  # a stream may never end: let it hear that nobody listens
                await asyncio.sleep(0)

        async def hear() -> HTTPReceiveMessage | WebSocketReceiveMessage:
            return HTTPDisconnectEvent(type="http.disconnect") if over else await receive()

        await app({**scope, "method": HttpMethod.GET.value}, hear, answer)

    return wrapped
