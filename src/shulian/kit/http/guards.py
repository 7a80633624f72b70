"""What stands before every request: its id, a log line, safe headers, no forged changes."""

import time
from secrets import token_hex

import structlog
from litestar.datastructures import Headers, MutableScopeHeaders
from litestar.middleware.csrf import CSRFMiddleware
from litestar.types import ASGIApp, Message, Receive, Scope, Send

log = structlog.stdlib.get_logger("shulian.access")

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "font-src 'self'; connect-src 'self'; worker-src 'self' blob:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
)

HEADERS = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": (
        "camera=(self), geolocation=(), microphone=(self), xr-spatial-tracking=(self)"
    ),
}
"""Set on every answer (OWASP Secure Headers)."""


def with_headers(app: ASGIApp) -> ASGIApp:
    """`app`, giving each request an id, each answer safe headers, and the log one line of both."""

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        request_id = token_hex(8)
        started = time.perf_counter()
        status = 0

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableScopeHeaders.from_message(message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                headers["x-request-id"] = request_id
            await send(message)

        with structlog.contextvars.bound_contextvars(request=request_id):
            try:
                await app(scope, receive, answer)
            finally:
                log.info(
                    "served",
                    method=scope["method"],
                    path=scope["path"],
                    status=status,
                    ms=round((time.perf_counter() - started) * 1000, 1),
                )

    return wrapped


class ForgeryGuard(CSRFMiddleware):
    """Refuses changes that another site sends with a visitor's cookies.

    A call that carries an API token shows it on purpose, and its cookies are not read: no check.
    """

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let token calls pass; check all others."""
        if scope["type"] == "http" and speaks_by_token(Headers.from_scope(scope)):
            await self.app(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)


def speaks_by_token(headers: Headers) -> bool:
    """Whether a request names its actor by an API token instead of a cookie."""
    return headers.get("authorization", "").lower().startswith("bearer ")
