"""The first administrator, made on the machine itself."""

from contextlib import closing

import pytest
from tests.cli.conftest import Shulian
from tests.commands import CHINESE

from shulian.app.grants import GRANTS
from shulian.identity import api
from shulian.identity.types import ADMINISTER, Role
from shulian.kit.db import Database

WORDS = ["person", "administrator", "boss@park.example", "--name", "Boss", "--password"]
PASSWORD = "correct horse battery"  # noqa: S105  # opens what tests make


def test_makes_an_administrator(shulian: Shulian, own_database_url: str) -> None:
    said = shulian(*WORDS, PASSWORD, DATABASE_URL=own_database_url)

    assert (said.code, said.err) == (0, "")
    assert said.out == "boss@park.example administers this installation now.\n"
    with closing(Database(own_database_url)) as database, database.transaction() as db:
        (boss,) = api.people(db, api.command_actor(GRANTS))
        actor = api.actor_of_person(db, GRANTS, boss.id)
    assert (boss.name, actor.may(ADMINISTER)) == ("Boss", True)
    assert [(one.organization.name.zh, one.role) for one in actor.belongings] == [
        ("园区运营", Role.ADMINISTRATOR)
    ]


def test_again_gives_another_password(shulian: Shulian, own_database_url: str) -> None:
    shulian(*WORDS, PASSWORD, DATABASE_URL=own_database_url)

    said = shulian(*WORDS, f"another {PASSWORD}", DATABASE_URL=own_database_url, **CHINESE)

    assert (said.code, said.out) == (0, "boss@park.example 现在是本系统的管理员。\n")


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ([*WORDS, "short"], "password"),
        (["person", "administrator", "no address", "--name", "X", "--password", PASSWORD], "email"),
        (["person", "administrator", "a@b.example", "--name", " ", "--password", PASSWORD], "name"),
    ],
)
def test_what_cannot_be_names_the_field(
    shulian: Shulian, own_database_url: str, words: list[str], field: str
) -> None:
    said = shulian(*words, DATABASE_URL=own_database_url)

    assert f"{field}:" in said.complaint
