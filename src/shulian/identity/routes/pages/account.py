"""One's own account: profile, password, organizations, tokens, logins."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath, URLEncodedBody

from shulian.identity import api
from shulian.identity.routes.actors import RequestActor, actor_of, login_cookie, no_login_cookie
from shulian.identity.routes.forms import NO_REFUSAL, Refusal, page, refusal, see
from shulian.identity.routes.pages.logins import agent_of, language_cookie
from shulian.identity.types import TokenId
from shulian.identity.wire import PasswordForm, Profile, TokenForm
from shulian.kit.errors import Failure
from shulian.kit.http.edge import AnyRequest, RequestBus, RequestDb, RequestNow, edge_of

_LIVES = (7, 30, 90, api.LONGEST_LIFE)
"""Days a token may live, to choose from."""

_DONE = frozenset({"profile", "password", "token"})
"""What the page may say was done."""


@get("/account", include_in_schema=False, sync_to_thread=True)
def account_page(
    request: AnyRequest, db: RequestDb, actor: RequestActor, now: RequestNow
) -> Response[Any]:
    """Everything about one's own account."""
    return _page(request, db, actor, now)


@post("/account/profile", include_in_schema=False, sync_to_thread=True)
def change_profile(
    request: AnyRequest,
    data: URLEncodedBody[Profile],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> Response[Any]:
    """Change name and language."""
    try:
        with db.begin_nested():
            person = api.change_profile(
                db, bus, actor, name=data.name, language=data.language, now=now
            )
    except Failure as failure:
        refused = refusal(request, failure, form="profile", name=data.name)
        return _page(request, db, actor, now, refused)
    return see("/account?done=profile", language_cookie(person.language))


@post("/account/password", include_in_schema=False, sync_to_thread=True)
def change_password(
    request: AnyRequest,
    data: URLEncodedBody[PasswordForm],
    now: RequestNow,
) -> Response[Any]:
    """Change the password; asks for no `db`, like every handler that checks one."""
    edge, actor = edge_of(request), actor_of(request, now)
    try:
        opened = api.change_password(
            edge.transaction,
            actor,
            current=data.current,
            new=data.new,
            agent=agent_of(request),
            now=now,
        )
    except Failure as failure:
        refused = refusal(request, failure, form="password")
        with edge.transaction() as (db, _):
            return _page(request, db, actor, now, refused)
    return see("/account?done=password", login_cookie(request, opened.login, opened.secret))


@post("/account/tokens", include_in_schema=False, sync_to_thread=True)
def create_token(
    request: AnyRequest,
    data: URLEncodedBody[TokenForm],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
) -> Response[Any]:
    """Make a token; the page that answers is the only one that shows it."""
    try:
        with db.begin_nested():
            _, text = api.create_token(
                db, actor, name=data.name, scopes=data.all_scopes, days=data.days, now=now
            )
    except Failure as failure:
        refused = refusal(
            request,
            failure,
            form="token",
            name=data.name,
            scopes=data.all_scopes,
            days=data.days,
        )
        return _page(request, db, actor, now, refused)
    return _page(request, db, actor, now, fresh=text)


@post("/account/tokens/{token:uuid}/revoke", include_in_schema=False, sync_to_thread=True)
def revoke_token(
    token: FromPath[UUID], db: RequestDb, actor: RequestActor, now: RequestNow
) -> Response[Any]:
    """End a token."""
    api.revoke_token(db, actor, TokenId(token), now=now)
    return see("/account?done=token")


@post("/account/logout-everywhere", include_in_schema=False, sync_to_thread=True)
def log_out_everywhere(
    request: AnyRequest, db: RequestDb, bus: RequestBus, actor: RequestActor, now: RequestNow
) -> Response[Any]:
    """Log out of every browser, this one included."""
    api.log_out_everywhere(db, bus, actor, now=now)
    return see("/login", no_login_cookie(request))


def _page(
    request: AnyRequest,
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
    refused: Refusal = NO_REFUSAL,
    *,
    fresh: str = "",
) -> Response[str]:
    done = request.query_params.get("done", "")
    return page(
        request,
        "identity/account.html",
        actor=actor,
        refused=refused,
        person=api.own_person(db, actor),
        tokens=api.own_tokens(db, actor, now=now),
        logins=api.own_logins(db, actor, now=now),
        scopes=sorted(api.grantable(actor)),
        lives=_LIVES,
        fresh=fresh,
        done=done if done in _DONE else "",
    )


ROUTES = (
    account_page,
    change_profile,
    change_password,
    create_token,
    revoke_token,
    log_out_everywhere,
)
