"""Tickets for people: the page with the QR, PDFs and badges, an entry for the calendar."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from babel import numbers
from litestar import Response, get
from litestar.params import FromPath
from markupsafe import Markup

from shulian.identity import api as identity_api
from shulian.identity.types import Grants
from shulian.kit.db import Db
from shulian.kit.http.edge import (
    AnyRequest,
    RequestDb,
    RequestLanguage,
    RequestNow,
    edge_of,
)
from shulian.kit.http.pages import show
from shulian.kit.text import Language, Text
from shulian.park import api as park_api
from shulian.park.types import Place, SpaceId, SpaceKind
from shulian.ticketing import api
from shulian.ticketing.api import Proof
from shulian.ticketing.errors import TicketUnknown
from shulian.ticketing.routes.checkpoint import RequestActor, checkpoint_of
from shulian.ticketing.rules import calendars, papers
from shulian.ticketing.rules.papers import Labels, Leaf, Paper
from shulian.ticketing.types import OccasionState, OrderId, TicketId, TicketState

_QUIET = 4
"""Blank modules around a QR on a page: what readers need (ISO/IEC 18004)."""
_LABELS = Labels.__struct_fields__
_TOLD = (SpaceKind.BUILDING, SpaceKind.STOREY)
"""What is told of where a hall is."""


@get("/tickets/{name:str}", include_in_schema=False, sync_to_thread=True)
def read_ticket(
    request: AnyRequest,
    name: FromPath[str],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
    language: RequestLanguage,
) -> Response[str] | Response[bytes]:
    """A ticket as a page (`<id>`), on paper (`<id>.pdf`), or for the calendar (`<id>.ics`)."""
    known, _, kind = name.partition(".")
    proof = api.proof(db, actor, _ticket_id(known), checkpoint_of(request).keys)
    if kind == "pdf":
        paper = Paper.PHONE if request.query_params.get("paper") == Paper.PHONE else Paper.A4
        return _printed(request, db, [proof], paper, language)
    if kind == "ics":
        title = proof.occasion.title.into(language)
        entry = calendars.entry(
            proof.ticket.id,
            proof.occasion.span,
            title=title,
            where=_where(db, proof.occasion.space, language),
            url=str(request.url.with_replacements(path=f"/tickets/{proof.ticket.id}", query="")),
            cancelled=proof.ticket.state is TicketState.CANCELLED,
            now=now,
        )
        return _file(entry, "text/calendar", f"{proof.ticket.id}.ics")
    if kind or name != known:
        raise TicketUnknown
    leaf = _leaf(request, db, proof, language)
    return show(
        request,
        "ticketing/ticket.html",
        actor=actor,
        proof=proof,
        leaf=leaf,
        online=proof.ticket.attendance.value == "online",
        cancelled=proof.occasion.state is OccasionState.CANCELLED,
        # drawn by us of digits alone
        qr=Markup(papers.qr(proof.code, border=_QUIET)),  # noqa: S704
    )


@get("/tickets/{ticket:uuid}/badge.pdf", include_in_schema=False, sync_to_thread=True)
def read_badge(
    request: AnyRequest,
    ticket: FromPath[UUID],
    db: RequestDb,
    actor: RequestActor,
    language: RequestLanguage,
) -> Response[bytes]:
    """A badge to wear, A6."""
    proof = api.proof(db, actor, TicketId(ticket), checkpoint_of(request).keys)
    return _printed(request, db, [proof], Paper.BADGE, language)


@get("/orders/{order:uuid}/tickets.pdf", include_in_schema=False, sync_to_thread=True)
def read_order(
    request: AnyRequest,
    order: FromPath[UUID],
    db: RequestDb,
    actor: RequestActor,
    language: RequestLanguage,
) -> Response[bytes]:
    """All tickets of an order that are one's own to show, a page each."""
    found = api.proofs(db, actor, OrderId(order), checkpoint_of(request).keys)
    paper = Paper.PHONE if request.query_params.get("paper") == Paper.PHONE else Paper.A4
    return _printed(request, db, found, paper, language)


def _printed(
    request: AnyRequest, db: Db, proofs: Sequence[Proof], paper: Paper, language: Language
) -> Response[bytes]:
    say = partial(edge_of(request).catalogue.say, language)
    labels = Labels(**{one: say(f"ticketing.paper.{one}") for one in _LABELS})
    leaves = [_leaf(request, db, one, language) for one in proofs]
    made = papers.sheet(leaves, labels, paper=paper, language=language)
    name = proofs[0].number or str(proofs[0].ticket.id)
    return _file(made, "application/pdf", f"{paper.value}-{name}.pdf")


def _file(body: bytes, kind: str, name: str) -> Response[bytes]:
    headers = {"content-disposition": f'inline; filename="{name}"', "cache-control": "no-store"}
    return Response(body, media_type=kind, headers=headers)


def _leaf(request: AnyRequest, db: Db, proof: Proof, language: Language) -> Leaf:
    say = partial(edge_of(request).catalogue.say, language)
    ticket, occasion = proof.ticket, proof.occasion
    place = _place(db, occasion.space)
    return Leaf(
        title=occasion.title.into(language),
        name=ticket.name,
        firm=_firm(request, db, proof).into(language),
        kind=proof.type.name.into(language),
        when=calendars.when(occasion.span, place.timezone, language),
        where=_where(db, occasion.space, language),
        seat=park_api.space(db, ticket.seat).name.into(language) if ticket.seat else "",
        number=proof.number,
        code=proof.code,
        note="" if proof.code else say(f"ticketing.paper.note.{ticket.state}"),
        price=_price(ticket.price, language) if ticket.price else say("ticketing.paper.free"),
        order=proof.order,
    )


def _firm(request: AnyRequest, db: Db, proof: Proof) -> Text:
    """The organization that the owner of a ticket is with, the first where there are several."""
    grants = request.app.state["grants"]
    assert isinstance(grants, Grants)  # noqa: S101  # put there by the composition
    owner = identity_api.actor_of_person(db, grants, proof.ticket.owner)
    return owner.belongings[0].organization.name if owner.belongings else Text()


def _place(db: Db, space: SpaceId) -> Place:
    return park_api.place(db, park_api.path(db, space)[0].id)


def _where(db: Db, space: SpaceId, language: Language) -> str:
    """The building, the storey and the hall, in the order in which the language says them."""
    path = park_api.path(db, space)
    told = [
        one.name.into(language)
        for one in path
        if one.name and (one.kind in _TOLD or one.id == path[-1].id)
    ]
    return " ".join(told) if language is Language.ZH else ", ".join(reversed(told))


def _price(fen: int, language: Language) -> str:
    locale = "zh_CN" if language is Language.ZH else "en_GB"
    return numbers.format_currency(fen / 100, "CNY", locale=locale)


def _ticket_id(name: str) -> TicketId:
    try:
        return TicketId(UUID(name))
    except ValueError as error:
        raise TicketUnknown from error


ROUTES = (read_ticket, read_badge, read_order)
