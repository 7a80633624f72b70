"""What is proposed for a congress: judged by reviewers, decided by who makes it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect

from shulian.congress import api
from shulian.congress.errors import ProposalUnknown
from shulian.congress.routes.call_forms import ReviewForm, all_of, id_of, one_of, whole_of
from shulian.congress.routes.call_parts import show_call, tried
from shulian.congress.routes.parts import RequestActor, say
from shulian.congress.rules import calls as rules
from shulian.congress.types import (
    ForumId,
    ProposalId,
    ProposalState,
)
from shulian.identity.types import Actor
from shulian.kit.bus import Bus
from shulian.kit.db import Db
from shulian.kit.errors import Failure, Invalid
from shulian.kit.http.edge import (
    AnyRequest,
    RequestBus,
    RequestDb,
    RequestNow,
    language_of,
)

_ORDERS = ("created", "mean", "spread", "count")

_AWAITING = "awaiting"
"""Stands for what one has not judged, among the states one looks for."""
_STATES = tuple(one for one in ProposalState if one is not ProposalState.DRAFT)


@get("/congresses/{slug:str}/desk/proposals", include_in_schema=False, sync_to_thread=True)
def desk_page(
    request: AnyRequest,
    slug: FromPath[str],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
    stands: FromQuery[str] = "",
    theme: FromQuery[str] = "",
    order: FromQuery[str] = "created",
) -> Response[str]:
    """All that is proposed, as far as one may see it."""
    found = api.called(db, actor, slug, now=now)
    return _desk(request, db, actor, found, now, stands=stands, theme=theme, order=order)


@post("/congresses/{slug:str}/desk/proposals", include_in_schema=False, sync_to_thread=True)
def decide(
    request: AnyRequest,
    slug: FromPath[str],
    data: URLEncodedBody[dict[str, object]],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str] | Redirect:
    """Decide about all that is ticked."""
    found = api.called(db, actor, slug, now=now)
    verdict = one_of(data, "verdict")

    def run() -> None:
        _decide(db, bus, actor, found, data, verdict, now)

    if failure := tried(db, run):
        return _desk(request, db, actor, found, now, failure=failure, words=one_of(data, "words"))
    return Redirect(f"/congresses/{slug}/desk/proposals?done={verdict}", status_code=303)


@get(
    "/congresses/{slug:str}/desk/proposals/{proposal:uuid}",
    include_in_schema=False,
    sync_to_thread=True,
)
def proposal_page(
    request: AnyRequest,
    slug: FromPath[str],
    proposal: FromPath[UUID],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str]:
    """One proposal: what it says, what reviewers say."""
    found = api.called(db, actor, slug, now=now)
    return _judged(request, db, actor, found, ProposalId(proposal))


@post(
    "/congresses/{slug:str}/desk/proposals/{proposal:uuid}",
    include_in_schema=False,
    sync_to_thread=True,
)
def review(
    request: AnyRequest,
    slug: FromPath[str],
    proposal: FromPath[UUID],
    data: URLEncodedBody[ReviewForm],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str] | Redirect:
    """Say what a proposal is worth."""
    found = api.called(db, actor, slug, now=now)
    which = ProposalId(proposal)
    _of(api.proposals(db, actor, found.congress.id), which)

    def run() -> None:
        score = whole_of(data.score, "score")
        api.review(db, actor, which, score=score, words=data.words, now=now)

    if failure := tried(db, run):
        return _judged(request, db, actor, found, which, failure, data)
    return Redirect(f"/congresses/{slug}/desk/proposals?done=reviewed", status_code=303)


@post(
    "/congresses/{slug:str}/desk/proposals/{proposal:uuid}/tell",
    include_in_schema=False,
    sync_to_thread=True,
)
def tell(
    request: AnyRequest,
    slug: FromPath[str],
    proposal: FromPath[UUID],
    data: URLEncodedBody[dict[str, object]],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str] | Redirect:
    """Say something to the author of a proposal."""
    found = api.called(db, actor, slug, now=now)
    which, words = ProposalId(proposal), one_of(data, "note")
    _of(api.proposals(db, actor, found.congress.id), which)

    def run() -> None:
        api.tell_author(db, actor, which, words=words, now=now)

    if failure := tried(db, run):
        return _judged(request, db, actor, found, which, failure, telling=words)
    return Redirect(f"/congresses/{slug}/desk/proposals/{proposal}?done=told", status_code=303)


@get("/congresses/{slug:str}/desk/proposals.csv", include_in_schema=False, sync_to_thread=True)
def proposals_csv(
    request: AnyRequest,
    slug: FromPath[str],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
) -> Response[str]:
    """All that is proposed, as a table."""
    found = api.called(db, actor, slug, now=now)
    judged = api.proposals(db, actor, found.congress.id)
    themes = {one.id: one.name.into(language_of(request)) for one in found.themes}
    heads = ("title_zh", "title_en", "kind", "minutes", "theme", "state", "author", "speakers")
    counted = ("mean", "spread", "count", "near")
    head = [say(request, f"congress.call.{one}") for one in (*heads, *counted)]
    rows = [
        [
            one.proposal.title.zh,
            one.proposal.title.en,
            say(request, f"congress.call.kind_{one.proposal.kind}"),
            str(one.proposal.minutes),
            themes.get(one.proposal.theme, "") if one.proposal.theme else "",
            say(request, f"congress.call.state_{one.proposal.state}"),
            one.author,
            one.proposal.speakers,
            *_figures(one.tally),
        ]
        for one in judged
    ]
    headers = {"content-disposition": f'attachment; filename="proposals-{slug}.csv"'}
    content = rules.as_csv(head, rows)
    return Response(content, media_type="text/csv", headers=headers)


def _decide(
    db: Db,
    bus: Bus,
    actor: Actor,
    found: api.Called,
    typed: Mapping[str, object],
    verdict: str,
    now: datetime,
) -> None:
    if verdict not in set(rules.VERDICTS):
        raise Invalid(fields={"verdict": "field_invalid"})
    forum = one_of(typed, "forum")
    api.decide(
        db,
        bus,
        actor,
        found.congress.id,
        [ProposalId(id_of(one, "which")) for one in all_of(typed, "which")],
        ProposalState(verdict),
        forum=ForumId(id_of(forum, "forum")) if forum else None,
        words=one_of(typed, "words"),
        now=now,
    )


def _desk(
    request: AnyRequest,
    db: Db,
    actor: Actor,
    found: api.Called,
    now: datetime,
    *,
    stands: str = "",
    theme: str = "",
    order: str = "created",
    failure: Failure | None = None,
    words: str = "",
) -> Response[str]:
    judged = api.proposals(db, actor, found.congress.id)
    language = language_of(request)
    decides = api.plans(actor, found.congress)
    forums = api.draft(db, actor, found.congress.id, now=now).programme.forums if decides else ()
    shown = [one for one in judged if _fits(one, stands, theme)]
    return show_call(
        request,
        "proposals",
        actor,
        found,
        failure,
        listed=_ordered(shown, order),
        whole=len(judged),
        counts={each: sum(one.proposal.state is each for one in judged) for each in _STATES},
        asked={"stands": stands, "theme": theme, "order": order},
        awaits=sum(one.awaits for one in judged),
        to_author=words,
        states=_states(request),
        themes=[("", say(request, "congress.call.every"))]
        + [(str(one.id), one.name.into(language)) for one in found.themes],
        orders=[(one, say(request, f"congress.call.order_{one}")) for one in _ORDERS],
        forums=[("", "–")] + [(str(one.id), one.title.into(language)) for one in forums],
        names={one.id: one.name for one in found.themes},
        undecided=rules.UNDECIDED,
    )


def _states(request: AnyRequest) -> list[tuple[str, str]]:
    """What one may look for, with the words of each."""
    told = [(one.value, say(request, f"congress.call.state_{one}")) for one in _STATES]
    every, awaiting = (say(request, f"congress.call.{one}") for one in ("every", "awaiting"))
    return [("", every), (_AWAITING, awaiting), *told]


def _judged(
    request: AnyRequest,
    db: Db,
    actor: Actor,
    found: api.Called,
    which: ProposalId,
    failure: Failure | None = None,
    typed: ReviewForm | None = None,
    telling: str | None = None,
) -> Response[str]:
    one = _of(api.proposals(db, actor, found.congress.id), which)
    mine = next((each for each in one.reviews if each.reviewer == actor.person), None)
    told = ReviewForm(str(mine.score), mine.words) if mine else ReviewForm()
    scores = [("", "–")] + [
        (str(score), say(request, f"congress.call.score_{score}"))
        for score in (*range(rules.HIGHEST, 0, -1), rules.TOO_NEAR)
    ]
    return show_call(
        request,
        "proposal",
        actor,
        found,
        failure,
        one=one,
        values=typed or told,
        scores=scores,
        telling=one.proposal.words if telling is None else telling,
        told_wrong=telling is not None,
        may=one.proposal.state in rules.UNDECIDED and not one.own,
        names={each.id: each.name for each in found.themes},
        speakers=rules.speakers_of(one.proposal.speakers),
    )


def _of(judged: Sequence[api.Judged], which: ProposalId) -> api.Judged:
    one = next((each for each in judged if each.proposal.id == which), None)
    if one is None:
        raise ProposalUnknown
    return one


def _fits(one: api.Judged, stands: str, theme: str) -> bool:
    proposal = one.proposal
    stood = one.awaits if stands == _AWAITING else not stands or proposal.state == stands
    return stood and (not theme or str(proposal.theme) == theme)


def _ordered(found: Sequence[api.Judged], order: str) -> list[api.Judged]:
    """By a figure, the greatest first; what has none comes last."""

    def rank(one: api.Judged) -> float:
        value = getattr(one.tally, order, None) if order in _ORDERS[1:] else None
        return -value if value is not None else 1.0

    return sorted(found, key=rank)


def _figures(tally: rules.Tally | None) -> list[str]:
    if tally is None:
        return ["", "", "", ""]
    told = ["" if one is None else f"{one:.2f}" for one in (tally.mean, tally.spread)]
    return [*told, str(tally.count), str(tally.near)]


ROUTES = (
    desk_page,
    decide,
    proposal_page,
    review,
    tell,
    proposals_csv,
)
