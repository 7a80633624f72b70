"""The gate over HTTP: what a phone asks and tells, and every way to ask it wrongly."""

from collections.abc import Generator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from tests.ticketing.gates import KEYS, doors
from tests.ticketing.houses import SPAN
from tests.ticketing.sites import Site, opened

from shulian.kit.postgres.databases import create_database
from shulian.kit.postgres.server import Server
from shulian.ticketing.routes import SCANS_A_MINUTE


@pytest.fixture
def site(own_database_url: str, built: Path, tmp_path: Path) -> Generator[Site]:
    """An application of the test's own."""
    with opened(own_database_url, built, tmp_path) as site:
        yield site


@pytest.fixture(scope="module")
def still(
    postgres: Server, migrated: str, built: Path, tmp_path_factory: pytest.TempPathFactory
) -> Generator[Site]:
    """An application for all tests that change nothing."""
    url = create_database(postgres.url, "still_gate", template=migrated)
    with opened(url, built, tmp_path_factory.mktemp("still_gate")) as site:
        yield site


def told(code: str = "", **scan: object) -> dict[str, Any]:
    """One scan as a phone with a right clock tells it."""
    plain = {"id": str(uuid4()), "direction": "in", "at": doors(0).isoformat(), "code": code}
    return {"gate": "A", "sent": doors(0).isoformat(), "scans": [{**plain, **scan}]}


def verdicts(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [one["verdict"] for one in answer.json()["scans"]]


def test_a_gate_is_told_what_it_needs(still: Site) -> None:
    view = still.get(still.gate(), who="gil").json()

    assert view == {
        "occasion": still.occasion,
        "title": {"zh": "示例演出", "en": "Sample show"},
        "start": SPAN.start.isoformat().replace("+00:00", "Z"),
        "end": view["end"],
        "state": "open",
        "timezone": "Asia/Shanghai",
        "keys": [{"id": 1, "key": KEYS.public[1].hex()}],
        "types": view["types"],
        "now": doors(0).isoformat().replace("+00:00", "Z"),
    }
    assert [one["name"]["en"] for one in view["types"]] == ["Seat", "Online"]


def test_the_list_has_names_and_no_addresses(still: Site) -> None:
    answer = still.get(still.gate("/tickets"), who="gil")

    listed = answer.json()["tickets"]
    assert {(one[1], one[2], one[5]) for one in listed} == {
        (1, "valid", "王小明"),
        (2, "valid", "Ben"),
        (1, "reserved", ""),
    }
    assert "@" not in answer.text


def test_a_list_that_a_gate_has_is_not_sent_again(still: Site) -> None:
    tag = still.get(still.gate("/tickets"), who="gil").headers["etag"]

    again = still.get(still.gate("/tickets"), who="gil", **{"if-none-match": tag})

    assert (again.status_code, again.text) == (304, "")


def test_a_ticket_is_let_in_once(site: Site) -> None:
    first, second = (verdicts(site.tell(told(site.codes[0]))) for _ in range(2))

    assert (first, second) == (["admitted"], ["already_in"])
    assert site.get(site.gate("/counts"), who="gil").json() == {
        "inside": 1,
        "out": 0,
        "refused": 1,
        "doubles": 0,
    }


def test_telling_again_changes_nothing(site: Site) -> None:
    scan = told(site.codes[0], told="admitted")

    answers = [site.tell(scan).json() for _ in range(3)]

    assert answers[0] == answers[1] == answers[2]
    assert answers[0]["counts"]["inside"] == 1


def test_who_is_in_is_told_since_a_cursor(site: Site) -> None:
    before = site.get(site.gate("/passages"), who="gil").json()
    site.tell(told(site.codes[0]))

    after = site.get(site.gate("/passages?since=" + before["cursor"]), who="gil").json()

    assert before["passages"] == []
    assert [(one["ticket"], one["inside"], one["gate"]) for one in after["passages"]] == [
        (str(site.order.tickets[0].id), True, "A")
    ]


def test_a_copy_is_shown_afterwards(site: Site) -> None:
    late, early = doors(-60).isoformat(), doors(-120).isoformat()
    site.tell(told(site.codes[0], told="admitted", at=late))
    site.tell({**told(site.codes[0], told="admitted", at=early), "gate": "B"})

    [double] = site.get(site.gate("/doubles"), who="gil").json()["doubles"]

    assert (double["name"], double["first_gate"], double["second_gate"]) == ("王小明", "B", "A")
    assert (double["first_offline"], double["second_offline"]) == (True, False)


def test_a_clock_that_is_wrong_by_a_day_is_told_so(site: Site) -> None:
    sent = doors(86_400).isoformat()

    answer = site.tell({**told(site.codes[0], told="admitted", at=sent), "sent": sent}).json()

    assert (answer["ahead"], answer["wrong"]) == (86_400.0, True)
    assert answer["scans"][0]["at"] == doors(0).isoformat().replace("+00:00", "Z")


@pytest.mark.parametrize(
    ("code", "fault"),
    [("https://park.example", "foreign"), ("7512408", "cut"), ("75124081" + "9" * 239, "forged")],
)
def test_what_is_no_code_says_why(site: Site, code: str, fault: str) -> None:
    [scan] = site.tell(told(code)).json()["scans"]

    assert (scan["verdict"], scan["fault"], scan["ticket"]) == ("unreadable", fault, None)


WRONG: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"gate": ""}, {}),
    ({"gate": "x" * 41}, {}),
    ({"sent": "2026-12-02T04:00:00"}, {}),
    ({"sent": "yesterday"}, {}),
    ({"more": 1}, {}),
    ({"scans": None}, {}),
    ({}, {"id": "1"}),
    ({}, {"direction": "up"}),
    ({}, {"at": "2026-12-02T04:00:00"}),
    ({}, {"told": "perhaps"}),
    ({}, {"code": "7" * 1001}),
    ({}, {"ticket": 7}),
    ({}, {"more": 1}),
]


