"""Calls about the asker: who they are, and their tokens."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from litestar import delete, get, patch, post

from shulian.identity import api
from shulian.identity.types import Actor, TokenId
from shulian.identity.wire import (
    FreshToken,
    MeView,
    NewToken,
    ProfileChange,
    TokenView,
    me_view,
    token_view,
)
from shulian.kit.bus import Bus
from shulian.kit.db import Db


@get("/api/me", sync_to_thread=True)
def get_me(db: Db, actor: Actor) -> MeView:
    """Who asks, and what they may do; a guest is told that they are one."""
    person = api.own_person(db, actor) if actor.person else None
    return me_view(actor, person)


@patch("/api/me", sync_to_thread=True)
def change_me(data: ProfileChange, db: Db, bus: Bus, actor: Actor, now: datetime) -> MeView:
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
def list_tokens(db: Db, actor: Actor, now: datetime) -> list[TokenView]:
    """The asker's tokens, the newest first."""
    return [token_view(token) for token in api.own_tokens(db, actor, now=now)]


@post("/api/tokens", sync_to_thread=True)
def create_token(data: NewToken, db: Db, actor: Actor, now: datetime) -> FreshToken:
    """Make a token; its text is told this one time."""
    token, text = api.create_token(
        db, actor, name=data.name, scopes=data.scopes, days=data.days, now=now
    )
    return FreshToken(token_view(token), text)


@delete("/api/tokens/{token:uuid}", sync_to_thread=True)
def revoke_token(token: UUID, db: Db, actor: Actor, now: datetime) -> None:
    """End a token."""
    api.revoke_token(db, actor, TokenId(token), now=now)


ROUTES = (get_me, change_me, list_tokens, create_token, revoke_token)
