"""The draft for the timetable's editor: read, moved in, and what a move would break."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from litestar import Response, get, post, put
from litestar.params import FromPath, JSONBody
from litestar.status_codes import HTTP_200_OK

from shulian.congress import api
from shulian.congress.errors import DraftMoved
from shulian.congress.routes.pace import pace_of
from shulian.congress.routes.parts import RequestActor, session_view, told
from shulian.congress.types import CongressId, Minutes, Placement, Programme, SessionId
from shulian.congress.wire import draft as wire
from shulian.identity.types import Actor
from shulian.kit.errors import Invalid
from shulian.kit.http.edge import AnyRequest, RequestBus, RequestDb, RequestNow
from shulian.kit.http.problems import answer_failure


@get("/api/congresses/{congress:uuid}/draft", sync_to_thread=True)
def read_draft(
    request: AnyRequest,
    congress: FromPath[UUID],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
) -> wire.DraftView:
    """All of a draft, for those who make the congress or one of its forums."""
    pace_of(request).looks.count(str(actor.demand_person()))
    found = api.draft(db, actor, CongressId(congress), now=now)
    return _view(request, actor, found)


@put("/api/congresses/{congress:uuid}/draft/placements", sync_to_thread=True)
def put_placements(
    request: AnyRequest,
    congress: FromPath[UUID],
    data: JSONBody[wire.PlacementsTold],
    db: RequestDb,
    bus: RequestBus,
    actor: RequestActor,
    now: RequestNow,
) -> Response[wire.PlacementsDone]:
    """Move sessions: all of them, or none.

    A session that somebody else has changed meanwhile is told as `session` of the problem.
    """
    pace_of(request).moves.count(str(actor.demand_person()))
    where, moves = CongressId(congress), _moves(data.placements)
    try:
        with db.begin_nested():
            api.move_sessions(db, bus, actor, where, moves, now=now)
    except DraftMoved as failure:
        now_is = api.draft(db, actor, where, now=now).programme
        answer = answer_failure(request, failure)
        answer.content["session"] = session_view(actor, now_is, failure.now)
        return answer
    after = api.draft(db, actor, where, now=now)
    moved = tuple(
        session_view(actor, after.programme, one)
        for one in after.programme.sessions
        if one.id in moves
    )
    found = told(request, after.programme, after.conflicts)
    return Response(wire.PlacementsDone(after.programme.congress.version, moved, found))


@post("/api/congresses/{congress:uuid}/draft/check", status_code=HTTP_200_OK, sync_to_thread=True)
def check_placements(
    request: AnyRequest,
    congress: FromPath[UUID],
    data: JSONBody[wire.PlacementsTold],
    db: RequestDb,
    actor: RequestActor,
    now: RequestNow,
) -> wire.ConflictsForeseen:
    """What would be wrong with these sessions there; nothing is stored, versions do not count."""
    pace_of(request).looks.count(str(actor.demand_person()))
    would, found = api.foresee(db, actor, CongressId(congress), _moves(data.placements), now=now)
    return wire.ConflictsForeseen(told(request, would, found))


def _moves(placements: Iterable[wire.PlacementTold]) -> Mapping[SessionId, api.Move]:
    moves: dict[SessionId, api.Move] = {}
    for one in placements:
        if (one.hall is None) != (one.start is None):
            raise Invalid(fields={"start": "congress.place_half"})
        if one.start is not None and one.start.tzinfo is None:
            raise Invalid(fields={"start": "congress.place_no_zone"})
        if one.session in moves:
            raise Invalid(fields={"session": "congress.twice"})
        placed = Placement(one.hall, one.start) if one.hall and one.start else None
        minutes = None if one.minutes is None else Minutes(one.minutes)
        moves[one.session] = api.Move(one.version, placed, minutes, one.pinned)
    return moves


def _view(request: AnyRequest, actor: Actor, found: api.Draft) -> wire.DraftView:
    whole: Programme = found.programme
    congress = whole.congress
    return wire.DraftView(
        congress=congress.id,
        title=congress.title,
        version=congress.version,
        timezone=congress.timezone,
        first=congress.first,
        last=congress.last,
        plans=api.plans(actor, congress),
        halls=tuple(
            wire.DraftHall(
                one.space,
                one.name,
                one.capacity,
                tuple(wire.HoursView(each.start, each.end) for each in one.hours if each.end),
            )
            for one in whole.halls
        ),
        themes=tuple(wire.DraftTheme(one.id, one.name, one.colour) for one in whole.themes),
        forums=tuple(
            wire.DraftForum(one.id, one.title, one.code, one.theme) for one in whole.forums
        ),
        sessions=tuple(session_view(actor, whole, one) for one in whole.sessions),
        speakers=tuple(wire.DraftSpeaker(one.id, one.name) for one in whole.speakers),
        conflicts=told(request, whole, found.conflicts),
    )


ROUTES = (read_draft, put_placements, check_placements)
