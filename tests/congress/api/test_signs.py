"""Halls say what is on in them from the first minute of a released session to its last."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from tests.congress.gatherings import (
    BIG,
    MODELS_1,
    MODELS_2,
    MORNING,
    NOW,
    SMALL,
    Gathering,
    at,
)
from tests.park.plans import OPERATOR, PARK

from shulian.booking.api import show_status
from shulian.booking.types import ResourceId
from shulian.congress import api
from shulian.congress.types import Minutes
from shulian.kit.text import Text
from shulian.park import api as park_api
from shulian.park.types import LiveToken, SpaceId


def hour(hours: float) -> datetime:
    return MORNING + timedelta(hours=hours)


def release(made: Gathering, name: str = "v1") -> None:
    api.release(made.db, made.bus, made.planner, made.congress, name=name, now=NOW)


def waiting(made: Gathering) -> list[datetime | None]:
    """When signs are looked at anew; none: at once."""
    rows = made.db.execute(
        sa.text(
            "select scheduled_at from procrastinate_jobs"
            " where task_name = 'congress.show_signs' order by scheduled_at nulls first"
        )
    )
    return [row.scheduled_at for row in rows]


def said(made: Gathering, now: datetime, hall: SpaceId = BIG) -> tuple[object, ...] | None:
    """What people see on a hall then."""
    found = park_api.statuses(made.db, PARK, now=now)
    one = next((each for each in found if each.space == hall), None)
    return one and (one.source, one.token, one.words.zh, one.until)


def show(made: Gathering, now: datetime) -> None:
    api.show_signs(made.db, made.bus, PARK, now=now)


PLENARY_SIGN = ("congress", LiveToken.EVENT, "全体会议", hour(1))


def test_a_session_is_said_from_its_first_minute_to_its_last_and_what_comes_before_it(
    gathering: Gathering,
) -> None:
    release(gathering)
    told = []
    for minutes in (-31, -30, -1, 0, 59, 60, 90, 209, 210):
        show(gathering, hour(minutes / 60))
        told.append(said(gathering, hour(minutes / 60)))

    plenary_comes = ("congress", LiveToken.EVENT, "09:00 · 全体会议", hour(1))
    models_come = ("congress", LiveToken.EVENT, "10:30 · 大模型（上）", hour(3.5))
    models = ("congress", LiveToken.EVENT, "大模型（上）", hour(3.5))
    assert told == [
        *(None, plenary_comes, plenary_comes),
        *(PLENARY_SIGN, PLENARY_SIGN, models_come),
        *(models, models, None),
    ]


def test_what_is_on_is_said_rather_than_what_comes(gathering: Gathering) -> None:
    gathering.place(MODELS_1, at(1))
    release(gathering)
    show(gathering, hour(0.75))

    assert said(gathering, hour(0.75)) == PLENARY_SIGN


def test_of_two_that_come_the_first_is_said(gathering: Gathering) -> None:
    one = gathering.session(MODELS_2)
    short = replace(one, minutes=Minutes(5), placed=at(1.25))
    api.change_session(gathering.db, gathering.bus, gathering.planner, short, now=NOW)
    gathering.place(MODELS_2, at(1.25))
    release(gathering)
    show(gathering, hour(1.1))

    sign = said(gathering, hour(1.1))
    assert sign is not None
    assert sign[2:] == ("10:15 · 大模型（下）", hour(1.25) + timedelta(minutes=5))


def test_what_comes_is_said_in_both_languages(gathering: Gathering) -> None:
    release(gathering)
    show(gathering, hour(-0.25))

    [sign] = [one for one in park_api.statuses(gathering.db, PARK, now=NOW) if one.space == BIG]
    assert sign.words == Text("09:00 · 全体会议", "09:00 · Plenary")


def test_each_instant_at_which_it_changes_is_waited_for(gathering: Gathering) -> None:
    release(gathering)
    assert waiting(gathering) == [None]
    gathering.db.execute(sa.text("delete from procrastinate_jobs"))
    instants: list[datetime | None] = []
    now = NOW
    for _ in range(8):
        show(gathering, now)
        instants += waiting(gathering)
        now = instants[-1] or now

    assert instants == [
        *(hour(one) for one in (-0.5, 0, 1, 1.5, 3.5, 4, 5)),
    ]


def test_what_the_ledger_says_of_the_hall_does_not_hide_it(gathering: Gathering) -> None:
    release(gathering)
    held = gathering.db.execute(sa.text("select id from booking_resource")).scalars().all()
    for now in (hour(0), hour(0.1)):
        for one in held:
            show_status(gathering.db, gathering.bus, ResourceId(one), now=now)
        show(gathering, now)
        for one in held:
            show_status(gathering.db, gathering.bus, ResourceId(one), now=now)

    assert said(gathering, hour(0.5)) == PLENARY_SIGN


def test_what_the_operator_closes_is_closed(gathering: Gathering) -> None:
    release(gathering)
    show(gathering, hour(0))
    park_api.set_operator_status(
        gathering.db, gathering.bus, OPERATOR, BIG, token=LiveToken.CLOSED, words=Text(), now=NOW
    )

    assert said(gathering, hour(0.5)) == ("operator", LiveToken.CLOSED, "", None)


def test_a_release_moves_the_sign(gathering: Gathering) -> None:
    release(gathering)
    show(gathering, hour(2))
    gathering.place(MODELS_1, at(1.5, SMALL))
    release(gathering, "v2")
    show(gathering, hour(2))

    assert said(gathering, hour(2)) is None
    assert said(gathering, hour(2), SMALL) == (
        "congress",
        LiveToken.EVENT,
        "大模型（上）",
        hour(3.5),
    )


def test_the_draft_says_nothing(gathering: Gathering) -> None:
    show(gathering, hour(0.5))

    assert said(gathering, hour(0.5)) is None
    assert waiting(gathering) == []
    assert api.parks_with_signs(gathering.db, now=NOW) == ()


def test_a_title_longer_than_a_sign_is_cut(gathering: Gathering) -> None:
    one = gathering.session(MODELS_1)
    long = replace(one, title=Text("长" * 300))
    api.change_session(gathering.db, gathering.bus, gathering.planner, long, now=NOW)
    release(gathering)
    show(gathering, hour(2))

    sign = said(gathering, hour(2))
    assert sign is not None
    assert sign[2] == "长" * 199 + "…"


def test_parks_are_looked_after_until_two_days_after_the_last(gathering: Gathering) -> None:
    release(gathering)

    told = [api.parks_with_signs(gathering.db, now=hour(24 * days)) for days in (-3, 1, 3, 4)]

    assert told == [(PARK,), (PARK,), (PARK,), ()]


def test_a_hall_knows_what_is_on_and_what_comes(gathering: Gathering) -> None:
    gathering.place(MODELS_2, at(25))
    release(gathering)

    found = api.on_in(gathering.db, BIG, now=hour(1))

    assert [one.session.id for one in found] == [MODELS_1, MODELS_2]
    assert api.on_in(gathering.db, PARK, now=hour(1)) == ()


@pytest.mark.parametrize("park", ["gone"])
def test_of_a_park_that_is_gone_nothing_is_said(gathering: Gathering, park: str) -> None:
    api.show_signs(gathering.db, gathering.bus, SpaceId(park), now=NOW)

    assert waiting(gathering) == []
