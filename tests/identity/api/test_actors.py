"""Finding out who acts where there is neither cookie nor token."""

from dataclasses import replace

import pytest
from tests.identity.accounts import (
    GRANTS,
    NOW,
    join,
    organization,
    person,
    some_uuid,
)

from shulian.identity import api
from shulian.identity.errors import PersonMissing
from shulian.identity.store import people as person_store
from shulian.identity.types import GUEST, Actor, Belonging, PersonId, Role, Via
from shulian.kit.db import Db


def test_a_job_speaks_for_the_person_who_left_it(db: Db) -> None:
    ada, firm = person(db, "ada@example.org"), organization(db, "Firm")
    join(db, ada, firm, Role.MEMBER)

    assert api.actor_of_person(db, GRANTS, ada.id) == Actor(
        ada.id, "Ada", Via.TASK, belongings=(Belonging(firm, Role.MEMBER),)
    )


def test_a_job_of_somebody_shut_out_since_speaks_for_nobody(db: Db) -> None:
    ada = person(db, "ada@example.org")

    person_store.put(db, replace(ada, disabled=NOW))

    assert api.actor_of_person(db, GRANTS, ada.id) == GUEST


def test_a_job_of_nobody_we_know_is_a_mistake(db: Db) -> None:
    with pytest.raises(PersonMissing):
        api.actor_of_person(db, GRANTS, PersonId(some_uuid()))


def test_who_commands_the_machine_may_everything() -> None:
    assert api.command_actor(GRANTS) == Actor(None, "", Via.COMMAND, permissions=GRANTS.known)
