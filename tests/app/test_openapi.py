"""The HTTP API keeps what it says of itself, whatever is sent to it."""

import json
from collections.abc import Generator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, cast

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from hypothesis.strategies import booleans
from schemathesis import Case, GenerationMode, checks
from schemathesis.core.result import Ok
from schemathesis.specs.openapi import checks as conformance
from tests.commands import free_port, running
from tests.conftest import ROOT
from tests.identity.accounts import PASSWORD, administrator, join, organization, person
from tests.park.plans import HALL, PARK, imported
from tests.processes import wait_until

from shulian.identity.api import create_token
from shulian.identity.types import Role
from shulian.kit.clock import system_clock
from shulian.kit.db import Database, Db
from shulian.kit.postgres.databases import create_database
from shulian.kit.postgres.server import Server
from shulian.kit.supervisor import responds
from shulian.world.api import complain
from shulian.world.types import Report, VisitorKey

Operation = Any
"""A call of the API, as schemathesis has it; its types are partly unknown."""
Schema = schemathesis.BaseSchema

CHECKS: list[Any] = [
    checks.not_a_server_error,
    conformance.status_code_conformance,
    conformance.content_type_conformance,
    conformance.response_headers_conformance,
    conformance.response_schema_conformance,
]
PATIENT = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]
BY_LOGIN = ("/api/me", "/api/tokens")
"""Calls that are refused to tokens."""
MISREAD = {"/api/parks/{park}/sun"}
"""Calls whose answers hold tuples in a list, whose schema schemathesis 4.32 mistakes for another
draft's."""


@dataclass(frozen=True)
class Site:
    """A running application and its administrator."""

    url: str
    token: dict[str, str]
    """Headers by which a program of its administrator speaks."""
    login: dict[str, str]
    """Headers by which the administrator's own browser speaks."""
    known: Mapping[str, str]
    """Something that is there, by the names that paths have for it."""


@pytest.fixture(scope="module")
def site(
    postgres: Server, migrated: str, built: Path, tmp_path_factory: pytest.TempPathFactory
) -> Generator[Site]:
    """An application that listens, on a database of its own with the small park in it."""
    url = create_database(postgres.url, "described", template=migrated)
    with closing(Database(url)) as database, database.transaction() as db:
        imported(db)
        now = system_clock()
        boss = administrator(db)
        scopes = sorted(boss.permissions)
        _, text = create_token(db, boss, name="used", scopes=scopes, days=1, now=now)
        other, _ = create_token(db, boss, name="other", scopes=[], days=1, now=now)
        somebody, somewhere = person(db, "somebody@park.example"), organization(db, "Somewhere")
        join(db, somebody, somewhere, Role.MEMBER)
        known = {
            "park": PARK,
            "space": HALL,
            "person": str(somebody.id),
            "organization": str(somewhere.id),
            "token": str(other.id),
            "report": str(_reported(db, now).id),
        }
    home, port = tmp_path_factory.mktemp("home"), free_port()
    with running("web", home=home, DATABASE_URL=url, SHULIAN_CLIENT=built, SHULIAN_PORT=port):
        address = f"http://127.0.0.1:{port}"
        wait_until(responds(f"{address}/readyz"))
        yield Site(address, {"authorization": f"Bearer {text}"}, _logged_in(address), known)


@pytest.fixture(scope="module")
def described(site: Site) -> Schema:
    """What the application says of its API."""
    return schemathesis.openapi.from_url(f"{site.url}/api/openapi.json")


def test_the_description_is_valid(described: Schema) -> None:
    described.validate()


def test_every_call_says_how_it_fails(described: Schema) -> None:
    silent = [
        one.label
        for one in operations(described)
        if "default" not in one.definition.raw["responses"]
    ]

    assert silent == []


@pytest.mark.parametrize("mode", list(GenerationMode))
def test_calls_keep_what_is_said(
    described: Schema,
    site: Site,
    mode: GenerationMode,
    subtests: pytest.Subtests,
) -> None:
    for operation in operations(described):
        with subtests.test(operation.label):
            _try(operation, site, mode)


def test_every_type_that_travels_is_in_a_snapshot(described: Schema) -> None:
    snapshots = [json.loads(path.read_text()) for path in (ROOT / "tests/contract").glob("*.json")]
    kept = {name for snapshot in snapshots for name in snapshot}

    assert set(described.raw_schema["components"]["schemas"]) - kept == {"Problem"}


def _reported(db: Db, now: datetime) -> Report:
    return complain(
        db,
        PARK,
        HALL,
        about=VisitorKey("g-bob"),
        about_name="Bob",
        by=VisitorKey("g-ann"),
        by_name="Ann",
        reason="rude",
        now=now,
    )


def operations(described: Schema) -> list[Operation]:
    """Every call of the API."""
    results = cast("list[Any]", described.get_all_operations())
    return [one.ok() for one in results if isinstance(one, Ok)]


def _logged_in(address: str) -> dict[str, str]:
    with httpx.Client(base_url=address) as browser:
        browser.get("/login")
        form = {
            "_csrf_token": browser.cookies["csrf"],
            "email": "boss@park.example",
            "password": PASSWORD,
        }
        browser.post("/login", data=form)
        cookies = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
        return {"cookie": cookies, "x-csrftoken": browser.cookies["csrf"]}


def _try(operation: Operation, site: Site, mode: GenerationMode) -> None:
    """Make calls of one kind, half of them about things that are there."""

    @given(operation.as_strategy(generation_mode=mode), booleans())
    @settings(max_examples=10, suppress_health_check=PATIENT)
    def keeps(case: Case[Any], known: bool) -> None:  # noqa: FBT001  # drawn, not passed by hand
        if known:
            there = {name: site.known[name] for name in case.path_parameters or {}}
            case.path_parameters.update(there)
        by_login = operation.path.startswith(BY_LOGIN)
        answer = case.call(base_url=site.url, headers=site.login if by_login else site.token)
        skipped: list[Any] = (
            [conformance.response_schema_conformance] if operation.path in MISREAD else []
        )
        case.validate_response(answer, checks=CHECKS, excluded_checks=skipped)

    with suppress(Unsatisfiable):  # nothing about such a call can be wrong
        keeps()
