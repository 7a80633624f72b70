"""`schedule.xml` and `schedule.json`: by their schemas, back without loss, and edited by others."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from jsonschema import Draft6Validator, FormatChecker
from tests.congress.rules.exchange.programmes import (
    ADA,
    DINNER,
    HALL_A,
    HALL_B,
    OPENING,
    SMALL,
    TOWER,
    programmes,
)

from shulian.congress.errors import ExchangeTooLarge, ExchangeUnreadable, ExchangeUnsafe
from shulian.congress.rules.exchange import schedule_json, schedule_xml
from shulian.congress.rules.exchange.drafts import LIMIT, Draft, Given, Known
from shulian.congress.rules.exchange.views import Telling
from shulian.congress.types import Minutes, Placement, Programme, SessionKind
from shulian.kit.text import Language, Text
from shulian.park.types import SpaceId

etree: Any = import_module("lxml.etree")  # it has no types
SCHEMAS = Path(__file__).parents[2] / "schemas"
XSD: Any = etree.XMLSchema(etree.parse(SCHEMAS / "schedule.xml.xsd"))
JSON_SCHEMA = Draft6Validator(
    json.loads((SCHEMAS / "schema.json").read_text()), format_checker=FormatChecker()
)
FORMS = {"xml": schedule_xml, "json": schedule_json}
EACH = pytest.mark.parametrize("form", list(FORMS))
NEW = UUID(int=77)
FOREIGN = """<?xml version="1.0" encoding="utf-8"?>
<schedule><generator name="pretalx"/><version>0.9</version>
<conference><title>示例会议</title><acronym>sample_26</acronym>
<start>2026-07-17</start><end>2026-07-17</end><time_zone_name>Asia/Shanghai</time_zone_name></conference>
<day index="1" date="2026-07-17" start="2026-07-17T04:00:00+08:00" end="2026-07-18T04:00:00+08:00">
<room name="Blue Hall"><event guid="00000000-0000-0000-0000-00000000004d" id="5">
<date>2026-07-17T09:00:00+08:00</date><start>09:00</start><duration>01:30</duration>
<room>Blue Hall</room><title>Twins of cities</title><subtitle>城市的孪生</subtitle>
<track>Twins</track><type>workshop</type><language>en</language>
<abstract>Short.</abstract><description>Long.</description>
<persons><person id="3">Ada Sample</person></persons>
<links><link href="https://live.example/5">watch</link></links></event>
</room></day></schedule>"""


def xml_of(day: str) -> bytes:
    """A schedule with one day that has such rooms."""
    frame = "<conference><title>t</title><time_zone_name>{zone}</time_zone_name></conference>"
    return f"<schedule>{frame.format(zone='Europe/Berlin')}{day}</schedule>".encode()


def event(
    *, guid: str = str(NEW), date: str = "2026-03-28T10:00:00", title: str = "a", **told: str
) -> str:
    """An event of a schedule."""
    parts = {"date": date, "title": title, "duration": "00:30", "room": "r", **told}
    inside = "".join(f"<{name}>{words}</{name}>" for name, words in parts.items())
    return (
        f'<day date="2026-03-28"><room name="r"><event guid="{guid}">{inside}</event></room></day>'
    )


def programme(draft: Draft) -> Programme:
    """What a draft holds, which has no faults."""
    assert draft.faults == ()
    assert draft.programme is not None
    return draft.programme


def faults(content: bytes, form: ModuleType = schedule_xml) -> list[tuple[str, str]]:
    """What is wrong with a file, which makes nothing then."""
    draft = form.read(content)
    assert draft.programme is None
    return [(one.code, one.where) for one in draft.faults]


@EACH
@settings(deadline=None, max_examples=20)
@given(told=programmes())
def test_every_programme_comes_back_as_it_was(form: str, told: Programme) -> None:
    draft = FORMS[form].read(FORMS[form].write(told))

    assert (draft.faults, draft.notices, draft.programme) == ((), (), told)


@settings(deadline=None, max_examples=20)
@given(told=programmes())
def test_every_xml_is_by_the_schema(told: Programme) -> None:
    XSD.assertValid(etree.fromstring(schedule_xml.write(told, base="https://park.example/")))


@settings(deadline=None, max_examples=20)
@given(told=programmes())
def test_every_json_is_by_the_schema(told: Programme) -> None:
    JSON_SCHEMA.validate(json.loads(schedule_json.write(told, base="https://park.example/")))


@EACH
@pytest.mark.parametrize("language", list(Language))
def test_a_programme_comes_back_from_either_language(form: str, language: Language) -> None:
    telling = Telling(language, {HALL_A: Text("科学会堂", "Science Hall")})

    assert FORMS[form].read(FORMS[form].write(SMALL, telling)).programme == SMALL


def test_an_event_tells_what_the_format_can_say() -> None:
    told = etree.fromstring(
        schedule_xml.write(SMALL, version="第二版", base="https://park.example/")
    )
    [found] = told.xpath(f"//event[@guid='{OPENING}']")

    assert told.findtext("version") == "第二版"
    assert {one.tag: one.text for one in found if not len(one)} == {
        "date": "2026-07-17T09:00:00+08:00",
        "start": "09:00",
        "duration": "01:30",
        "room": "大厅",
        "title": "开幕",
        "subtitle": "Opening",
        "track": "数字孪生",
        "type": "plenary",
        "language": "zh,en",
        "abstract": "欢迎",
        "description": "Welcome\n\n• 城市 — 示例·艾达",
        "url": f"https://park.example/sessions/{OPENING}",
        "attachments": None,
    }
    assert found.xpath("persons/person/text()") == ["示例·博", "示例·艾达"]
    assert found.xpath("links/link/@href") == ["https://live.example/opening"]


def test_days_are_those_of_the_congress_and_a_night_is_of_its_evening() -> None:
    told = json.loads(schedule_json.write(SMALL))["schedule"]["conference"]

    assert [
        (day["index"], day["day_start"], day["day_end"], list(day["rooms"])) for day in told["days"]
    ] == [
        (1, "2026-07-17T00:00:00+08:00", "2026-07-18T00:00:00+08:00", ["大厅", "蓝厅"]),
        (2, "2026-07-18T00:00:00+08:00", "2026-07-19T00:00:00+08:00", ["蓝厅"]),
    ]


def test_a_day_on_which_clocks_change_is_as_long_as_it_is() -> None:
    congress = replace(
        SMALL.congress,
        timezone="Europe/Berlin",
        first=datetime(2026, 3, 29, tzinfo=UTC).date(),
        last=datetime(2026, 3, 29, tzinfo=UTC).date(),
    )
    told = json.loads(schedule_json.write(Programme(congress)))["schedule"]["conference"]

    assert [(day["day_start"], day["day_end"]) for day in told["days"]] == [
        ("2026-03-29T00:00:00+01:00", "2026-03-30T00:00:00+02:00")
    ]


def test_numbers_of_events_stay_when_others_come_and_go() -> None:
    def numbers(told: Programme) -> dict[str, str]:
        found = etree.fromstring(schedule_xml.write(told)).iter("event")
        return {one.get("guid"): one.get("id") for one in found}

    fewer = replace(SMALL, sessions=SMALL.sessions[1:])
    before, after = numbers(SMALL), numbers(fewer)

    assert len(set(before.values())) == 3
    assert after == {guid: before[guid] for guid in after}


def test_halls_of_one_name_are_two_rooms() -> None:
    halls = tuple(replace(one, name=Text("厅", "Hall")) for one in SMALL.halls)
    told = etree.fromstring(schedule_xml.write(replace(SMALL, halls=halls)))

    assert set(told.xpath("//room/@name")) == {"厅", f"厅 · {HALL_B}"}


@EACH
def test_what_others_edit_in_a_file_holds_and_the_rest_stays(form: str) -> None:
    edited = FORMS[form].write(SMALL).decode()
    for before, after in (
        ("2026-07-17T11:00:00+08:00", "2026-07-17T13:30:00+08:00"),
        ("00:45", "00:50"),
        ("<title>夜话", "<title>深夜对话"),
        ('"title": "夜话"', '"title": "深夜对话"'),
    ):
        edited = edited.replace(before, after)

    draft = FORMS[form].read(edited.encode())

    opening, tower, dinner, later = SMALL.sessions
    assert draft.programme == replace(
        SMALL,
        sessions=(
            opening,
            replace(
                tower,
                minutes=Minutes(50),
                placed=Placement(HALL_B, datetime(2026, 7, 17, 5, 30, tzinfo=UTC)),
            ),
            replace(dinner, title=Text("深夜对话", "Night talk")),
            later,
        ),
    )
    assert [(one.code, one.where) for one in draft.notices] == [
        ("edited", "塔的孪生"),
        ("edited", "深夜对话"),
    ]


def test_a_file_that_another_program_writes_anew_is_the_same() -> None:
    content = etree.tostring(etree.fromstring(schedule_xml.write(SMALL)), encoding="us-ascii")

    draft = schedule_xml.read(content)

    assert (draft.notices, draft.programme) == ((), SMALL)


def test_a_session_that_others_move_and_regroup_goes_with_them() -> None:
    told = etree.fromstring(schedule_xml.write(SMALL))
    [tower] = told.xpath(f"//event[@guid='{TOWER}']")
    [great] = told.xpath("//day[1]/room[@name='大厅']")
    tower.find("room").text = "大厅"
    tower.find("type").text = "panel"
    tower.find("language").text = "en"
    tower.find("abstract").text = "新的说明"
    tower.find("persons").clear()
    great.append(tower)

    [_, found, *_] = programme(schedule_xml.read(etree.tostring(told))).sessions

    assert found == replace(
        SMALL.sessions[1],
        placed=Placement(HALL_A, datetime(2026, 7, 17, 3, tzinfo=UTC)),
        kind=SessionKind.PANEL,
        language="en",
        about=Text("新的说明"),
        speakers=(),
    )


def test_a_speaker_whom_others_take_out_is_out_of_the_talks_too() -> None:
    told = etree.fromstring(schedule_xml.write(SMALL))
    [opening] = told.xpath(f"//event[@guid='{OPENING}']")
    [ada] = opening.xpath(f"persons/person[@guid='{ADA.id}']")
    ada.getparent().remove(ada)

    found = programme(schedule_xml.read(etree.tostring(told))).sessions[0]

    assert found == replace(
        SMALL.sessions[0], talks=(replace(SMALL.sessions[0].talks[0], speakers=()),)
    )


def test_sessions_that_others_add_and_take_out_come_and_go() -> None:
    told = etree.fromstring(schedule_xml.write(SMALL))
    [dinner] = told.xpath(f"//event[@guid='{DINNER}']")
    dinner.set("guid", str(NEW))
    dinner.find("title").text = "新的一场"
    dinner.find("room").text = "花园"

    draft = schedule_xml.read(etree.tostring(told))
    found = programme(draft)

    assert DINNER not in {one.id for one in found.sessions}
    [new] = [one for one in found.sessions if one.id == NEW]
    assert (new.title, new.forum, new.minutes) == (
        Text("新的一场", "Night talk"),
        SMALL.forums[0].id,
        180,
    )
    assert [one.name for one in draft.halls] == [Text("花园")]
    assert {one.code for one in draft.notices} == {"added", "gone"}


@EACH
def test_a_file_by_other_hands_makes_forums_of_its_tracks(form: str) -> None:
    content = FOREIGN.encode()
    if form == "json":
        told = schedule_json.write(programme(schedule_xml.read(content)))
        tree = json.loads(told)
        del tree["schedule"]["conference"]["meta"]
        [[found]] = tree["schedule"]["conference"]["days"][0]["rooms"].values()
        found |= {"title": "Twins of cities", "subtitle": "城市的孪生", "type": "workshop"}
        content = json.dumps(tree).encode()

    found = programme(FORMS[form].read(content))

    [one] = found.sessions
    [forum] = found.forums
    [theme] = found.themes
    assert (one.id, one.kind, one.title, one.minutes, one.language, one.link) == (
        NEW,
        SessionKind.WORKSHOP,
        Text("城市的孪生", "Twins of cities"),
        90,
        "en",
        "https://live.example/5",
    )
    assert one.about == Text(en="Short.\n\nLong.")
    assert one.placed == Placement(found.halls[0].space, datetime(2026, 7, 17, 1, tzinfo=UTC))
    assert (forum.title, theme.name, forum.theme) == (
        Text(en="Twins"),
        Text(en="Twins"),
        theme.id,
    )
    assert [who.name for who in found.speakers] == [Text(en="Ada Sample")]


def test_rooms_are_spaces_that_the_park_knows() -> None:
    known = Known(SpaceId("blue"), Text("蓝厅", "Blue Hall"), capacity=90)
    draft = schedule_xml.read(FOREIGN.encode(), Given(spaces=(known,)))

    [hall] = programme(draft).halls
    assert (hall.space, hall.name, hall.capacity) == ("blue", known.name, 90)
    assert draft.halls == ()


def test_the_same_file_twice_makes_the_same_congress() -> None:
    assert schedule_xml.read(FOREIGN.encode()) == schedule_xml.read(FOREIGN.encode())


def test_an_event_of_old_starts_in_the_night_of_its_day() -> None:
    content = b"""<schedule><conference><title>t</title><acronym>old</acronym></conference>
    <day date="2009-12-27" start="2009-12-27T04:00:00+01:00"><room name="r">
    <event id="3"><start>00:30</start><duration>01:00</duration><title>a</title></event>
    </room></day></schedule>"""

    [one] = programme(schedule_xml.read(content, Given(timezone="Europe/Berlin"))).sessions

    assert one.placed is not None
    assert one.placed.start == datetime(2009, 12, 27, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "minutes"), [("00:45", 45), ("1:30", 90), ("0:02:00", 120), ("02:00:00", 120)]
)
def test_durations_are_read_as_they_are_met(words: str, minutes: int) -> None:
    [one] = programme(schedule_xml.read(xml_of(event(duration=words)))).sessions

    assert one.minutes == minutes


@pytest.mark.parametrize(
    ("told", "code"),
    [
        (event(date="soon"), "start_unreadable"),
        (event(date="0001-01-01T00:00:00+14:00"), "start_unreadable"),
        (event(date="2026-03-29T02:30:00"), "time_skipped"),
        (event(duration="long"), "duration_unreadable"),
        (event(duration="24:01"), "session_too_long"),
        (event(duration="3:00:00"), "session_too_long"),
        (event(guid="x"), "guid_unreadable"),
        (event(guid=""), "guid_unreadable"),
    ],
)
def test_what_is_wrong_with_an_event_is_named(told: str, code: str) -> None:
    assert faults(xml_of(told)) == [(code, "a")]


def test_an_event_without_title_or_room_is_a_fault() -> None:
    no_room = event(room=" ").replace('name="r"', 'name=""')

    assert faults(xml_of(event(title=" "))) == [("title_missing", str(NEW))]
    assert faults(xml_of(no_room)) == [("room_missing", "a")]


def test_a_guid_that_is_there_twice_is_named_with_both() -> None:
    again = event(title="b", date="2026-03-28T12:00:00")
    draft = schedule_xml.read(xml_of(event() + again))

    [fault] = draft.faults
    assert (draft.programme, fault.code, dict(fault.params)) == (
        None,
        "guid_twice",
        {
            "guid": str(NEW),
            "first": "a (r, 2026-03-28 09:00Z)",
            "second": "b (r, 2026-03-28 11:00Z)",
        },
    )


def test_every_fault_of_a_file_is_listed() -> None:
    told = event(title="a", date="x") + event(title="b", duration="x")

    assert faults(xml_of(told)) == [("start_unreadable", "a"), ("duration_unreadable", "b")]


def test_a_time_that_clocks_show_twice_is_told_by_its_offset() -> None:
    first, second = (
        programme(schedule_xml.read(xml_of(event(date=f"2026-10-25T02:30:00{offset}"))))
        for offset in ("+02:00", "+01:00")
    )

    assert [
        one.placed and one.placed.start.hour for one in (*first.sessions, *second.sessions)
    ] == [
        0,
        1,
    ]


@EACH
def test_a_zone_that_there_is_not_is_a_fault(form: str) -> None:
    content = FORMS[form].write(SMALL).decode().replace("Asia/Shanghai", "Mars/Olympus").encode()

    assert faults(content, FORMS[form]) == [("zone_unknown", f"schedule.{form}")]
    assert faults(xml_of(event()).replace(b"Europe/Berlin", b"Mars/Olympus")) == [
        ("zone_unknown", "schedule.xml")
    ]


def test_without_a_zone_times_are_utc_and_one_is_told() -> None:
    content = FOREIGN.replace("Asia/Shanghai", "").encode()
    draft = schedule_xml.read(content)

    assert [one.code for one in draft.notices] == ["zone_missing"]
    assert programme(draft).congress.timezone == "UTC"
    assert programme(
        schedule_xml.read(content, Given(timezone="Asia/Tokyo"))
    ).congress.timezone == ("Asia/Tokyo")


BOMB = b"""<?xml version="1.0"?><!DOCTYPE s [<!ENTITY a "aaaaaaaaaa">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><schedule>&b;</schedule>"""
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE s [<!ENTITY a SYSTEM "file:///etc/passwd">]>
<schedule>&a;</schedule>"""


@pytest.mark.parametrize(
    "content", [BOMB, OUTSIDE, b"<a>" * 5000 + b"</a>" * 5000], ids=["bomb", "outside", "deep"]
)
def test_hostile_xml_is_refused(content: bytes) -> None:
    with pytest.raises(ExchangeUnsafe):
        schedule_xml.read(content)


@pytest.mark.parametrize(
    ("content", "where"),
    [
        (b"", "1:1"),
        (b"<schedule>", "1:11"),
        (b"<schedule>\n<a></b></schedule>", "2:6"),
        (b"<schedule>\0</schedule>", "1:11"),
        (b'<?xml version="1.0" encoding="klingon"?><schedule/>', "1:1"),
        (b"<schedules/>", "<schedules>"),
        (b"<schedule/>", "<conference>"),
        (b"<schedule><conference/></schedule>", "day"),
        (b"<schedule><?shulian {]?><conference/></schedule>", "shulian"),
        (b'<schedule><?shulian {"version":1}?><conference/></schedule>', "shulian"),
    ],
)
def test_what_is_no_schedule_says_where_it_ends_being_one(content: bytes, where: str) -> None:
    with pytest.raises(ExchangeUnreadable) as error:
        schedule_xml.read(content)

    assert error.value.params == {"format": "schedule.xml", "where": where}


@pytest.mark.parametrize(
    ("content", "where"),
    [
        (b"", "1:1"),
        (b"{\n,", "2:1"),
        (b'{"a": "\xff"}', "1:8"),
        (b"[" * 200_000, "1:1"),
        (b"[]", "schedule.conference"),
        (b'{"schedule": {"conference": 3}}', "schedule.conference"),
        (b'{"schedule": {"conference": {"title": "t"}}}', "day"),
        (b'{"schedule": {"conference": {"meta": {"shulian": 5}}}}', "shulian"),
    ],
)
def test_what_is_no_json_says_where_it_ends_being_one(content: bytes, where: str) -> None:
    with pytest.raises(ExchangeUnreadable) as error:
        schedule_json.read(content)

    assert error.value.params == {"format": "schedule.json", "where": where}


@EACH
def test_a_large_file_is_refused_by_its_size(form: str) -> None:
    with pytest.raises(ExchangeTooLarge):
        FORMS[form].read(b" " * (LIMIT + 1))


def test_own_words_of_another_version_are_passed_over() -> None:
    content = schedule_xml.write(SMALL).replace(b'{"version":1', b'{"version":2')

    found = programme(schedule_xml.read(content))

    assert {one.id for one in found.sessions} == {OPENING, TOWER, DINNER}
    assert found.congress.title == Text("示例大会")


def test_own_words_that_name_a_hall_that_is_not_there_are_faults() -> None:
    content = schedule_xml.write(SMALL).replace(b'{"space":"hall-b"', b'{"space":"hall-c"')

    assert faults(content) == [("named_nowhere", "塔的孪生"), ("named_nowhere", "夜话")]


def test_own_words_that_do_not_hang_together_are_faults() -> None:
    content = json.loads(schedule_json.write(SMALL))
    content["schedule"]["conference"]["meta"]["shulian"]["programme"]["forums"] = []

    assert set(faults(json.dumps(content).encode(), schedule_json)) == {
        ("named_nowhere", "开幕"),
        ("named_nowhere", "塔的孪生"),
        ("named_nowhere", "夜话"),
        ("named_nowhere", "待定"),
    }
