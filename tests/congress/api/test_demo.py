"""What the demo park's congress is like: of the size it should be, and without a fault."""

from datetime import UTC, datetime, time
from pathlib import Path

import pytest
from msgspec import ValidationError
from tests.congress.gatherings import NOW
from tests.identity.accounts import COMMAND

from shulian.app.reactions import reactions
from shulian.cli import files
from shulian.congress import api
from shulian.congress.api.demo import read, seed_demo
from shulian.congress.errors import CongressUnknown
from shulian.congress.types import Placement, SessionKind
from shulian.identity.api import seed_demo as seed_accounts
from shulian.identity.types import GUEST
from shulian.kit.bus import Bus
from shulian.kit.db import Db
from shulian.kit.text import Text
from shulian.park import api as park
from shulian.park.rules import sources
from shulian.park.types import SpaceId
from shulian.ticketing.api.demo import seed_demo as seed_occasions

DEMO = Path(__file__).parents[3] / "demo" / "shulian"
SAMPLE = (DEMO / "congress.yaml").read_bytes()


def seeded(db: Db) -> Bus:
    bus = Bus(db, reactions())
    park.import_park(db, bus, COMMAND, sources.read(files.read([DEMO])).plan, now=NOW)
    seed_accounts(db, bus, COMMAND, now=NOW)
    seed_occasions(db, bus, COMMAND, now=NOW)
    seed_demo(db, bus, COMMAND, read(SAMPLE), now=NOW)
    return bus


def test_thirty_forums_are_public_once_without_a_conflict_and_marked_as_samples(db: Db) -> None:
    bus = seeded(db)
    made = api.congress_by_slug(db, GUEST, "shulian-congress")
    shown = api.shown(db, GUEST, made.id)
    programme = shown.programme

    sizes = (
        len(programme.forums),
        len(programme.sessions),
        len(programme.halls),
        len(programme.speakers),
        (made.last - made.first).days + 1,
    )
    assert sizes == (30, 110, 9, 150, 3)
    assert shown.release.name == "首版 · First version"
    assert api.draft(db, COMMAND, made.id, now=NOW).conflicts == ()
    assert (made.title.zh[-4:], made.title.en[-8:]) == ("（示例）", "(sample)")
    named = [one.title for one in programme.speakers]
    named += [each.name for one in programme.forums for each in one.credits]
    assert all(one.zh.startswith("示例 · ") and one.en.startswith("Sample · ") for one in named)
    plenaries = [one for one in programme.sessions if one.kind is SessionKind.PLENARY]
    assert [one.placed for one in plenaries] == [
        Placement(SpaceId("science-hall-plenary"), datetime.combine(made.first, time(6), UTC))
    ]

    seed_demo(db, bus, COMMAND, read(SAMPLE), now=NOW)

    assert len(api.releases(db, GUEST, made.id)) == 1


def test_everything_in_it_is_said_in_both_languages() -> None:
    sample = read(SAMPLE)
    told: list[Text] = [sample.title, sample.about]
    told += [Text(one.zh, one.en) for one in sample.themes]
    told += [each for one in sample.speakers for each in (one.name, one.of, one.role)]
    for forum in sample.forums:
        told += [forum.title, forum.host]
        told += [one.title for one in forum.sessions]
        told += [each.title for one in forum.sessions for each in one.talks]

    assert [one for one in told if not (one.zh and one.en)] == []


def test_its_people_and_organizations_are_invented() -> None:
    sample = read(SAMPLE)

    people = [one.name.zh for one in sample.speakers]
    assert len(set(people)) == len(people)
    assert len({one.host.zh for one in sample.forums}) == len(sample.forums)


def test_where_its_halls_are_not_there_nothing_is_made(db: Db) -> None:
    seed_demo(db, Bus(db, reactions()), COMMAND, read(SAMPLE), now=NOW)

    with pytest.raises(CongressUnknown):
        api.congress_by_slug(db, COMMAND, "shulian-congress")


def test_a_file_with_a_field_that_there_is_not_is_refused() -> None:
    with pytest.raises(ValidationError, match="unknown field `talk`"):
        read(SAMPLE + b"\ntalk: 1\n")
