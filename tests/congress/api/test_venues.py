"""A programme brings its venues: every forum is in a hall at its time, or nothing has happened."""

import csv
import io
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from tests.congress.gatherings import BIG, NOW, Gathering
from tests.identity.accounts import COMMAND
from tests.park.plans import PARK

from shulian.booking import api as ledger
from shulian.booking.types import Span
from shulian.congress import api
from shulian.congress.api import Arrived
from shulian.congress.errors import ImportRefused
from shulian.congress.rules.days import span_of
from shulian.congress.rules.exchange import formats
from shulian.congress.rules.exchange.drafts import Draft
from shulian.congress.types import CongressId, Level, Rule
from shulian.kit.errors import Refused
from shulian.kit.text import Text
from shulian.park import api as park
from shulian.park.types import ParkPlan, Place, Space, SpaceId, SpaceKind

SHANGHAI = ZoneInfo("Asia/Shanghai")
HEAD = "id,type,title_zh,title_en,date,start,end,venue,room,organisers,attendance\n"
TABLE = (
    HEAD
    + """\
a1,主题论坛,示例论坛甲,Sample Forum A,2026-07-18,08:30,12:00,示例中心,618会议室,1:示例主办,120
a2,分论坛,示例论坛乙,Sample Forum B,2026-07-18,09:00,12:00,示例中心,红厅,1:示例学会,
a3,分论坛,示例路演,Sample Roadshow,2026-07-18,09:30,17:00,示例展览馆,H4 示例舞台,2:示例企业,
a4,分论坛,示例发布会,Sample Launch,2026-07-18,13:00,13:30,示例展览馆,H4 示例舞台,2:示例企业乙,
a5,分论坛,示例论坛丙,Sample Forum C,2026-07-19,09:00,12:00,示例中心,618会议室,1:示例主办,200
a6,分论坛,示例夜谈,Sample Night Talk,2026-07-19,21:00,23:00,数链大厦,多功能厅1东,,
a7,分论坛,示例茶会,Sample Tea,2026-07-19,10:00,11:00,数链大厦,茶室,,12
"""
)
"""Two venues of its own; one that the small park has, with a hall that it has and one it lacks."""


def congress(made: Gathering, where: SpaceId = PARK) -> CongressId:
    """A congress on the days of the table, empty."""
    return api.add_congress(
        made.db,
        made.bus,
        COMMAND,
        organizer=made.organizer.id,
        park=where,
        slug="arriving",
        title=Text("示例来会", "Arriving Sample"),
        first=date(2026, 7, 18),
        last=date(2026, 7, 19),
        now=NOW,
    ).id


def read(made: Gathering, which: CongressId, table: str = TABLE) -> Draft:
    """The table, read for a congress."""
    there = api.congress(made.db, COMMAND, which)
    return formats.read(table.encode(), api.given_for(made.db, there.park, there))


def arrive(made: Gathering, which: CongressId, table: str = TABLE) -> Arrived:
    """Bring the table in with its venues."""
    draft = read(made, which, table)
    return api.import_with_venues(made.db, made.bus, COMMAND, which, draft, now=NOW)


def placed(made: Gathering, which: CongressId) -> dict[str, tuple[str, str, str]]:
    """Of each forum its house, its hall and its time, as the park and the draft tell them."""
    programme = api.draft(made.db, COMMAND, which, now=NOW).programme
    codes = {one.id: one.code for one in programme.forums}
    found: dict[str, tuple[str, str, str]] = {}
    for one in programme.sessions:
        assert one.placed
        steps = park.path(made.db, one.placed.hall)
        house = next(step.name.zh for step in steps if step.kind is SpaceKind.BUILDING)
        start = one.placed.start.astimezone(SHANGHAI)
        end = start + timedelta(minutes=one.minutes)
        when = f"{start:%d %H:%M}-{end:%H:%M}"
        found[codes[one.forum]] = (house, steps[-1].name.zh, when)
    return found


