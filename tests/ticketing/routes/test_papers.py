"""Tickets for people: page, PDF, badge, calendar; for the owner and the organizer alone."""

from collections.abc import Generator
from pathlib import Path
from uuid import uuid4

import pytest
from tests.ticketing.sites import Site, opened

from shulian.kit.postgres.databases import create_database
from shulian.kit.postgres.server import Server


@pytest.fixture(scope="module")
def site(
    postgres: Server, migrated: str, built: Path, tmp_path_factory: pytest.TempPathFactory
) -> Generator[Site]:
    """An application that these tests only read."""
    url = create_database(postgres.url, "still_papers", template=migrated)
    with opened(url, built, tmp_path_factory.mktemp("still_papers")) as site:
        yield site


def first(site: Site) -> str:
    return f"/tickets/{site.order.tickets[0].id}"


@pytest.mark.parametrize(
    ("language", "words"), [("zh-CN", "2026年12月2日"), ("en", "2 December 2026")]
)
def test_a_ticket_shows_its_code(site: Site, language: str, words: str) -> None:
    answer = site.get(first(site), who="ann", **{"accept-language": language})

    assert answer.status_code == 200
    assert words in answer.text
    assert "<svg" in answer.text
    assert "王小明" in answer.text


def test_a_ticket_that_is_not_paid_shows_none(site: Site) -> None:
    answer = site.get(f"/tickets/{site.held.tickets[0].id}", who="ann")

    assert answer.status_code == 200
    assert 'class="ticket__qr"' not in answer.text
    assert "Not paid yet" in answer.text


@pytest.mark.parametrize("what", [".pdf", ".pdf?paper=phone", "/badge.pdf"])
@pytest.mark.parametrize("who", ["ann", "org"])
def test_owner_and_organizer_print_a_ticket(site: Site, what: str, who: str) -> None:
    answer = site.get(first(site) + what, who=who)

    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.content.startswith(b"%PDF-")


def test_a_ticket_goes_into_the_calendar(site: Site) -> None:
    answer = site.get(f"{first(site)}.ics", who="ann")

    assert answer.headers["content-type"].startswith("text/calendar")
    assert "SUMMARY:Sample show" in answer.text


def test_an_order_prints_what_is_still_ones_own(site: Site) -> None:
    path = f"/orders/{site.order.id}/tickets.pdf"

    mine, all_ = (site.get(path, who=who).content for who in ("ann", "org"))

    assert mine.startswith(b"%PDF-")
    assert len(all_) > len(mine)


WHAT = ["", ".pdf", ".ics", "/badge.pdf"]


@pytest.mark.parametrize("what", WHAT)
@pytest.mark.parametrize("who", ["ben", "gil"])
def test_others_do_not_see_that_there_is_a_ticket(site: Site, what: str, who: str) -> None:
    answer = site.get(first(site) + what, who=who)

    assert (answer.status_code, answer.json()["code"]) == (404, "ticketing.ticket_unknown")


def test_who_handed_a_ticket_on_has_it_no_more(site: Site) -> None:
    path = f"/tickets/{site.order.tickets[1].id}"

    assert site.get(path, who="ann").status_code == 404
    assert site.get(path, who="ben").status_code == 200


@pytest.mark.parametrize("what", WHAT)
def test_guests_log_in_first(site: Site, what: str) -> None:
    answer = site.get(first(site) + what)

    assert (answer.status_code, answer.json()["code"]) == (401, "login_needed")


@pytest.mark.parametrize(
    "path",
    [
        "/tickets/none",
        "/tickets/none.pdf",
        "/tickets/7.ics",
        "/tickets/00000000-0000-4000-8000-000000000007",
        "/tickets/00000000-0000-4000-8000-000000000007/badge.pd",
    ],
)
def test_there_is_no_ticket_of_nothing(site: Site, path: str) -> None:
    assert site.get(path, who="ann").status_code == 404


@pytest.mark.parametrize("end", [".png", ".", ".pdf.exe"])
def test_there_is_no_other_kind(site: Site, end: str) -> None:
    assert site.get(first(site) + end, who="ann").status_code == 404


def test_an_order_of_others_is_not_there(site: Site) -> None:
    assert site.get(f"/orders/{site.order.id}/tickets.pdf", who="ben").status_code == 404
    assert site.get(f"/orders/{uuid4()}/tickets.pdf", who="ann").status_code == 404


def test_an_order_that_is_not_paid_prints_nothing(site: Site) -> None:
    answer = site.get(f"/orders/{site.held.id}/tickets.pdf", who="ann")

    assert (answer.status_code, answer.json()["code"]) == (404, "ticketing.ticket_unknown")
