"""Tables of forums and sessions, as CSV and XLSX: whole or not at all, faults by their cells."""

import csv
import io
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given, settings
from openpyxl import Workbook, load_workbook
from tests.congress.rules.exchange.programmes import HALL_A, HALL_B, SMALL, programmes

from shulian.booking.types import Span
from shulian.congress.errors import (
    ExchangeTooLarge,
    ExchangeTooMany,
    ExchangeUnreadable,
    ExchangeUnsafe,
)
from shulian.congress.rules.exchange import delimited, sheets
from shulian.congress.rules.exchange.drafts import LIMIT, Draft, Given, HallNamed, Known
from shulian.congress.rules.exchange.rows import programme_of, rows_of
from shulian.congress.rules.exchange.tables import cell_name
from shulian.congress.rules.exchange.views import Telling
from shulian.congress.types import Credit, ForumId, Part, Programme, SessionKind
from shulian.kit.text import Language, Text
from shulian.park.types import SpaceId

FORMS = {"csv": delimited, "xlsx": sheets}
EACH = pytest.mark.parametrize("form", list(FORMS))
SHANGHAI = Given(timezone="Asia/Shanghai", name="示例大会")
HEAD = "id,title_zh,title_en,date,start,end,venue,room,organisers"
ROW = "f1,示例论坛,Sample Forum,2026-07-18,09:00,12:00,世博中心,红厅,1:示例主办; 2:示例承办"


def table(*rows: str, head: str = HEAD, given_: Given = SHANGHAI) -> Draft:
    """What a table of such rows makes."""
    return delimited.read("\n".join((head, *rows)).encode(), given_)


def sheet(*rows: list[object], given_: Given = SHANGHAI) -> Draft:
    """What a spreadsheet of such rows makes."""
    return sheets.read(book(*rows), given_)


def book(*rows: list[object], merged: str = "") -> bytes:
    """A spreadsheet of such rows."""
    made = Workbook()
    page = made.worksheets[0]
    for row in rows:
        page.append(row)
    if merged:
        page.merge_cells(merged)
    content = io.BytesIO()
    made.save(content)
    return content.getvalue()


def programme(draft: Draft) -> Programme:
    """What a draft holds, which has no faults."""
    assert draft.faults == ()
    assert draft.programme is not None
    return draft.programme


def spans(draft: Draft) -> list[tuple[str, int]]:
    """When the sessions of a draft begin by the clocks of Shanghai, and their minutes."""
    return [
        (f"{one.placed.start + timedelta(hours=8):%m-%d %H:%M}", one.minutes)
        for one in programme(draft).sessions
        if one.placed is not None
    ]


def faults(draft: Draft) -> list[tuple[str, str]]:
    """What is wrong with a table, of which nothing is taken then."""
    assert draft.programme is None
    return [(one.code, one.where) for one in draft.faults]


@EACH
@settings(deadline=None, max_examples=20)
@given(told=programmes())
def test_what_a_table_carries_comes_back_as_it_was(form: str, told: Programme) -> None:
    spaces = tuple(Known(one.space, one.name, capacity=one.capacity) for one in told.halls)
    known = Given(congress=told.congress, spaces=spaces)
    carried = programme_of(rows_of(told), known, told.congress.timezone)
    draft = FORMS[form].read(FORMS[form].write(told), known)

    if not told.sessions:
        assert faults(draft) == [("rows_missing", "A2")]
    else:
        assert (draft.faults, draft.programme) == ((), carried.programme)
        assert {one.code for one in draft.notices} <= {"past_midnight"}


