"""A release is public, holds its halls in the ledger, and tells what it changes."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.congress.gatherings import (
    BIG,
    DAYS,
    MODELS_1,
    MODELS_2,
    NOW,
    PLENARY,
    SESSIONS,
    SILICON_1,
    SMALL,
    Gathering,
    at,
    hours,
)
from tests.identity.accounts import COMMAND

from shulian.booking import api as ledger
from shulian.booking.types import NOBODY, Claim, Span
from shulian.congress import api
from shulian.congress.errors import (
    HallsTaken,
    NameTaken,
    NothingNew,
    NotReady,
    ReleaseUnknown,
)
from shulian.congress.types import Change, ChangeKind, Release, Rule
from shulian.identity.types import Actor, Via
from shulian.kit.errors import Refused
from shulian.kit.text import Text
from shulian.park import api as park_api
from shulian.park.types import SpaceId

GUEST = Actor(None, "guest", Via.GUEST)
WHOLE = Span(DAYS[0].start - timedelta(days=1), DAYS[0].start + timedelta(days=3))


def release(made: Gathering, name: str = "v1") -> Release:
    return api.release(made.db, made.bus, made.planner, made.congress, name=name, now=NOW)


def held(made: Gathering, hall: SpaceId) -> list[tuple[str, Span]]:
    """Titles and spans of what is held in a hall."""
    found = ledger.resources_of(made.db, [park_api.space(made.db, hall)], now=NOW)[hall]
    return [
        (one.title, one.claims[0].span)
        for one in ledger.bookings_of(made.db, COMMAND, found.id, WHOLE)
    ]


def test_what_is_placed_is_public_and_held(gathering: Gathering) -> None:
    made = release(gathering)

    shown = api.shown(gathering.db, GUEST, gathering.congress)

    assert (made.number, made.name, made.changes) == (1, "v1", ())
    assert shown.release == made
    assert shown.programme.sessions == SESSIONS[:3]
    assert held(gathering, BIG) == [("全体会议", hours(0, 1)), ("大模型（上）", hours(1.5, 3.5))]
    assert held(gathering, SMALL) == [("硅", hours(4, 5))]


def test_nothing_is_public_before(gathering: Gathering) -> None:
    with pytest.raises(ReleaseUnknown):
        api.shown(gathering.db, gathering.planner, gathering.congress)


def test_a_release_tells_what_it_changes(gathering: Gathering) -> None:
    release(gathering)
    gathering.place(MODELS_2, at(25))
    gathering.place(PLENARY, at(0.5))
    gathering.place(SILICON_1, None)

    changes = api.would_change(gathering.db, gathering.planner, gathering.congress)

    assert release(gathering, "v2").changes == changes
    assert changes == (
        Change(ChangeKind.MOVED, PLENARY, Text("全体会议", "Plenary"), at(0), at(0.5)),
        Change(ChangeKind.NEW, MODELS_2, Text("大模型（下）", "Models II"), None, at(25)),
        Change(ChangeKind.GONE, SILICON_1, Text("硅", "Silicon"), at(4, SMALL), None),
    )
    assert held(gathering, SMALL) == []


def test_sessions_take_each_other_s_halls(gathering: Gathering) -> None:
    gathering.place(MODELS_2, at(1.5, SMALL))
    release(gathering)
    gathering.place(MODELS_1, at(1.5, SMALL))
    gathering.place(MODELS_2, at(1.5, BIG))

    release(gathering, "v2")

    assert held(gathering, BIG)[1] == ("大模型（下）", hours(1.5, 3))
    assert held(gathering, SMALL)[0] == ("大模型（上）", hours(1.5, 3.5))


def test_an_older_release_is_still_what_it_was(gathering: Gathering) -> None:
    first = release(gathering)
    gathering.place(PLENARY, at(0.5))
    release(gathering, "v2")

    then = api.shown(gathering.db, GUEST, gathering.congress, 1)

    assert then.release == first
    assert then.programme.sessions[0].placed == at(0)


def test_a_draft_with_what_blocks_is_not_released(gathering: Gathering) -> None:
    gathering.place(MODELS_2, at(0.5))

    with pytest.raises(NotReady) as refused:
        release(gathering)

    assert [one.rule for one in refused.value.conflicts] == [Rule.HALL_TAKEN, Rule.HALL_TAKEN]
    assert held(gathering, BIG) == []


def test_what_else_holds_a_hall_is_a_conflict(gathering: Gathering) -> None:
    made = gathering
    hall = ledger.resources_of(made.db, [park_api.space(made.db, SMALL)], now=NOW)[SMALL]
    wanted = [Claim(hall.id, hours(4.5, 6))]
    ledger.take(made.db, made.bus, wanted, source="tests", holder=NOBODY, now=NOW)

    found = made.draft().conflicts

    assert [(one.rule, one.sessions, one.hall) for one in found] == [
        (Rule.HALL_TAKEN, (SILICON_1,), SMALL)
    ]


def test_a_hold_that_is_over_is_in_nobody_s_way(gathering: Gathering) -> None:
    made = gathering
    hall = ledger.resources_of(made.db, [park_api.space(made.db, SMALL)], now=NOW)[SMALL]
    gone = NOW + timedelta(minutes=1)
    wanted = [Claim(hall.id, hours(4.5, 6))]
    ledger.take(made.db, made.bus, wanted, source="tests", holder=NOBODY, expires=gone, now=NOW)

    later = api.release(
        made.db, made.bus, made.planner, made.congress, name="v1", now=gone + timedelta(hours=1)
    )

    assert later.number == 1


def test_a_name_is_given_once_and_a_release_has_something_new(gathering: Gathering) -> None:
    release(gathering)

    with pytest.raises(NothingNew):
        release(gathering, "v2")
    gathering.place(PLENARY, at(0.5))
    with pytest.raises(NameTaken):
        release(gathering, " v1 ")


def test_what_was_changed_and_changed_back_is_nothing_new(gathering: Gathering) -> None:
    made = gathering
    release(made)
    by = (made.db, made.bus, made.planner)
    draft = made.draft().programme
    forum, speaker, session = draft.forums[0], draft.speakers[0], draft.sessions[0]

    other = Text("别的", "Other")
    for title in (other, forum.title):
        forum = api.change_forum(*by, replace(forum, title=title), now=NOW)
    for name in (other, speaker.name):
        speaker = api.change_speaker(*by, replace(speaker, name=name), now=NOW)
    for title in (other, session.title):
        session = api.change_session(*by, replace(session, title=title), now=NOW)

    assert [one.version for one in (forum, speaker, session)] == [2, 2, 2]
    with pytest.raises(NothingNew):
        release(made, "v2")


def test_who_gives_a_forum_releases_nothing(gathering: Gathering) -> None:
    made = gathering
    release(made)

    with pytest.raises(Refused):
        api.release(made.db, made.bus, made.host, made.congress, name="v2", now=NOW)


def test_when_speakers_can_be_there_is_not_public(gathering: Gathering) -> None:
    made = gathering
    ann = made.draft().programme.speakers[0]
    api.change_speaker(
        made.db, made.bus, made.planner, replace(ann, available=DAYS, wished=DAYS), now=NOW
    )
    release(made)

    shown = api.shown(made.db, GUEST, made.congress)

    assert shown.programme.speakers[0] == ann


def test_halls_taken_names_the_sessions() -> None:
    assert HallsTaken([PLENARY]).sessions == (PLENARY,)
