"""The HTTP API keeps what it says of itself, whatever is sent to it."""

import json
from collections.abc import Generator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
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
from tests.park.plans import HALL, PARK, imported, quiet_bus
from tests.processes import wait_until

from shulian.app.reactions import reactions
from shulian.booking.api import add_resource, book
from shulian.booking.types import Audience, Claim, Holder, Span
from shulian.congress import api as congresses
from shulian.congress.types import Forum, ForumId, Minutes, Session, SessionId, SessionKind
from shulian.identity.api import create_token
from shulian.identity.types import Actor, Role
from shulian.kit.bus import Bus
from shulian.kit.clock import system_clock
from shulian.kit.db import Database, Db
from shulian.kit.ids import new_id
from shulian.kit.postgres.databases import create_database
from shulian.kit.postgres.server import Server
from shulian.kit.supervisor import responds
from shulian.kit.text import Text
from shulian.ticketing import api as tickets
from shulian.ticketing.types import Fen, Payee, Wanted
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
MISREAD = {"/api/parks/{park}/sun", "/api/occasions/{occasion}/gate/tickets"}
"""Calls whose answers hold tuples in a list, whose schema schemathesis 4.32 mistakes for another
draft's, or structs written as arrays, which Litestar 2.25 describes as objects."""


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
            **_booked(db, boss, now),
            **_sold(db, boss, now),
            **_gathered(db, boss, now),
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

    # nouns of the same name in two features are told apart by their modules: world_types_Audience
    told = {name.rpartition("_")[2] for name in described.raw_schema["components"]["schemas"]}
    assert told - kept == {"Problem"}


def _booked(db: Db, boss: Actor, now: datetime) -> dict[str, str]:
    """The ids of a resource and of what its administrator holds of it."""
    resource = add_resource(db, boss, space=HALL, audience=Audience.PEOPLE, now=now)
    span = Span(now + timedelta(days=1), now + timedelta(days=1, hours=1))
    holder = Holder(boss.demand_person())
    bus = quiet_bus(db)
    made = book(db, bus, boss, [Claim(resource.id, span)], holder=holder, title="", now=now)
    return {"resource": str(resource.id), "booking": str(made.id)}


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


def _sold(db: Db, boss: Actor, now: datetime) -> dict[str, str]:
    """The ids of an occasion, of what is sold for it, and of what was bought and given back."""
    bus = Bus(db, reactions())
    start = now + timedelta(days=30)
    span, sale = Span(start, start + timedelta(hours=2)), Span(now - timedelta(days=1), start)
    occasion = tickets.add_occasion(
        db,
        bus,
        boss,
        organizer=boss.belongings[0].organization.id,
        title=Text("示例", "Sample"),
        about=Text(),
        space=PARK,
        span=span,
        now=now,
    )
    kind = tickets.add_type(
        db,
        bus,
        boss,
        occasion.id,
        name=Text("票", "Ticket"),
        price=Fen(100),
        capacity=100,
        sale=sale,
        now=now,
    )
    tickets.open_occasion(db, bus, boss, occasion.id, now=now)
    order = tickets.place(db, bus, boss, occasion.id, [Wanted(kind.id, 2)], now=now)
    payee = Payee("Sample", "Sample Bank", "6222000000")
    tickets.put_payee(db, boss, occasion.organizer, payee, now=now)
    payment = tickets.pay(db, bus, boss, order.id, tickets.Transfer(), now=now)
    tickets.confirm_transfer(db, bus, boss, payment.id, now=now)
    tickets.cancel_ticket(db, bus, boss, order.tickets[1].id, now=now)
    return {
        "occasion": str(occasion.id),
        "sold": str(kind.id),
        "order": str(order.id),
        "ticket": str(order.tickets[0].id),
        "payment": str(payment.id),
        "refund": str(tickets.refunds(db, boss, order.id)[0].id),
        "provider": "transfer",
        "organizer": str(occasion.organizer),
    }


def _gathered(db: Db, boss: Actor, now: datetime) -> dict[str, str]:
    """The id and the short name of a congress that is public, and a search of it."""
    bus = Bus(db, reactions())
    first = (now + timedelta(days=40)).date()
    made = congresses.add_congress(
        db,
        bus,
        boss,
        organizer=boss.belongings[0].organization.id,
        park=PARK,
        slug="sample",
        title=Text("示例大会", "Sample Congress"),
        first=first,
        last=first,
        now=now,
    )
    forum = Forum(ForumId(new_id(now)), Text("示例论坛", "Sample forum"))
    session = Session(
        SessionId(new_id(now)), forum.id, SessionKind.FORUM, Text("示例", "Sample"), Minutes(60)
    )
    congresses.add_forum(db, bus, boss, made.id, forum, now=now)
    congresses.add_session(db, bus, boss, made.id, session, now=now)
    congresses.release(db, bus, boss, made.id, name="v1", now=now)
    search = congresses.begin_solve(db, boss, made.id, seconds=5, now=now)
    return {"congress": str(made.id), "slug": made.slug, "search": str(search.id)}


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