@EACH
@pytest.mark.parametrize("language", list(Language))
def test_a_programme_comes_back_but_for_what_tables_do_not_carry(
    form: str, language: Language
) -> None:
    spaces = (
        Known(HALL_A, Text("大厅", "Great Hall"), Text("科学会堂", "Science Hall"), 800),
        Known(HALL_B, Text("蓝厅", "Blue Hall"), Text("科学会堂", "Science Hall"), 90),
    )
    telling = Telling(language, {one.space: one.venue for one in spaces})
    known = Given(SMALL.congress, spaces=spaces, forums={"T1": SMALL.forums[0].id})
    found = programme(FORMS[form].read(FORMS[form].write(SMALL, telling), known))

    ada, bo = ("示例·艾达", "示例·博") if language is Language.ZH else ("Ada Sample", "Bo Sample")
    names = {one.id: one.name for one in found.speakers}
    opening, tower, dinner, later = found.sessions
    assert found.congress == SMALL.congress
    assert [(one.space, one.capacity) for one in found.halls] == [(HALL_A, 800), (HALL_B, 90)]
    assert [one.id for one in found.forums] == [SMALL.forums[0].id]
    assert [[names[one].into(language) for one in each.speakers] for each in found.sessions] == [
        [bo],
        [ada],
        [],
        [],
    ]
    assert (opening, tower, dinner, later) == tuple(
        replace(one, talks=(), version=0, speakers=each.speakers)
        for one, each in zip(SMALL.sessions, found.sessions, strict=True)
    )


def test_a_row_makes_a_forum_with_a_session_in_a_hall_that_is_proposed() -> None:
    draft = table(ROW)

    found = programme(draft)
    [forum], [session], [hall] = found.forums, found.sessions, found.halls
    assert (forum.code, forum.title, forum.credits) == (
        "f1",
        Text("示例论坛", "Sample Forum"),
        (
            Credit(Part.HOST, Text("示例主办")),
            Credit(Part.ORGANIZER, Text("示例承办")),
        ),
    )
    assert (session.forum, session.title, session.kind) == (
        forum.id,
        forum.title,
        SessionKind.FORUM,
    )
    assert spans(draft) == [("07-18 09:00", 180)]
    assert draft.halls == (HallNamed(hall.space, Text("红厅"), "世博中心"),)
    assert hall.name == Text("世博中心 红厅")
    assert hall.hours == (
        Span(datetime(2026, 7, 17, 16, tzinfo=UTC), datetime(2026, 7, 18, 16, tzinfo=UTC)),
    )
    assert (found.congress.title, found.congress.first, found.congress.last) == (
        Text("示例大会"),
        date(2026, 7, 18),
        date(2026, 7, 18),
    )
    assert table(ROW) == draft


def test_halls_are_spaces_that_the_park_knows_in_that_building() -> None:
    def known(space: str, venue: str) -> Known:
        return Known(SpaceId(space), Text("红厅", "Red Hall"), Text(venue))

    given_ = replace(SHANGHAI, spaces=(known("a", "世博中心"), known("b", "展览馆")))
    english = "g,x,x,2026-07-18,09:00,12:00,,Red Hall,"
    [first, *_] = programme(table(ROW, english, given_=given_)).halls

    assert first.space == "a"
    assert [one.name for one in table(ROW, english, given_=given_).halls] == [Text(en="Red Hall")]


def test_columns_have_chinese_names_in_any_order_below_a_title() -> None:
    draft = table(
        "示例大会论坛安排,,,,,,,,",
        "会场,主办单位,支持单位,*论坛名称（中文）,日期,时间,预计人数,演讲嘉宾,备注",
        "红厅,示例甲；示例乙,示例丙,示例论坛,2026年7月18日（周六）,9:00-12:00,300人,示例·艾达；示例·博,x",
        head="",
    )

    found = programme(draft)
    assert spans(draft) == [("07-18 09:00", 180)]
    assert [(one.part, one.name.zh) for one in found.forums[0].credits] == [
        (Part.HOST, "示例甲"),
        (Part.HOST, "示例乙"),
        (Part.SUPPORTER, "示例丙"),
    ]
    assert found.sessions[0].attendance == 300
    assert [one.name.zh for one in found.speakers] == ["示例·艾达", "示例·博"]
    assert [(one.code, one.where) for one in draft.notices] == [("column_unknown", "I3")]


