"""A call for sessions: what is looked for, and what one proposes oneself."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect

from shulian.congress import api
from shulian.congress.errors import ProposalUnknown
from shulian.congress.routes.call_forms import (
    CallForm,
    ProposalForm,
    TellingSeen,
    both,
    call_form,
    moment_of,
    proposal_form,
    span_of,
    told_of,
)
from shulian.congress.routes.call_parts import show_call, tried
from shulian.congress.routes.parts import RequestActor, say
from shulian.congress.rules import calls as rules
from shulian.congress.types import (
    Proposal,
    ProposalId,
)
from shulian.identity.types import Actor
from shulian.kit.db import Db
from shulian.kit.errors import Failure, Invalid
from shulian.kit.http.edge import (
    AnyRequest,
    RequestDb,
    RequestNow,
    language_of,
)


@get("/congresses/{slug:str}/call", include_in_schema=False, sync_to_thread=True)
def call_page(
    request: AnyRequest,
    slug: FromPath[str],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str]:
    """What is looked for, and until when; for who makes the congress a form to change it."""
    return _call(request, db, actor, api.called(db, actor, slug, now=now))


@post("/congresses/{slug:str}/call", include_in_schema=False, sync_to_thread=True)
def put_call(
    request: AnyRequest,
    slug: FromPath[str],
    data: URLEncodedBody[CallForm],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str] | Redirect:
    """Look for sessions, or say so otherwise."""
    found = api.called(db, actor, slug, now=now)
    try:
        api.put_call(
            db,
            actor,
            found.congress.id,
            words=both(data.words_zh, data.words_en),
            span=span_of(data, found.congress.timezone),
            anonymous=bool(data.anonymous),
            now=now,
        )
    except Invalid as failure:
        return _call(request, db, actor, found, failure, data)
    return Redirect(f"/congresses/{slug}/call?done=called", status_code=303)


@get("/congresses/{slug:str}/call/mine", include_in_schema=False, sync_to_thread=True)
def mine_page(
    request: AnyRequest,
    slug: FromPath[str],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str]:
    """What one proposes oneself, and what became of it."""
    found = api.called(db, actor, slug, now=now)
    own = api.own_proposals(db, actor, found.congress.id)
    news = [one.told for one in own if one.told and one.seen is None]
    return show_call(request, "call_mine", actor, found, own=own, news=max(news, default=None))


@post("/congresses/{slug:str}/call/mine/seen", include_in_schema=False, sync_to_thread=True)
def seen(
    slug: FromPath[str],
    data: URLEncodedBody[TellingSeen],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
) -> Redirect:
    """Keep that one has seen what became of one's proposals."""
    found = api.called(db, actor, slug, now=now)
    api.mark_told(db, actor, found.congress.id, moment_of(data.until), now=now)
    return Redirect(f"/congresses/{slug}/call/mine", status_code=303)


@get("/congresses/{slug:str}/call/new", include_in_schema=False, sync_to_thread=True)
def new_page(
    request: AnyRequest,
    slug: FromPath[str],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str]:
    """The form of a new proposal."""
    actor.demand_person()
    return _form(request, actor, api.called(db, actor, slug, now=now), None, ProposalForm())


@post("/congresses/{slug:str}/call/new", include_in_schema=False, sync_to_thread=True)
def propose(
    request: AnyRequest,
    slug: FromPath[str],
    data: URLEncodedBody[ProposalForm],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str] | Redirect:
    """Begin a proposal, and have it judged at once if that is asked for."""
    found = api.called(db, actor, slug, now=now)

    def run() -> None:
        made = api.propose(db, actor, found.congress.id, **told_of(data), now=now)
        if data.do == "submit":
            api.submit(db, actor, made.id, now=now)

    return _proposed(request, db, actor, found, None, data, run)


@get(
    "/congresses/{slug:str}/call/mine/{proposal:uuid}", include_in_schema=False, sync_to_thread=True
)
def own_page(
    request: AnyRequest,
    slug: FromPath[str],
    proposal: FromPath[UUID],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str]:
    """One of one's own proposals, to be changed as long as that can be."""
    found = api.called(db, actor, slug, now=now)
    one = _own(db, actor, found, ProposalId(proposal))
    return _form(request, actor, found, one, proposal_form(one))


@post(
    "/congresses/{slug:str}/call/mine/{proposal:uuid}", include_in_schema=False, sync_to_thread=True
)
def change(
    request: AnyRequest,
    slug: FromPath[str],
    proposal: FromPath[UUID],
    data: URLEncodedBody[ProposalForm],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str] | Redirect:
    """Change a proposal, submit it, or take it back."""
    found = api.called(db, actor, slug, now=now)
    one = _own(db, actor, found, ProposalId(proposal))

    def run() -> None:
        if data.do == "withdraw":
            api.withdraw(db, actor, one.id, now=now)
            return
        changed = api.change_proposal(db, actor, replace(one, **told_of(data)), now=now)
        if data.do == "submit":
            api.submit(db, actor, changed.id, now=now)

    return _proposed(request, db, actor, found, one, data, run)


def _call(
    request: AnyRequest,
    db: Db,
    actor: Actor,
    found: api.Called,
    failure: Failure | None = None,
    typed: CallForm | None = None,
) -> Response[str]:
    own = api.own_proposals(db, actor, found.congress.id) if actor.person else ()
    values = typed or call_form(found.call, found.congress.timezone)
    waiting = api.awaiting(db, actor) if actor.person else ()
    return show_call(
        request,
        "call",
        actor,
        found,
        failure,
        values=values,
        own=own,
        awaits=sum(count for one, count in waiting if one.id == found.congress.id),
    )


def _form(
    request: AnyRequest,
    actor: Actor,
    found: api.Called,
    one: Proposal | None,
    typed: ProposalForm,
    failure: Failure | None = None,
) -> Response[str]:
    language = language_of(request)
    return show_call(
        request,
        "call_form",
        actor,
        found,
        failure,
        one=one,
        values=typed,
        changeable=found.open and (one is None or rules.is_changeable(one)),
        withdrawable=one is not None and rules.is_withdrawable(one),
        kinds=[(kind, say(request, f"congress.call.kind_{kind}")) for kind in rules.PROPOSED],
        themes=[
            ("", say(request, "congress.call.no_theme")),
            *((str(each.id), each.name.into(language)) for each in found.themes),
        ],
    )


def _proposed(
    request: AnyRequest,
    db: Db,
    actor: Actor,
    found: api.Called,
    one: Proposal | None,
    typed: ProposalForm,
    run: Callable[[], None],
) -> Response[str] | Redirect:
    """The list of one's proposals after `run`, or the form with what is wrong, nothing kept."""
    if failure := tried(db, run):
        return _form(request, actor, found, one, typed, failure)
    done = {"submit": "submitted", "withdraw": "withdrawn"}.get(typed.do, "saved")
    return Redirect(f"/congresses/{found.congress.slug}/call/mine?done={done}", status_code=303)


def _own(db: Db, actor: Actor, found: api.Called, which: ProposalId) -> Proposal:
    one = api.own_proposal(db, actor, which)
    if one.congress != found.congress.id:
        raise ProposalUnknown
    return one


ROUTES = (
    call_page,
    put_call,
    mine_page,
    new_page,
    propose,
    seen,
    own_page,
    change,
)