def test_every_forum_is_in_its_hall_at_its_time_and_the_park_has_what_it_lacked(
    gathering: Gathering,
) -> None:
    which = congress(gathering)
    told = arrive(gathering, which)

    assert placed(gathering, which) == {
        "a1": ("示例中心", "618会议室", "18 08:30-12:00"),
        "a2": ("示例中心", "红厅", "18 09:00-12:00"),
        "a3": ("示例展览馆", "H4 示例舞台", "18 09:30-17:00"),
        "a4": ("示例展览馆", "H4 示例舞台 · 2区", "18 13:00-13:30"),
        "a5": ("示例中心", "618会议室", "19 09:00-12:00"),
        "a6": ("数链大厦", "多功能厅1东", "19 21:00-23:00"),
        "a7": ("数链大厦", "茶室", "19 10:00-11:00"),
    }
    assert {one.name.zh for one in told.venues} == {"示例中心", "示例展览馆"}
    assert {(one.name.zh, one.capacity) for one in told.rooms} == {
        ("618会议室", 200),
        ("红厅", None),
        ("H4 示例舞台", None),
        ("H4 示例舞台 · 2区", None),
        ("茶室", 12),
    }
    assert told.imported.sessions == api.Counts(new=7)
    storeys = {one.name.zh: park.path(gathering.db, one.id)[-2].name.zh for one in told.rooms}
    assert (storeys["618会议室"], storeys["红厅"]) == ("六层", "一层")


def test_two_at_a_time_in_one_room_are_told(gathering: Gathering) -> None:
    which = congress(gathering)
    told = arrive(gathering, which)

    titles = {one.id: one.title.en for one in told.programme.sessions}
    assert [
        (titles[one.session], titles[one.other], one.hall.zh, one.part.zh) for one in told.divided
    ] == [("Sample Launch", "Sample Roadshow", "H4 示例舞台", "H4 示例舞台 · 2区")]


def test_it_can_be_released_and_the_halls_are_held_then(gathering: Gathering) -> None:
    which = congress(gathering)
    arrive(gathering, which)
    db, bus = gathering.db, gathering.bus

    assert api.draft(db, COMMAND, which, now=NOW).conflicts == ()
    api.release(db, bus, COMMAND, which, name="v1", now=NOW)

    programme = api.shown(db, COMMAND, which).programme
    assert len(programme.sessions) == 7
    whole = Span(NOW - timedelta(days=365), NOW)
    halls = {one.placed.hall for one in programme.sessions if one.placed}
    held = ledger.held_by_others(db, halls, whole, (), now=NOW)
    assert {(space, span) for space, spans in held.items() for span in spans} == {
        (one.placed.hall, span_of(one)) for one in programme.sessions if one.placed
    }


def test_the_same_file_again_changes_nothing(gathering: Gathering) -> None:
    which = congress(gathering)
    arrive(gathering, which)
    before = api.draft(gathering.db, COMMAND, which, now=NOW)
    revision = park.revision(gathering.db, PARK)

    again = arrive(gathering, which)

    assert (again.venues, again.rooms) == ((), ())
    assert [one.part.zh for one in again.divided] == ["H4 示例舞台 · 2区"]
    assert api.draft(gathering.db, COMMAND, which, now=NOW) == before
    assert park.revision(gathering.db, PARK) == revision


def test_a_later_file_adds_what_is_new_to_the_venue_that_stands(gathering: Gathering) -> None:
    which = congress(gathering)
    arrive(gathering, which)
    more = TABLE + "a8,分论坛,示例加场,Sample Extra,2026-07-19,14:00,15:00,示例中心,619会议室,,\n"

    told = arrive(gathering, which, more)

    assert ([one.name.zh for one in told.rooms], told.venues) == (["619会议室"], ())
    assert placed(gathering, which)["a8"] == ("示例中心", "619会议室", "19 14:00-15:00")
    assert park.path(gathering.db, told.rooms[0].id)[-2].name.zh == "六层"


def test_halls_that_stand_are_not_divided_and_their_conflicts_are_told(
    gathering: Gathering,
) -> None:
    which = congress(gathering)
    clash = HEAD + "".join(
        f"a{one},分论坛,示例{one},,2026-07-18,09:00,10:00,数链大厦,多功能厅1东,,\n"
        for one in (1, 2)
    )

    told = arrive(gathering, which, clash)

    assert (told.rooms, told.divided) == ((), ())
    found = api.draft(gathering.db, COMMAND, which, now=NOW).conflicts
    assert [(one.rule, one.level, one.hall) for one in found] == [
        (Rule.HALL_TAKEN, Level.BLOCK, BIG)
    ]