@pytest.mark.parametrize(
    ("times", "span"),
    [
        ("2026-07-18,09:00,12:00", ("07-18 09:00", 180)),
        ("2026/7/18,9：00,12:00:00", ("07-18 09:00", 180)),
        ("2026.07.18,上午9:00,下午2:30", ("07-18 09:00", 330)),
        ("20260718,9点,21点30分", ("07-18 09:00", 750)),
        ("2026-07-18,9:00 AM,12:15 PM", ("07-18 09:00", 195)),
        ("2026-07-18,20:00,24:00", ("07-18 20:00", 240)),
        ("2026-07-18,22:00,25:30", ("07-18 22:00", 210)),
        ("2026-07-18,22:00,次日01:00", ("07-18 22:00", 180)),
        ("2026-07-18,24:00,25:00", ("07-19 00:00", 60)),
    ],
)
def test_dates_and_times_are_read_as_organizers_write_them(
    times: str, span: tuple[str, int]
) -> None:
    if "次日" in times:
        times = times.replace("次日01:00", "01:00次日")

    assert spans(table(f"f1,x,x,{times},,r,")) == [span]


def test_an_end_before_its_start_is_on_the_next_day_and_one_is_told() -> None:
    draft = table("f1,x,x,2026-07-18,22:00,01:00,,r,")

    assert spans(draft) == [("07-18 22:00", 180)]
    assert [(one.code, one.where) for one in draft.notices] == [("past_midnight", "F2")]


def test_a_spreadsheet_has_real_dates_and_times() -> None:
    noon = datetime.fromisoformat("2026-07-18T12:00")
    draft = sheet(
        ["title", "date", "start", "end", "room"],
        ["a", date(2026, 7, 18), time(9), time(12), "r"],
        ["b", noon - timedelta(hours=12), noon + timedelta(hours=1), time(14), "r"],
        ["c", 46221, 0.625, timedelta(hours=24), "r"],
    )

    assert spans(draft) == [("07-18 09:00", 180), ("07-18 13:00", 60), ("07-18 15:00", 540)]


def test_merged_cells_hold_for_all_of_them() -> None:
    content = book(
        ["title", "date", "start", "end", "room"],
        ["a", "2026-07-18", "09:00", "10:00", "r"],
        ["b", None, "10:00", "11:00", "r"],
        ["c", None, "11:00", "12:00", "r"],
        merged="B2:B4",
    )

    assert spans(sheets.read(content, SHANGHAI)) == [
        ("07-18 09:00", 60),
        ("07-18 10:00", 60),
        ("07-18 11:00", 60),
    ]


