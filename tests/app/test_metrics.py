"""What Prometheus reads, and who may."""

import re

import pytest
from tests.app.conftest import Serve

from shulian.kit.clock import system_clock
from shulian.kit.ids import new_id


@pytest.mark.parametrize("address", ["127.0.0.1", "::1"])
def test_tells_this_machine(serve: Serve, database_url: str, address: str) -> None:
    client = serve(database_url, address=address)
    client.get("/healthz")  # a figure is there once there is something to count
    answer = client.get("/metrics")

    assert answer.status_code == 200
    assert "shulian_requests_total" in answer.text


@pytest.mark.parametrize("address", ["192.0.2.1", "2001:db8::1", "testclient"])
def test_is_not_there_for_others(serve: Serve, database_url: str, address: str) -> None:
    answer = serve(database_url, address=address).get("/metrics")

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_counts_by_route_and_status(serve: Serve, database_url: str) -> None:
    client = serve(database_url, address="127.0.0.1")
    before = counts(client.get("/metrics").text)
    for _ in range(3):
        client.get(f"/api/spaces/{new_id(system_clock())}")
    client.get("/healthz")
    client.get("/no-such-page")

    after = counts(client.get("/metrics").text)

    grown = {one: count - before.get(one, 0) for one, count in after.items()}
    assert {one: by for one, by in grown.items() if by and one[1] != "/metrics"} == {
        ("GET", "/api/spaces/{space}", "404"): 3,
        ("GET", "/healthz", "200"): 1,
    }


def counts(text: str) -> dict[tuple[str, str, str], int]:
    """How often each route answered with each status."""
    found = re.findall(
        r'^shulian_requests_total\{.*method="(.*?)",path="(.*?)",status_code="(.*?)"\} (\S+)$',
        text,
        re.MULTILINE,
    )
    return {(method, path, status): int(float(count)) for method, path, status, count in found}