def test_a_venue_that_is_written_in_several_ways_is_one(gathering: Gathering) -> None:
    which = congress(gathering)
    rows = enumerate(("示例 Centre", "示例Centre", "示例　centre"))
    table = HEAD + "".join(
        f"a{at},分论坛,示例{at},,2026-07-18,1{at}:00,1{at}:30,{venue},{at}号厅,,\n"
        for at, venue in rows
    )

    told = arrive(gathering, which, table)

    assert [one.name for one in told.venues] == [Text("示例 Centre")]
    assert len(told.rooms) == 3


def test_rooms_without_a_venue_stand_in_a_house_of_their_own(gathering: Gathering) -> None:
    which = congress(gathering)
    table = HEAD + "a1,分论坛,示例,Sample,2026-07-18,09:00,10:00,,会议室三,,\n"

    told = arrive(gathering, which, table)

    assert [one.name for one in told.venues] == [Text("其他会场", "Other venues")]
    assert placed(gathering, which) == {"a1": ("其他会场", "会议室三", "18 09:00-10:00")}


def test_a_programme_that_cannot_be_brought_in_leaves_the_park_as_it_is(
    gathering: Gathering,
) -> None:
    which = congress(gathering)
    revision = park.revision(gathering.db, PARK)
    wrong = TABLE.replace("Sample Tea", "x" * 301)

    with pytest.raises(ImportRefused) as refusal, gathering.db.begin_nested():
        arrive(gathering, which, wrong)

    assert list(refusal.value.fields) == ["forums.6.title", "sessions.5.title"]
    assert park.revision(gathering.db, PARK) == revision


def test_who_makes_the_congress_but_may_not_change_the_park_is_refused(
    gathering: Gathering,
) -> None:
    which = congress(gathering)
    draft = read(gathering, which)

    with pytest.raises(Refused):
        api.import_with_venues(
            gathering.db, gathering.bus, gathering.planner, which, draft, now=NOW
        )


def test_a_real_congress_comes_in_with_all_its_venues_and_is_released(
    gathering: Gathering, shared_data: Path
) -> None:
    content = (shared_data / "congress" / "waic2026_forums.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content)))
    where = SpaceId("expo")
    root = Space(where, None, SpaceKind.PARK, Text("空园", "Empty"))
    plan = ParkPlan(Place(where, 121.5, 31.2), (root,))
    park.import_park(gathering.db, gathering.bus, COMMAND, plan, now=NOW)
    which = congress(gathering, where)
    days = sorted(date.fromisoformat(row["date"]) for row in rows)
    api.change_congress(
        gathering.db, gathering.bus, COMMAND, which, first=days[0], last=days[-1], now=NOW
    )

    told = arrive(gathering, which, content)

    parts = {(one.session, one.part.zh): one.hall.zh for one in told.divided}
    names = {name: hall for (_, name), hall in parts.items()}
    shown = {
        code: (house, names.get(hall, hall), when)
        for code, (house, hall, when) in placed(gathering, which).items()
    }
    assert shown == {
        row["id"]: (
            row["venue"],
            " ".join(row["room"].split()),
            f"{row['date'][-2:]} {row['start']}-{row['end']}",
        )
        for row in rows
    }
    found = api.draft(gathering.db, COMMAND, which, now=NOW).conflicts
    assert [one for one in found if one.level is Level.BLOCK] == []
    assert len(told.divided) == overlaps(rows)
    api.release(gathering.db, gathering.bus, COMMAND, which, name="v1", now=NOW)
    assert len(api.shown(gathering.db, COMMAND, which).programme.sessions) == len(rows)


def overlaps(rows: list[dict[str, str]]) -> int:
    """How many rows begin in a room before another one, that began before them, is over."""
    key: Callable[[dict[str, str]], tuple[str, ...]] = lambda row: (  # noqa: E731
        row["venue"],
        row["room"],
        row["date"],
    )
    return sum(
        any(
            key(one) == key(other)
            and one is not other
            and other["start"] < one["start"] < other["end"]
            for other in rows
        )
        for one in rows
    )