def with_value(content: bytes, value: str) -> bytes:
    """A spreadsheet whose only formula has been computed."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for one in old.infolist():
            told = old.read(one)
            if one.filename.endswith("sheet1.xml"):
                assert b"<v />" in told or b"<v/>" in told or b"<v></v>" in told
                for empty in (b"<v />", b"<v/>", b"<v></v>"):
                    told = told.replace(empty, f"<v>{value}</v>".encode())
            new.writestr(one, told)
    return made.getvalue()


def test_of_a_formula_its_computed_value_is_taken() -> None:
    content = book(
        ["title", "date", "start", "end", "room", "attendance"],
        ["a", "2026-07-18", "09:00", "10:00", "r", "=100+50"],
    )

    assert faults(sheets.read(content, SHANGHAI)) == [("formula_empty", "F2")]
    found = programme(sheets.read(with_value(content, "150"), SHANGHAI))
    assert found.sessions[0].attendance == 150


def test_a_cell_with_an_error_is_a_fault() -> None:
    assert faults(sheet(["title", "date"], ["#REF!", None])) == [("cell_error", "A2")]


def test_the_sheet_that_has_a_head_is_read_and_no_hidden_one() -> None:
    made = Workbook()
    made.worksheets[0].append(["说明"])
    hidden = made.create_sheet("old")
    hidden.sheet_state = "hidden"
    for page, title in ((hidden, "old"), (made.create_sheet("new"), "new")):
        page.append(["title", "date", "start", "end", "room"])
        page.append([title, "2026-07-18", "09:00", "10:00", "r"])
    content = io.BytesIO()
    made.save(content)

    found = programme(sheets.read(content.getvalue(), SHANGHAI))

    assert [one.title for one in found.sessions] == [Text(en="new")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_table_is_read_in_the_encodings_and_delimiters_that_are_met(
    encoding: str, delimiter: str
) -> None:
    told = io.StringIO(newline="")
    csv.writer(told, delimiter=delimiter).writerows(csv.reader([HEAD, ROW]))

    draft = delimited.read(told.getvalue().encode(encoding), SHANGHAI)

    assert draft == table(ROW)


@pytest.mark.parametrize(
    ("row", "code", "cell"),
    [
        ("f1,,,2026-07-18,09:00,10:00,,r,", "title_missing", "B2"),
        ("f1,x,x,18/07/2026,09:00,10:00,,r,", "date_unreadable", "D2"),
        ("f1,x,x,2026-02-30,09:00,10:00,,r,", "date_unreadable", "D2"),
        ("f1,x,x,,09:00,10:00,,r,", "date_unreadable", "D2"),
        ("f1,x,x,2026-07-18,9.5x,10:00,,r,", "time_unreadable", "E2"),
        ("f1,x,x,2026-07-18,,10:00,,r,", "time_unreadable", "E2"),
        ("f1,x,x,2026-07-18,09:00,31:00,,r,", "time_unreadable", "F2"),
        ("f1,x,x,2026-07-18,09:00,,,r,", "end_missing", "F2"),
        ("f1,x,x,2026-07-18,09:00,09:00,,r,", "end_missing", "F2"),
        ("f1,x,x,2026-07-18,01:00,26:00,,r,", "session_too_long", "F2"),
        ("f1,x,x,2026-07-18,09:00,10:00,,,", "room_missing", "H2"),
        ("f1,x,x,2026-07-18,09:00,10:00,,r,9:x", "part_unknown", "I2"),
        ("f1,x,x,2026-07-18,09:00,10:00,,r,1:", "part_unknown", "I2"),
    ],
)
def test_what_is_wrong_with_a_cell_is_named(row: str, code: str, cell: str) -> None:
    assert faults(table(row)) == [(code, cell)]


def test_every_fault_of_a_table_is_listed_and_nothing_is_taken() -> None:
    head = f"{HEAD},attendance,session"
    draft = table(
        f"{ROW},many,not-an-id", "f2,x,x,soon,late,never,,r,,,", "f3,,,,,,,,,7,", head=head
    )

    assert faults(draft) == [
        ("guid_unreadable", "K2"),
        ("number_unreadable", "J2"),
        ("time_unreadable", "E3"),
        ("time_unreadable", "F3"),
        ("date_unreadable", "D3"),
        ("title_missing", "B4"),
    ]


def test_one_session_twice_names_both_cells() -> None:
    guid = str(UUID(int=5))
    draft = table(f"{ROW},{guid}", f"{ROW},{guid}", head=f"{HEAD},session")

    [fault] = draft.faults
    assert (fault.code, fault.where, dict(fault.params)) == (
        "guid_twice",
        "J3",
        {"guid": guid, "first": "J2", "second": "J3"},
    )


def test_rows_of_one_id_are_sessions_of_one_forum_if_it_is_called_the_same() -> None:
    later = ROW.replace("2026-07-18", "2026-07-19")
    found = programme(table(ROW, later))

    assert (len(found.forums), len(found.sessions)) == (1, 2)
    assert faults(table(ROW, later.replace("示例论坛", "另一个"))) == [("forum_twice", "A3")]


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        ("2026-03-29,02:30,04:00", [("time_skipped", "E2")]),
        ("2026-03-28,23:00,26:30", [("time_skipped", "F2")]),
    ],
)
def test_times_that_clocks_skip_are_faults(times: str, expected: list[tuple[str, str]]) -> None:
    draft = table(f"f1,x,x,{times},,r,", given_=Given(timezone="Europe/Berlin"))

    assert faults(draft) == expected


def test_a_time_that_clocks_show_twice_is_the_first_unless_its_offset_says_otherwise() -> None:
    zone = Given(timezone="Europe/Berlin")
    first = table("f1,x,x,2026-10-25,02:30,05:00,,r,", given_=zone)
    second = table("f1,x,x,2026-10-25,02:30+01:00,05:00,,r,", given_=zone)

    assert [one.minutes for one in programme(first).sessions] == [210]
    assert [one.minutes for one in programme(second).sessions] == [150]
    assert [(one.code, one.where) for one in (*first.notices, *second.notices)] == [
        ("time_twice", "E2")
    ]


def test_a_row_without_time_is_a_session_without_place() -> None:
    found = programme(table(ROW, "f2,另一个,,,,,,红厅,"))

    assert [one.placed is None for one in found.sessions] == [False, True]
    assert faults(table("f2,另一个,,,,,,红厅,")) == [("days_missing", "A1")]


def test_types_are_those_of_organizers_and_unknown_ones_are_told() -> None:
    draft = table(
        "全体会议,a,2026-07-18,09:00,10:00,r",
        "同期活动,b,2026-07-18,10:00,11:00,r",
        "茶会,c,2026-07-18,11:00,12:00,r",
        head="类型,论坛名称,日期,开始时间,结束时间,会议室",
    )

    assert [one.kind for one in programme(draft).sessions] == [
        SessionKind.PLENARY,
        SessionKind.SIDE,
        SessionKind.FORUM,
    ]
    assert [(one.code, one.where) for one in draft.notices] == [("kind_unknown", "A4")]


def test_what_a_spreadsheet_would_compute_is_guarded_and_comes_back() -> None:
    evil = Text('=HYPERLINK("http://evil.example")', "'+1")
    told = replace(SMALL, sessions=(replace(SMALL.sessions[0], title=evil),))
    content = delimited.write(told)

    cells = [cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))) for cell in row]
    assert '\'=HYPERLINK("http://evil.example")' in cells
    assert [one for one in cells if one[:1] in set("=+-@\t\r") and one] == []
    assert programme(delimited.read(content, SHANGHAI)).sessions[0].title == evil


def test_words_in_a_spreadsheet_are_no_formulas() -> None:
    told = replace(SMALL, sessions=(replace(SMALL.sessions[0], title=Text("=1+1", "#N/A")),))
    page = load_workbook(io.BytesIO(sheets.write(told))).worksheets[0]

    kinds = {cell.value: cell.data_type for cell in page[2] if cell.value is not None}
    assert (kinds["=1+1"], kinds["#N/A"]) == ("s", "s")
    assert programme(sheets.read(sheets.write(told), SHANGHAI)).sessions[0].title == Text(
        "=1+1", "#N/A"
    )


def test_a_table_needs_a_head_and_rows_and_a_zone_that_there_is() -> None:
    assert faults(table(head="a,b,c")) == [("head_missing", "A1")]
    assert faults(table()) == [("rows_missing", "A2")]
    assert faults(table(ROW, given_=Given(timezone="Mars/Olympus"))) == [("zone_unknown", "A1")]
    assert [one.code for one in table(ROW, given_=Given()).notices] == ["zone_missing"]


def test_a_column_that_is_there_twice_is_told() -> None:
    draft = table(f"{ROW},x", head=f"{HEAD},hall")

    assert [(one.code, one.where) for one in draft.notices] == [("column_twice", "J1")]


@pytest.mark.parametrize(
    ("content", "where"),
    [
        (b'title,date\n"a', "2:1"),
        (b"title,date\na\0,b", "2:1"),
        (b"\xff\xff\xff", "1:1"),
        (b"title,date\n" + b"a" * 200_000, "2:1"),
    ],
    ids=["quote", "nul", "encoding", "long"],
)
def test_what_is_no_csv_says_where(content: bytes, where: str) -> None:
    with pytest.raises(ExchangeUnreadable) as error:
        delimited.read(content)

    assert error.value.params == {"format": "CSV", "where": where}


@EACH
def test_a_large_table_is_refused_by_its_size(form: str) -> None:
    with pytest.raises(ExchangeTooLarge):
        FORMS[form].read(b"x" * (LIMIT + 1))


def test_more_rows_than_a_programme_has_are_refused() -> None:
    with pytest.raises(ExchangeTooMany):
        table(*(["f,x,x,,,,,,"] * 5002))


def packed(**parts: bytes) -> bytes:
    """A zip file of such parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return made.getvalue()


