"""Programmes as files over HTTP: what is public for everybody, the draft for who makes it."""

import json
from dataclasses import replace
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from jsonschema import Draft6Validator, FormatChecker
from tests.congress.desk_sites import DESK, DeskSite, chosen, drafts
from tests.congress.gatherings import (
    AI,
    ANN,
    FIRST,
    MODELS_1,
    NOW,
    OPENING,
    PLENARY,
    SESSIONS,
    SILICON_1,
    at,
)
from tests.congress.visits import SLUG, Visit
from tests.park.plans import PARK
from tests.park.routes.reading import Page

from shulian.app.reactions import reactions
from shulian.congress import api
from shulian.congress.rules.changes import public
from shulian.congress.rules.exchange import formats
from shulian.congress.rules.exchange.drafts import Given
from shulian.congress.rules.exchange.publicity import outward
from shulian.congress.types import CongressId, Programme
from shulian.kit.bus import Bus
from shulian.kit.text import Text

etree: Any = import_module("lxml.etree")  # it has no types
SCHEMAS = Path(__file__).parents[1] / "schemas"
ENDINGS = ("xml", "json", "ics", "xcs", "csv", "xlsx")
TALK = SESSIONS[1].talks[0].id
WHOLE = ("xml", "json", "ics", "xcs")
"""Those that come back whole."""
TYPES = {
    "xml": "application/xml",
    "json": "application/json",
    "ics": "text/calendar; charset=utf-8",
    "xcs": "application/calendar+xml",
    "csv": "text/csv; header=present; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def drafted(visit: Visit) -> Programme:
    with visit.behind() as made:
        return made.draft().programme


def read(content: bytes) -> Programme:
    """The programme in a file without faults."""
    draft = formats.read(content, Given(timezone="Asia/Shanghai", name="x"))
    assert (draft.faults, draft.programme is None) == ((), False)
    assert draft.programme is not None
    return draft.programme


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_file_has_its_type_and_its_name(still_visit: Visit, ending: str) -> None:
    answer = still_visit.get(f"{SLUG}/schedule.{ending}")

    assert answer.status_code == 200
    assert answer.headers["content-type"] == TYPES[ending]
    named = f'attachment; filename="sample-2026.{ending}"'
    assert answer.headers["content-disposition"] == named


@pytest.mark.parametrize("ending", WHOLE)
def test_a_file_says_what_is_public_and_no_more(still_visit: Visit, ending: str) -> None:
    told = read(still_visit.get(f"{SLUG}/schedule.{ending}").content)

    assert told == outward(public(drafted(still_visit)))
    assert {one.organization for one in told.forums} == {None}
    assert {one.attendance for one in told.sessions} == {0}


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_table_has_the_sessions_that_are_public(still_visit: Visit, ending: str) -> None:
    told = read(still_visit.get(f"{SLUG}/schedule.{ending}").content)

    assert [one.id for one in told.sessions] == [PLENARY, MODELS_1, SILICON_1]
    assert {one.attendance for one in told.sessions} == {0}


def test_the_xml_is_by_the_schema_and_names_its_release(still_visit: Visit) -> None:
    told = etree.fromstring(still_visit.get(f"{SLUG}/schedule.xml").content)

    etree.XMLSchema(etree.parse(SCHEMAS / "schedule.xml.xsd")).assertValid(told)
    assert told.findtext("version") == "v1"
    page = f"http://park.example{SLUG}/sessions/{PLENARY}"
    assert told.findtext(f".//event[@guid='{PLENARY}']/url") == page


def test_the_json_is_by_the_schema(still_visit: Visit) -> None:
    schema = json.loads((SCHEMAS / "schema.json").read_text())

    told = still_visit.get(f"{SLUG}/schedule.json").json()

    Draft6Validator(schema, format_checker=FormatChecker()).validate(told)
    assert told["schedule"]["version"] == "v1"


@pytest.mark.parametrize(("language", "title"), [("zh-CN", "全体会议"), ("en", "Plenary")])
def test_a_file_is_in_the_language_of_who_asks(
    still_visit: Visit, language: str, title: str
) -> None:
    told = still_visit.get(f"{SLUG}/schedule.ics", language=language).content

    [event] = [
        one for one in Calendar.from_ical(told).walk("VEVENT") if str(PLENARY) in str(one["UID"])
    ]
    assert event["SUMMARY"] == title
    assert str(event["LOCATION"]).endswith("Shulian Tower" if language == "en" else "数链大厦")


@pytest.mark.parametrize("ending", ENDINGS)
def test_what_one_has_is_not_sent_again(still_visit: Visit, ending: str) -> None:
    first = still_visit.get(f"{SLUG}/schedule.{ending}")
    again = still_visit.get(f"{SLUG}/schedule.{ending}", if_none_match=first.headers["etag"])

    assert (again.status_code, again.content) == (304, b"")
    other = still_visit.get(
        f"{SLUG}/schedule.{ending}", language="zh-CN", if_none_match=first.headers["etag"]
    )
    assert other.status_code == 200


def test_an_older_release_stays_as_it_was(visit: Visit) -> None:
    visit.release("v1")
    visit.release("v2", s32=at(5))

    def told(query: str) -> tuple[str, object]:
        answer = visit.get(f"{SLUG}/schedule.xml{query}")
        [one] = [each for each in read(answer.content).sessions if each.id == MODELS_1]
        return answer.headers["content-disposition"], one.placed

    assert told("") == ('attachment; filename="sample-2026.xml"', at(5))
    assert told("?release=1") == ('attachment; filename="sample-2026-1.xml"', at(1.5))
    assert visit.get(f"{SLUG}/schedule.xml?release=3").status_code == 404


def test_an_entry_counts_its_changes_as_personal_calendars_do(visit: Visit) -> None:
    visit.release("v1")
    visit.release("v2", s32=at(5))

    events = Calendar.from_ical(visit.get(f"{SLUG}/schedule.ics").content).walk("VEVENT")

    assert {str(one["UID"]).removesuffix("@shulian"): one["SEQUENCE"] for one in events} == {
        str(PLENARY): 1,
        str(MODELS_1): 2,
        str(SILICON_1): 1,
    }


@pytest.mark.parametrize("ending", ENDINGS)
def test_of_a_draft_nothing_is_public(still_draft: Visit, ending: str) -> None:
    assert still_draft.get(f"{SLUG}/schedule.{ending}").status_code == 404
    assert still_draft.get(f"{SLUG}/schedule.{ending}", who="pia").status_code == 404


@pytest.mark.parametrize(("who", "status"), [("", 303), ("vera", 403), ("hans", 403)])
def test_the_draft_is_for_who_makes_the_congress(still_visit: Visit, who: str, status: int) -> None:
    assert still_visit.get(f"{SLUG}/desk/schedule.json", who=who).status_code == status


@pytest.mark.parametrize("ending", WHOLE)
def test_a_draft_goes_out_whole(still_draft: Visit, ending: str) -> None:
    answer = still_draft.get(f"{SLUG}/desk/schedule.{ending}", who="pia")

    assert answer.headers["content-disposition"] == (
        f'attachment; filename="sample-2026-draft.{ending}"'
    )
    assert answer.headers["cache-control"] == "no-store"
    assert read(answer.content) == drafted(still_draft)


def test_a_programme_page_leads_to_its_files(still_visit: Visit) -> None:
    links = still_visit.page(SLUG).links()
    old = still_visit.page(f"{SLUG}?release=1").links()

    assert {f"{SLUG}/schedule.{ending}" for ending in ENDINGS} <= links
    assert {f"{SLUG}/schedule.{ending}?release=1" for ending in ENDINGS} <= old


@pytest.mark.parametrize("ending", WHOLE)
def test_a_draft_that_went_out_comes_into_another_congress_without_loss(
    desk: DeskSite, ending: str
) -> None:
    told = {"accept": "text/html", **desk.headers["pia"]}
    which = _another(desk)
    body = desk.client.get(f"{DESK}/schedule.{ending}", headers=told).content
    there = "/congresses/another/desk/import"
    files = {"file": ("x", body)}
    answer = desk.client.post(there, files=files, headers=told, follow_redirects=False)
    preview = answer.headers["location"]
    page = Page(desk.client.get(preview, headers=told).text)
    form = {"do": "import", "version": page.field("version")["value"], **chosen(page)}

    answer = desk.client.post(preview, data=form, headers=told, follow_redirects=False)

    assert answer.headers["location"] == "/congresses/another/desk?done=imported"
    first, second = drafts(desk, desk.congress, which)
    assert _without_ids(second) == _without_ids(first)


def _another(desk: DeskSite) -> CongressId:
    """One more congress in the same park, empty."""
    with desk.database.transaction() as db:
        return api.add_congress(
            db,
            Bus(db, reactions()),
            desk.gathering.planner,
            organizer=desk.gathering.organizer.id,
            park=PARK,
            slug="another",
            title=Text("另一个示例大会", "Another Sample"),
            first=FIRST,
            last=FIRST + timedelta(days=1),
            now=NOW,
        ).id


def _without_ids(one: Programme) -> object:
    """All of a programme but its congress; names stand for the ids that two cannot share."""
    forums = {each.id: each.title for each in one.forums}
    themes = {each.id: each.name for each in one.themes}
    names = {each.id: each.name for each in one.speakers}
    sessions = [
        (
            replace(each, id=PLENARY, forum=OPENING, talks=(), speakers=(), version=0),
            forums[each.forum],
            [names[who] for who in each.speakers],
            [
                (replace(talk, id=TALK, speakers=()), [names[who] for who in talk.speakers])
                for talk in each.talks
            ],
        )
        for each in one.sessions
    ]
    return (
        [replace(each, id=AI) for each in one.themes],
        one.halls,
        [
            (replace(each, id=OPENING, theme=None), each.theme and themes[each.theme])
            for each in one.forums
        ],
        sorted(sessions, key=str),
        sorted((replace(each, id=ANN) for each in one.speakers), key=str),
    )
