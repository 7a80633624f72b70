"""Logging in, signing up, logging out.

Logging in and signing up check passwords, which takes time: these handlers ask for no `db`, so
that they hold no transaction meanwhile (see `api.logins`).
"""

from typing import Any
from urllib.parse import urlencode

from litestar import Response, get, post
from litestar.datastructures import Cookie
from litestar.params import URLEncodedBody

from shulian.identity import api
from shulian.identity.routes.actors import RequestActor, login_cookie, login_secret, no_login_cookie
from shulian.identity.routes.forms import NO_REFUSAL, Refusal, page, refusal, see
from shulian.identity.rules.destinations import safe_destination
from shulian.identity.types import GUEST
from shulian.identity.wire import LoginForm, SignUpForm
from shulian.kit.errors import Failure
from shulian.kit.http.edge import (
    LANGUAGE_COOKIE,
    AnyRequest,
    RequestBus,
    RequestDb,
    RequestLanguage,
    RequestNow,
    edge_of,
)
from shulian.kit.text import Language

_LANGUAGE_KEPT = 365 * 24 * 3600


@get("/login", include_in_schema=False, sync_to_thread=True)
def login_page(request: AnyRequest, actor: RequestActor) -> Response[Any]:
    """The form to log in; in a demo with its accounts, one of which may be filled in."""
    wanted = safe_destination(request.query_params.get("next", "/"))
    if actor.person is not None:
        return see(wanted)
    made = "made" in request.query_params
    chosen = _chosen_account(request)
    typed = {"email": chosen.email, "password": api.DEMO_PASSWORD} if chosen else {}
    return _login_page(request, wanted, Refusal(values=typed), made=made)


@post("/login", include_in_schema=False, sync_to_thread=True)
def log_in(
    request: AnyRequest,
    data: URLEncodedBody[LoginForm],
    now: RequestNow,
) -> Response[Any]:
    """Log in and go on to the page one wanted."""
    edge, wanted = edge_of(request), safe_destination(data.next)
    try:
        opened = api.log_in(
            edge.transaction,
            email=data.email,
            password=data.password,
            address=address_of(request),
            agent=agent_of(request),
            demo=edge.demo,
            now=now,
            replacing=login_secret(request),
        )
    except Failure as failure:
        refused = refusal(request, failure, form="login", email=data.email)
        return _login_page(request, wanted, refused)
    cookies = [login_cookie(request, opened.login, opened.secret)]
    if LANGUAGE_COOKIE not in request.cookies and not opened.person.sample:
        cookies.append(language_cookie(opened.person.language))
    return see(wanted, *cookies)


@post("/logout", include_in_schema=False, sync_to_thread=True)
def log_out(
    request: AnyRequest, db: RequestDb, bus: RequestBus, actor: RequestActor, now: RequestNow
) -> Response[Any]:
    """Log out of this browser."""
    secret = login_secret(request)
    if secret is not None:
        api.log_out(db, bus, actor, secret, now=now)
    return see("/", no_login_cookie(request))


@get("/signup", include_in_schema=False, sync_to_thread=True)
def sign_up_page(request: AnyRequest, actor: RequestActor) -> Response[Any]:
    """The form to make an account."""
    wanted = safe_destination(request.query_params.get("next", "/"))
    if actor.person is not None:
        return see(wanted)
    return page(request, "identity/signup.html", actor=GUEST, next=wanted)


@post("/signup", include_in_schema=False, sync_to_thread=True)
def sign_up(
    request: AnyRequest,
    data: URLEncodedBody[SignUpForm],
    now: RequestNow,
    language: RequestLanguage,
) -> Response[Any]:
    """Make an account, then ask to log in: the answer is the same where there was one before."""
    wanted = safe_destination(data.next)
    try:
        api.sign_up(
            edge_of(request).transaction,
            email=data.email,
            name=data.name,
            password=data.password,
            language=language,
            address=address_of(request),
            now=now,
        )
    except Failure as failure:
        refused = refusal(request, failure, form="signup", email=data.email, name=data.name)
        return page(request, "identity/signup.html", actor=GUEST, refused=refused, next=wanted)
    return see("/login?" + urlencode({"made": "1", "next": wanted}))


def address_of(request: AnyRequest) -> str:
    """The network address the request came from, as the server vouches for it."""
    return request.client.host if request.client else ""


def agent_of(request: AnyRequest) -> str:
    """What the browser says it is."""
    return request.headers.get("user-agent", "")


def language_cookie(language: Language) -> Cookie:
    """The cookie that keeps the language of somebody's profile."""
    return Cookie(
        key=LANGUAGE_COOKIE, value=language, path="/", max_age=_LANGUAGE_KEPT, samesite="lax"
    )


def _login_page(
    request: AnyRequest, wanted: str, refused: Refusal = NO_REFUSAL, *, made: bool = False
) -> Response[str]:
    return page(
        request,
        "identity/login.html",
        actor=GUEST,
        refused=refused,
        next=wanted,
        made=made,
        accounts=api.DEMO_ACCOUNTS if edge_of(request).demo else (),
        demo_password=api.DEMO_PASSWORD if edge_of(request).demo else "",
    )


def _chosen_account(request: AnyRequest) -> api.DemoAccount | None:
    if not edge_of(request).demo:
        return None
    kind = request.query_params.get("account")
    return next((one for one in api.DEMO_ACCOUNTS if one.kind == kind), None)


ROUTES = (login_page, log_in, log_out, sign_up_page, sign_up)
