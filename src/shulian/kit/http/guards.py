"""What stands before every request: its id, a log line, safe headers, no forged changes."""

import logging
import time
from collections.abc import Callable
from dataclasses import replace
from secrets import token_hex

import structlog
from litestar.config.csrf import CSRFConfig
from litestar.connection import ASGIConnection
from litestar.datastructures import Headers, MutableScopeHeaders
from litestar.exceptions import PermissionDeniedException
from litestar.middleware.csrf import CSRFMiddleware
from litestar.types import ASGIApp, Message, Receive, Scope, Send
from litestar.utils.scope.state import ScopeState

from shulian.kit.errors import LoginNeeded
from shulian.kit.http.edge import AnyConnection
from shulian.kit.http.pages import wants_page

log = structlog.stdlib.get_logger("shulian.access")

_OURS = 500
"""From this status on a failure is ours, not the asker's."""

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "font-src 'self'; connect-src 'self'; worker-src 'self' blob:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
)

HEADERS = {
    "cache-control": "private, no-cache",  # language and header are the asker's own
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": (
        "camera=(self), geolocation=(), microphone=(self), xr-spatial-tracking=(self)"
    ),
}
"""Set on every answer (OWASP Secure Headers)."""


Reaches = Callable[[Scope], str]
"""Where else the pages that answer a request may connect to, as sources of a policy."""


def _nowhere(_scope: Scope) -> str:
    return ""


def with_headers(app: ASGIApp, *, reaches: Reaches = _nowhere) -> ASGIApp:
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
                _widen(headers, reaches(scope))
                headers["x-request-id"] = request_id
            await send(message)

        with structlog.contextvars.bound_contextvars(request=request_id):
            try:
                await app(scope, receive, answer)
            finally:
                log.log(
                    _weight(scope, status),
                    "served",
                    method=scope["method"],
                    path=scope["path"],
                    status=status,
                    ms=round((time.perf_counter() - started) * 1000, 1),
                )

    return wrapped


def _widen(headers: MutableScopeHeaders, sources: str) -> None:
    """Let pages connect to `sources` as well, where the policy is ours."""
    if sources and headers.get("content-security-policy") == _POLICY:
        wider = f"connect-src 'self' {sources};"
        headers["content-security-policy"] = _POLICY.replace("connect-src 'self';", wider)


def _weight(scope: Scope, status: int) -> int:
    """How much a log line about an answer weighs: probes that go well are not worth one."""
    if status >= _OURS:
        return logging.WARNING
    quiet = "route_handler" in scope and scope["route_handler"].opt.get("quiet")
    return logging.DEBUG if quiet else logging.INFO


class ForgeryGuard:
    """Refuses changes that another site sends with a visitor's cookies.

    A call that carries an API token shows it on purpose, and its cookies are not read: no check.
    A program that brings neither token nor cookie is refused like the others, but told to log in.
    Over https the cookie with the token goes back over https alone.
    """

    def __init__(self, app: ASGIApp, config: CSRFConfig) -> None:
        """Guard `app`."""
        self.app = app
        self._plain = _Tokens(app, config)
        self._secure = _Tokens(app, replace(config, cookie_secure=True))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let token calls pass; check all others."""
        if scope["type"] == "http" and speaks_by_token(Headers.from_scope(scope)):
            await self.app(scope, receive, send)
        else:
            guard = self._secure if scope["scheme"] == "https" else self._plain
            await guard(scope, receive, send)


class _Tokens(CSRFMiddleware):
    """The framework's own guard; it also replaces a token that another secret has signed.

    Without that, who had visited an installation before at this address could send no form.
    """

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Forget a cookie that is none of ours, then check."""
        if scope["type"] == "http":
            connection: AnyConnection = ASGIConnection(scope)
            name = self.config.cookie_name
            told = connection.cookies.get(name)
            if told is not None and self._decode_csrf_token(told) is None:
                others = {one: value for one, value in connection.cookies.items() if one != name}
                ScopeState.from_scope(scope).cookies = others
        try:
            await super().__call__(scope, receive, send)
        except PermissionDeniedException as error:
            if _is_nobody(ASGIConnection(scope)):
                raise LoginNeeded from error
            raise


def _is_nobody(connection: AnyConnection) -> bool:
    """Whether a call comes without any cookie: in nobody's name, so that none can be forged.

    A browser on its way to a page is not meant: where it keeps no cookies, logging in fails too.
    """
    return "cookie" not in connection.headers and not wants_page(connection)


def speaks_by_token(headers: Headers) -> bool:
    """Whether a request names its actor by an API token instead of a cookie."""
    return headers.get("authorization", "").lower().startswith("bearer ")