def test_a_spreadsheet_that_unpacks_to_more_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(ExchangeTooLarge):
        sheets.read(packed(sheet=b"\0" * (65 << 20)))


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04", packed(a=b"x"), packed(**{"[Content_Types].xml": b"<a>"})],
    ids=["empty", "cut", "other", "broken"],
)
def test_what_is_no_spreadsheet_is_unreadable(content: bytes) -> None:
    with pytest.raises(ExchangeUnreadable):
        sheets.read(content)


def test_entities_in_a_spreadsheet_are_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("42")
    content = book(["title", "date"], ["a", "b"])
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for one in old.infolist():
            told = old.read(one)
            if one.filename.endswith("sheet1.xml"):
                entity = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{secret}">]>'.encode()
                told = entity + told.replace(b"<t>a</t>", b"<t>&e;</t>")
            new.writestr(one, told)

    with pytest.raises((ExchangeUnreadable, ExchangeUnsafe)):
        sheets.read(made.getvalue(), SHANGHAI)


@pytest.mark.parametrize(
    ("place", "name"), [((0, 0), "A1"), ((11, 4), "E12"), ((0, 26), "AA1"), ((0, 701), "ZZ1")]
)
def test_cells_are_named_as_spreadsheets_do(place: tuple[int, int], name: str) -> None:
    assert cell_name(*place) == name


