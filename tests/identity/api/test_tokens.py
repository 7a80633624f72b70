"""Personal API tokens at the door."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from tests.identity.accounts import (
    GRANTS,
    NOW,
    Entry,
    actor,
    administrator,
    entries,
    join,
    organization,
    person,
    some_uuid,
)

from shulian.identity import api
from shulian.identity.api.tokens import MOST_TOKENS
from shulian.identity.errors import LoginOnly, TokenMissing, TokenRefused, TokensFull
from shulian.identity.store import people as person_store
from shulian.identity.tables import token as token_table
from shulian.identity.types import (
    ADMINISTER,
    AUDIT_READ,
    GUEST,
    READ,
    Actor,
    Json,
    Role,
    Token,
    TokenId,
    Via,
)
from shulian.kit.bus import Bus
from shulian.kit.db import Db
from shulian.kit.errors import Invalid, LoginNeeded

DAY = timedelta(days=1)


def create(
    db: Db, who: Actor, *scopes: str, name: str = "screen", days: int = 7
) -> tuple[Token, str]:
    return api.create_token(db, who, name=name, scopes=scopes, days=days, now=NOW)


def act(db: Db, text: str, *, later: timedelta = timedelta(0), demo: bool = False) -> Actor:
    return api.actor_of_token(db, GRANTS, text, demo=demo, now=NOW + later)


def test_a_token_speaks_for_its_person(db: Db) -> None:
    ada = person(db, "ada@example.org")

    token, text = create(db, actor(db, ada), name=" the  screen ")

    assert token == Token(token.id, ada.id, "the screen", frozenset(), NOW, NOW + 7 * DAY)
    assert act(db, text) == Actor(ada.id, "Ada", Via.TOKEN, token=token.id)


def test_only_the_fingerprint_is_stored(db: Db) -> None:
    _, text = create(db, actor(db, person(db, "ada@example.org")))

    assert text not in repr(db.execute(sa.select(token_table)).one())


def test_scopes_narrow_what_the_person_may(db: Db) -> None:
    boss = administrator(db)

    _, text = create(db, boss, AUDIT_READ, READ)

    assert act(db, text).permissions == {AUDIT_READ, READ}


def test_scopes_narrow_what_the_person_may_in_one_organization(db: Db) -> None:
    ada, firm = person(db, "ada@example.org"), organization(db, "Firm")
    join(db, ada, firm, Role.ADMINISTRATOR)
    owner = actor(db, ada)

    narrow, wide = create(db, owner)[1], create(db, owner, ADMINISTER)[1]

    assert [act(db, text).may(ADMINISTER, firm.id) for text in (narrow, wide)] == [False, True]
    assert not act(db, wide).may(ADMINISTER)


def test_a_token_never_has_more_than_its_person_has_now(db: Db, bus: Bus) -> None:
    ada, firm = person(db, "ada@example.org"), organization(db, "Firm")
    join(db, ada, firm, Role.ADMINISTRATOR)
    _, text = create(db, actor(db, ada), ADMINISTER)

    other = person(db, "other@example.org")
    join(db, other, firm, Role.ADMINISTRATOR)
    api.remove_member(db, bus, actor(db, ada), firm.id, ada.id, now=NOW)

    assert act(db, text).within == frozenset()


@pytest.mark.parametrize("scope", ["identity.administer", "audit.read", "no.such", ""])
def test_one_cannot_give_what_one_does_not_have(db: Db, scope: str) -> None:
    with pytest.raises(Invalid) as refused:
        create(db, actor(db, person(db, "ada@example.org")), scope)

    assert dict(refused.value.fields) == {"scopes": "identity.scope_beyond"}


@pytest.mark.parametrize("days", [-1, 0, 367, 10**12])
def test_a_token_lives_for_a_year_at_the_most(db: Db, days: int) -> None:
    with pytest.raises(Invalid) as refused:
        create(db, actor(db, person(db, "ada@example.org")), name="", days=days)

    assert dict(refused.value.fields) == {
        "name": "identity.name_missing",
        "days": "identity.days_wrong",
    }


def test_a_token_ends_at_its_time(db: Db) -> None:
    _, text = create(db, actor(db, person(db, "ada@example.org")), days=1)

    assert act(db, text, later=DAY - timedelta(seconds=1)).via is Via.TOKEN
    with pytest.raises(TokenRefused):
        act(db, text, later=DAY)


@pytest.mark.parametrize("text", ["", "shl_", "shl_" + "0" * 43 + "2CZclj", "x" * 53, "shl_\0"])
def test_a_token_nobody_was_given_is_refused(db: Db, text: str) -> None:
    with pytest.raises(TokenRefused):
        act(db, text)


def test_a_revoked_token_is_refused_at_once_and_both_are_written_down(db: Db) -> None:
    ada = person(db, "ada@example.org")
    token, text = create(db, actor(db, ada))

    api.revoke_token(db, actor(db, ada), token.id, now=NOW)

    told: Json = {
        "id": str(token.id),
        "person": str(ada.id),
        "name": "screen",
        "scopes": [],
        "created": "2026-11-22T04:00:00Z",
        "expires": "2026-11-29T04:00:00Z",
        "used": None,
    }
    subject = ("token", str(token.id))
    assert entries(db) == [
        Entry(ada.id, Via.LOGIN, "identity.create_token", subject, None, told),
        Entry(ada.id, Via.LOGIN, "identity.revoke_token", subject, told, None),
    ]
    assert api.own_tokens(db, actor(db, ada), now=NOW) == ()
    with pytest.raises(TokenRefused):
        act(db, text)


def test_nobody_revokes_another_s_token(db: Db) -> None:
    token, text = create(db, actor(db, person(db, "ada@example.org")))
    mallory = actor(db, person(db, "mallory@example.org"))

    for wrong in (token.id, TokenId(some_uuid())):
        with pytest.raises(TokenMissing):
            api.revoke_token(db, mallory, wrong, now=NOW)

    assert act(db, text).via is Via.TOKEN


def test_a_token_says_when_it_was_used_last_to_the_minute(db: Db) -> None:
    ada = person(db, "ada@example.org")
    _, text = create(db, actor(db, ada))

    used: list[timedelta | None] = []
    for seconds in (None, 0, 30, 61):
        if seconds is not None:
            act(db, text, later=timedelta(seconds=seconds))
        (token,) = api.own_tokens(db, actor(db, ada), now=NOW)
        used.append(token.used and token.used - NOW)

    assert used == [None, timedelta(0), timedelta(0), timedelta(seconds=61)]


def test_tokens_are_listed_the_newest_first_without_those_that_ended(db: Db) -> None:
    ada = person(db, "ada@example.org")
    owner = actor(db, ada)
    old, new = (
        api.create_token(db, owner, name=name, scopes=(), days=days, now=NOW + DAY * place)[0]
        for place, (name, days) in enumerate((("old", 2), ("new", 9)))
    )

    assert api.own_tokens(db, owner, now=NOW + DAY) == (new, old)
    assert api.own_tokens(db, owner, now=NOW + 2 * DAY) == (new,)


def test_one_person_has_so_many_tokens_at_the_most_and_ended_ones_do_not_count(db: Db) -> None:
    owner = actor(db, person(db, "ada@example.org"))
    for _ in range(MOST_TOKENS):
        create(db, owner, days=1)

    with pytest.raises(TokensFull) as refused:
        create(db, owner)

    assert refused.value.params == {"most": MOST_TOKENS}
    api.create_token(db, owner, name="later", scopes=(), days=1, now=NOW + DAY)


def test_a_token_makes_and_revokes_no_tokens(db: Db) -> None:
    token, text = create(db, actor(db, person(db, "ada@example.org")))
    program = act(db, text)

    with pytest.raises(LoginOnly):
        create(db, program)
    with pytest.raises(LoginOnly):
        api.revoke_token(db, program, token.id, now=NOW)
    with pytest.raises(LoginOnly):
        api.own_tokens(db, program, now=NOW)


def test_a_guest_has_no_tokens(db: Db) -> None:
    with pytest.raises(LoginNeeded):
        create(db, GUEST)


def test_a_shut_account_s_token_is_refused(db: Db) -> None:
    ada = person(db, "ada@example.org")
    _, text = create(db, actor(db, ada))

    person_store.put(db, replace(ada, disabled=NOW))

    with pytest.raises(TokenRefused):
        act(db, text)


def test_a_sample_account_s_token_speaks_in_a_demo_only(db: Db) -> None:
    _, text = create(db, actor(db, person(db, "visitor@shulian.example", sample=True)))

    assert act(db, text, demo=True).via is Via.TOKEN
    with pytest.raises(TokenRefused):
        act(db, text)
