"""Whether the process lives, and whether it can serve."""

import httpx
import pytest
from tests.app.conftest import Serve

from shulian.kit.postgres.databases import create_database
from shulian.kit.postgres.server import Server

NOBODY = "postgresql://nobody@/nothing?host=/nowhere"


@pytest.fixture(scope="module")
def lonely(serve: Serve) -> httpx.Client:
    """A guest of an application whose database is away."""
    return serve(NOBODY)


def test_the_process_lives(guest: httpx.Client) -> None:
    answer = guest.get("/healthz")

    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_the_process_can_serve(guest: httpx.Client) -> None:
    answer = guest.get("/readyz")

    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_lives_without_a_database(lonely: httpx.Client) -> None:
    assert lonely.get("/healthz").status_code == 200


def test_cannot_serve_without_a_database(lonely: httpx.Client) -> None:
    answer = lonely.get("/readyz")

    assert (answer.status_code, answer.json()["code"]) == (503, "app.database_away")


def test_cannot_serve_from_an_older_database(serve: Serve, postgres: Server) -> None:
    empty = create_database(postgres.url, "never_migrated")

    answer = serve(empty).get("/readyz", headers={"accept-language": "en"})

    assert (answer.status_code, answer.json()["code"]) == (503, "app.database_behind")
    assert "shulian migrate" in answer.json()["detail"]


@pytest.mark.parametrize("path", ["/", "/api/parks", "/login"])
def test_says_that_the_database_is_away(lonely: httpx.Client, path: str) -> None:
    answer = lonely.get(path, headers={"accept": "application/json"})

    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")


def test_tells_a_person_that_the_database_is_away(lonely: httpx.Client) -> None:
    answer = lonely.get("/", headers={"accept": "text/html", "accept-language": "zh"})

    assert answer.status_code == 503
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "请稍后再试" in answer.text