def test_a_real_congress_comes_in_whole(shared_data: Path) -> None:
    content = (shared_data / "congress" / "waic2026_forums.csv").read_bytes()
    draft = delimited.read(content, SHANGHAI)

    found = programme(draft)
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    codes = {one.id: one.code for one in found.forums}
    shown = {
        (
            codes[one.forum],
            one.title.zh,
            f"{one.placed.start + timedelta(hours=8):%Y-%m-%d,%H:%M}",
            f"{one.placed.start + timedelta(hours=8, minutes=one.minutes):%H:%M}",
        )
        for one in found.sessions
        if one.placed is not None
    }
    assert shown == {
        (
            row["id"],
            " ".join(row["title_zh"].split()),
            f"{row['date']},{row['start']}",
            row["end"],
        )
        for row in rows
    }
    assert len(draft.halls) == len({(row["venue"], row["room"]) for row in rows})
    assert sum(len(one.credits) for one in found.forums) == sum(
        row["organisers"].count(":") for row in rows
    )
    assert draft.notices == ()
    again = delimited.read(delimited.write(found), Given(found.congress, forums=_ids(found)))
    assert [one.id for one in programme(again).sessions] == [one.id for one in found.sessions]


def _ids(found: Programme) -> dict[str, ForumId]:
    return {one.code: one.id for one in found.forums}
