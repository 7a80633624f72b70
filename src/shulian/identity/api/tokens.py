"""Personal API tokens: keys by which programs act for a person."""

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta

from shulian.identity.api.actors import own_account
from shulian.identity.api.audit import record
from shulian.identity.errors import TokensFull
from shulian.identity.rules import entries, keys
from shulian.identity.store import people
from shulian.identity.store import tokens as store
from shulian.identity.types import Actor, Permission, Subject, Token, TokenId
from shulian.kit.db import Db
from shulian.kit.ids import new_id

MOST_TOKENS = 50
"""Tokens that one person may have."""

LONGEST_LIFE = 366
"""Days after which a token ends at the latest."""


def create_token(
    db: Db,
    actor: Actor,
    *,
    name: str,
    scopes: Collection[str],
    days: int,
    now: datetime,
) -> tuple[Token, str]:
    """A token that may do at most what `scopes` say and its person may; its text is told once.

    Raises Invalid where a scope is not among what the actor may do, TokensFull, LoginOnly.
    """
    person = own_account(actor)
    wanted = frozenset(map(Permission, scopes))
    tidy = entries.tidy_name(name)
    entries.demand(
        {
            "name": entries.name_fault(tidy),
            "scopes": None if wanted <= grantable(actor) else "identity.scope_beyond",
            "days": None if 1 <= days <= LONGEST_LIFE else "identity.days_wrong",
        }
    )
    people.get(db, person, lock=True)  # so that two at once cannot pass the most
    store.drop_ended(db, person, now=now)
    if len(store.list_(db, person, now=now)) >= MOST_TOKENS:
        raise TokensFull(most=MOST_TOKENS)
    ends = now + timedelta(days=days)
    token = Token(TokenId(new_id(now)), person, tidy, wanted, created=now, expires=ends)
    text = keys.token_of(secrets.token_bytes(keys.CHANCE))
    store.put_new(db, token, keys.fingerprint(text))
    record(db, actor, "identity.create_token", _subject(token), None, token, now=now)
    return token, text


def own_tokens(db: Db, actor: Actor, *, now: datetime) -> tuple[Token, ...]:
    """The actor's tokens that have not ended, the newest first."""
    return store.list_(db, own_account(actor), now=now)


def revoke_token(db: Db, actor: Actor, token: TokenId, *, now: datetime) -> None:
    """End one of the actor's tokens at once; raises TokenMissing where it is not theirs."""
    gone = store.get(db, token, own_account(actor))
    store.drop(db, gone.id)
    record(db, actor, "identity.revoke_token", _subject(gone), gone, None, now=now)


def grantable(actor: Actor) -> frozenset[Permission]:
    """What a token of the actor's may be given: everything they may do somewhere."""
    return actor.permissions | frozenset(permission for _, permission in actor.within)


def _subject(token: Token) -> Subject:
    return Subject("token", str(token.id))
