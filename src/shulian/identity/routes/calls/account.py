"""Calls about the asker: who they are, and their tokens."""

from dataclasses import replace
from uuid import UUID

from litestar import delete, get, patch, post
from litestar.params import FromPath, JSONBody

from shulian.identity import api
from shulian.identity.routes.actors import RequestActor
from shulian.identity.types import TokenId
from shulian.identity.wire import (
    FreshToken,
    MeView,
    NewToken,
    ProfileChange,
    TokenView,
    me_view,
    token_view,
)
from shulian.kit.http.edge import RequestBus, RequestDb, RequestNow


@get("/api/me", sync_to_thread=True)
def get_me(db: RequestDb, actor: RequestActor) -> MeView:
    """Who asks, and what they may do; a guest is told that they are one."""
    person = api.own_person(db, actor) if actor.person else None
    return me_view(actor, person)


@patch("/api/me", sync_to_thread=True)
def change_me(
    data: JSONBody[ProfileChange],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> MeView:
    """Change name, language or both."""
    before = api.own_person(db, actor)
    after = api.change_profile(
        db,
        bus,
        actor,
        name=before.name if data.name is None else data.name,
        language=data.language or before.language,
        now=now,
    )
    return me_view(replace(actor, name=after.name), after)


@get("/api/tokens", sync_to_thread=True)
def list_tokens(db: RequestDb, actor: RequestActor, now: RequestNow) -> list[TokenView]:
    """The asker's tokens, the newest first."""
    return [token_view(token) for token in api.own_tokens(db, actor, now=now)]


@post("/api/tokens", sync_to_thread=True)
def create_token(
    data: JSONBody[NewToken], db: RequestDb, actor: RequestActor, now: RequestNow
) -> FreshToken:
    """Make a token; its text is told this one time."""
    token, text = api.create_token(
        db, actor, name=data.name, scopes=data.scopes, days=data.days, now=now
    )
    return FreshToken(token_view(token), text)


@delete("/api/tokens/{token:uuid}", sync_to_thread=True)
def revoke_token(
    token: FromPath[UUID], db: RequestDb, actor: RequestActor, now: RequestNow
) -> None:
    """End a token."""
    api.revoke_token(db, actor, TokenId(token), now=now)


ROUTES = (get_me, change_me, list_tokens, create_token, revoke_token)