@pytest.mark.parametrize(("whole", "scan"), WRONG)
def test_what_is_told_wrongly_is_refused(
    still: Site, whole: dict[str, Any], scan: dict[str, Any]
) -> None:
    right = told(still.codes[0])
    answer = still.tell({**right, "scans": [{**right["scans"][0], **scan}], **whole})

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")


def test_a_batch_has_an_end(site: Site) -> None:
    scan = told(site.codes[0])["scans"][0]
    many = [{**scan, "id": str(uuid4()), "told": "already_in"} for _ in range(201)]

    assert site.tell({**told(), "scans": many}).status_code == 422
    assert len(verdicts(site.tell({**told(), "scans": many[:200]}))) == 200


def test_a_clock_of_another_age_breaks_nothing(site: Site) -> None:
    first, last = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
    scan = told(site.codes[0], told="admitted", at=last.isoformat())

    answer = site.tell({**scan, "sent": first.isoformat()})

    assert verdicts(answer) == ["admitted"]
    assert answer.json()["wrong"]


READS = ["", "/tickets", "/passages", "/counts", "/doubles"]


@pytest.mark.parametrize("part", READS)
@pytest.mark.parametrize(
    ("who", "status", "code"), [("", 401, "login_needed"), ("ann", 403, "refused")]
)
def test_others_read_nothing(still: Site, part: str, who: str, status: int, code: str) -> None:
    answer = still.get(still.gate(part), who=who)

    assert (answer.status_code, answer.json()["code"]) == (status, code)


@pytest.mark.parametrize("part", READS)
def test_there_is_no_gate_of_nothing(still: Site, part: str) -> None:
    answer = still.get(f"/api/occasions/{uuid4()}/gate{part}", who="gil")

    assert (answer.status_code, answer.json()["code"]) == (404, "ticketing.occasion_unknown")


def test_others_tell_nothing(still: Site) -> None:
    answer = still.tell(told(still.codes[0]), who="ann")

    assert (answer.status_code, answer.json()["code"]) == (403, "refused")


def test_nobody_tells_scans_faster_than_tickets_are_shown(site: Site) -> None:
    empty: dict[str, Any] = {**told(), "scans": ()}
    for _ in range(SCANS_A_MINUTE):
        site.tell(empty)

    answer = site.tell(empty)

    assert (answer.status_code, answer.json()["code"]) == (429, "too_many")
    assert site.tell(empty, who="org").status_code == 200


def test_a_forged_change_is_refused(site: Site) -> None:
    site.client.get("/login")

    answer = site.client.post(site.gate("/scans"), json=told(site.codes[0]))

    assert (answer.status_code, answer.json()["code"]) == (403, "cross_site")


@pytest.mark.parametrize(
    ("language", "words"), [("zh-CN", "检票：示例演出"), ("en", "Gate: Sample show")]
)
def test_the_page_speaks_both_languages(still: Site, language: str, words: str) -> None:
    page = f"/occasions/{still.occasion}/gate"

    answer = still.get(page, who="gil", **{"accept-language": language})

    assert answer.status_code == 200
    assert words in answer.text
    assert "worker-src 'self'" in answer.headers["content-security-policy"]


def test_who_may_not_check_is_told_so(still: Site) -> None:
    page = f"/occasions/{still.occasion}/gate"

    answer = still.get(page, who="ann", accept="text/html")

    assert answer.status_code == 403
    assert "permission" in answer.text


def test_a_guest_logs_in_first(still: Site) -> None:
    page = f"/occasions/{still.occasion}/gate"

    answer = still.get(page, accept="text/html")

    assert answer.status_code in {302, 303}
    assert answer.headers["location"].startswith("/login?next=")


def test_the_worker_answers_for_its_page_alone(still: Site) -> None:
    page = f"/occasions/{still.occasion}/gate"

    answer = still.get(f"{page}/worker.js")

    assert answer.status_code == 200
    assert answer.headers["service-worker-allowed"] == page
    assert answer.headers["content-type"].startswith("text/javascript")
