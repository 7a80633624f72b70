"""Who asks: by the cookie of a login, by an API token, or nobody."""

from datetime import datetime
from typing import Any, cast
from urllib.parse import urlencode

from litestar import Response
from litestar.concurrency import sync_to_thread
from litestar.datastructures import Cookie
from litestar.di import NamedDependency
from litestar.handlers import BaseRouteHandler
from litestar.response import Redirect

from shulian.identity import api
from shulian.identity.types import GUEST, Actor, Grants, Login
from shulian.kit.db import Db
from shulian.kit.errors import LoginNeeded
from shulian.kit.http.edge import AnyConnection, AnyRequest, RequestDb, RequestNow, edge_of
from shulian.kit.http.guards import speaks_by_token
from shulian.kit.http.pages import wants_page
from shulian.kit.http.problems import answer_failure

_COOKIE = "login"
_ASKER = "shulian.asker"
"""Where a request keeps who asks."""

RequestActor = NamedDependency[Actor]
"""What handlers write as the type of `actor`."""


async def provide_actor(request: AnyRequest, db: RequestDb, now: RequestNow) -> Actor:
    """Who asks; a wrong token raises TokenRefused, a wrong cookie is a guest's."""
    known = _kept(request).get(_ASKER)
    return known if known is not None else await sync_to_thread(find_actor, request, db, now)


def find_who_asks(request: AnyRequest, db: Db) -> None:
    """What the transaction of a request begins with, where its handler wants to know who asks."""
    wanted = "actor" in request.route_handler.parsed_fn_signature.parameters
    if wanted and _ASKER not in _kept(request):
        _kept(request)[_ASKER] = find_actor(request, db, edge_of(request).clock())


async def refuse_wrong_token(connection: AnyConnection, _handler: BaseRouteHandler) -> None:
    """Guard of the whole application: a call with a wrong API token ends here, as TokenRefused.

    Ending in `provide_actor` would be too late: what other dependencies have opened by then, such
    as the request's transaction, would not be closed in good time. Who was found is not looked for
    again.
    """
    if speaks_by_token(connection.headers):
        _kept(connection)[_ASKER] = await sync_to_thread(_actor_of_token, connection)


def find_actor(connection: AnyConnection, db: Db, now: datetime) -> Actor:
    """Who asks, found out in the transaction of `db`."""
    grants, demo = _grants(connection), edge_of(connection).demo
    if speaks_by_token(connection.headers):
        _, _, text = connection.headers["authorization"].partition(" ")
        return api.actor_of_token(db, grants, text.strip(), demo=demo, now=now)
    secret = login_secret(connection)
    return api.actor_of_login(db, grants, secret, demo=demo, now=now) if secret else GUEST


def actor_of(request: AnyRequest, now: datetime) -> Actor:
    """Who asks, for a handler that must not hold a transaction while it works."""
    with edge_of(request).transaction() as (db, _):
        return find_actor(request, db, now)


def login_secret(connection: AnyConnection) -> str | None:
    """What the login's cookie carries, if there is one."""
    return connection.cookies.get(_cookie_name(connection))


def login_cookie(request: AnyRequest, login: Login, secret: str) -> Cookie:
    """The cookie that keeps somebody logged in."""
    return _cookie(request, secret, int((login.expires - login.created).total_seconds()))


def no_login_cookie(request: AnyRequest) -> Cookie:
    """The cookie that takes such a cookie back."""
    return _cookie(request, "", 0)


def answer_login_needed(request: AnyRequest, failure: LoginNeeded) -> Response[Any]:
    """Send a person to the login page and back afterwards; tell a program how to say who it is."""
    by_token = speaks_by_token(request.headers)
    if wants_page(request) and request.method == "GET" and not by_token:
        query = f"?{request.url.query}" if request.url.query else ""
        there = urlencode({"next": request.url.path + query})
        return Redirect(f"/login?{there}", status_code=303)
    answer = answer_failure(request, failure)
    answer.headers["www-authenticate"] = "Bearer"
    return answer


PROBLEMS = {LoginNeeded: answer_login_needed}
"""How the composition answers where somebody must log in, on every page of every feature."""


def _actor_of_token(connection: AnyConnection) -> Actor:
    edge = edge_of(connection)
    with edge.transaction() as (db, _):
        return find_actor(connection, db, edge.clock())


def _kept(connection: AnyConnection) -> dict[str, Any]:
    """What belongs to this request alone; `state` need not (ASGI, lifespan state)."""
    return cast("dict[str, Any]", connection.scope)


def _grants(connection: AnyConnection) -> Grants:
    grants = connection.app.state["grants"]
    assert isinstance(grants, Grants)  # noqa: S101  # put there by the composition
    return grants


def _is_secure(connection: AnyConnection) -> bool:
    return connection.url.scheme == "https"


def _cookie_name(connection: AnyConnection) -> str:
    """Over https the name itself makes browsers refuse a cookie another host set (RFC 6265bis)."""
    return f"__Host-{_COOKIE}" if _is_secure(connection) else _COOKIE


def _cookie(request: AnyRequest, value: str, max_age: int) -> Cookie:
    return Cookie(
        key=_cookie_name(request),
        value=value,
        max_age=max_age,
        path="/",
        secure=_is_secure(request),
        httponly=True,
        samesite="lax",
    )
