"""The operator's forms: what they change, what they refuse, who may send them."""

import pytest
from tests.park.plans import HALL, LATER, imported, small_park
from tests.park.routes.conftest import Site
from tests.park.routes.reading import Page, ask, page, send

from shulian.kit.text import Text
from shulian.park import api
from shulian.park.types import LiveToken, Space

FORM = {
    "version": "1",
    "name_zh": "多功能厅1东",
    "name_en": "Multi-function Hall 1 East",
    "about_zh": "",
    "about_en": "",
    "kind": "hall",
    "status": "open",
    "capacity": "400",
    "link": "",
}
BUSY = {"token": "busy", "do": "set"}


def hall(site: Site) -> Space:
    with site.database.transaction() as db:
        return api.space(db, HALL)


def test_the_form_stands_as_the_space_is(still: Site) -> None:
    form = page(still, "/spaces/yq-hall/edit", operator=True)

    assert [form.field(name).get("value") for name in ("name_zh", "capacity", "version")] == [
        "多功能厅1东",
        "400",
        "1",
    ]


def test_an_edit_is_kept(site: Site) -> None:
    answer = send(site, "/spaces/yq-hall/edit", **{**FORM, "name_en": "Hall 1", "capacity": "380"})

    assert (answer.status_code, answer.headers["location"]) == (303, "/spaces/yq-hall?done=saved")
    assert (hall(site).name.en, hall(site).capacity) == ("Hall 1", 380)


@pytest.mark.parametrize(
    ("typed", "faults"),
    [
        ({"capacity": "many"}, ["error-capacity"]),
        ({"capacity": "-1"}, ["error-capacity"]),
        ({"capacity": "9" * 5000}, ["error-capacity"]),
        ({"link": "javascript:alert(1)"}, ["error-link"]),
        ({"name_en": "x" * 301}, ["error-name_en"]),
        ({"kind": "building"}, ["error-kind"]),
        ({"status": "lost"}, ["error-status"]),
        ({"capacity": "many", "link": "x"}, ["error-capacity", "error-link"]),
    ],
)
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_what_is_wrong_stands_beside_its_field(
    still: Site, typed: dict[str, str], faults: list[str], language: str
) -> None:
    answer = send(still, "/spaces/yq-hall/edit", language=language, **{**FORM, **typed})

    assert (answer.status_code, Page(answer.text).faults()) == (422, faults)
    assert hall(still).capacity == 400


def test_of_two_edits_at_once_the_second_sees_what_the_first_wrote(site: Site) -> None:
    send(site, "/spaces/yq-hall/edit", **{**FORM, "name_en": "First"})

    answer = send(site, "/spaces/yq-hall/edit", **{**FORM, "name_en": "Second"})

    form = Page(answer.text)
    assert (answer.status_code, form.field("version")["value"]) == (409, "2")
    assert form.field("name_en")["value"] == "Second"
    assert "Now: First" in form.words


def test_an_edit_is_taken_back_from_the_page_that_shows_it(site: Site) -> None:
    send(site, "/spaces/yq-hall/edit", **{**FORM, "name_en": "Hall 1"})
    shown = page(site, "/spaces/yq-hall?done=saved", operator=True)

    answer = send(site, "/spaces/yq-hall/revert", version=shown.field("version")["value"])

    assert answer.headers["location"] == "/spaces/yq-hall?done=reverted"
    assert hall(site).name.en == "Multi-function Hall 1 East"


def test_nothing_newer_is_taken_back(site: Site) -> None:
    send(site, "/spaces/yq-hall/edit", **{**FORM, "name_en": "Hall 1"})

    assert send(site, "/spaces/yq-hall/revert", version="1").status_code == 409
    assert hall(site).name.en == "Hall 1"


def test_what_was_never_edited_cannot_be_taken_back(site: Site) -> None:
    assert send(site, "/spaces/yq-hall/revert", version="1").status_code == 409


def test_a_status_is_said_and_taken_back(site: Site) -> None:
    said = send(site, "/spaces/yq-hall/live", **BUSY, words_en="Rehearsal")
    with site.database.transaction() as db:
        shown = [(one.token, one.words) for one in api.details(db, HALL, now=LATER).live]
    cleared = send(site, "/spaces/yq-hall/live", do="clear")
    with site.database.transaction() as db:
        left = api.details(db, HALL, now=LATER).live

    assert [said.headers["location"], cleared.headers["location"]] == [
        "/spaces/yq-hall?done=status",
        "/spaces/yq-hall?done=cleared",
    ]
    assert (shown, left) == ([(LiveToken.BUSY, Text(en="Rehearsal"))], ())


def test_a_status_ends_by_the_clock_of_the_park(site: Site) -> None:
    send(site, "/spaces/yq-hall/live", **BUSY, until="2026-11-22T18:30")

    with site.database.transaction() as db:
        until = [one.until for one in api.details(db, HALL, now=LATER).live]
    assert [one.isoformat() for one in until if one] == ["2026-11-22T10:30:00+00:00"]
    assert (
        page(site, "/spaces/yq-hall", operator=True).field("until")["value"] == "2026-11-22T18:30"
    )


@pytest.mark.parametrize(
    ("typed", "faults"),
    [
        ({"until": "2020-01-01T00:00"}, ["error-until"]),
        ({"until": "soon"}, ["error-until"]),
        ({"number": "many"}, ["error-number"]),
        ({"number": "nan"}, ["error-number"]),
        ({"token": "lost"}, ["error-token"]),
        ({"words_en": "x" * 201}, ["error-words_en", "error-words_zh"]),
    ],
)
def test_a_senseless_status_is_told_beside_its_field(
    still: Site, typed: dict[str, str], faults: list[str]
) -> None:
    answer = send(still, "/spaces/yq-hall/live", **{**BUSY, **typed})

    assert (answer.status_code, Page(answer.text).faults()) == (422, faults)


def test_guests_see_no_form_and_are_asked_to_log_in(still: Site) -> None:
    assert "/spaces/yq-hall/edit" not in page(still, "/spaces/yq-hall").links()
    answer = ask(still, "/spaces/yq-hall/edit")

    assert (answer.status_code, answer.headers["location"]) == (
        303,
        "/login?next=%2Fspaces%2Fyq-hall%2Fedit",
    )


@pytest.mark.parametrize("act", ["edit", "revert", "live"])
def test_a_form_from_elsewhere_is_refused(still: Site, act: str) -> None:
    answer = still.client.post(f"/spaces/yq-hall/{act}", data=FORM, headers={"accept": "text/html"})

    assert answer.status_code == 403


def test_an_imported_name_replaces_the_drawn_one_at_once(site: Site) -> None:
    page(site, "/parks/yq")
    with site.database.transaction() as db:
        plan = small_park()
        imported(db, type(plan)(plan.place, plan.spaces[:-1], plan.scenery))

    drawn = {one.get("data-figure") for _, one in page(site, "/parks/yq").elements}
    assert "yq-plaza" not in drawn
