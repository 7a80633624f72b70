"""What pages and programs see of a search for a timetable, in the reader's words."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from shulian.congress.routes.parts import say
from shulian.congress.rules import reasons, searches
from shulian.congress.types import (
    Hall,
    Placement,
    Programme,
    Reason,
    Session,
    SessionId,
    Solve,
    SolveState,
)
from shulian.congress.wire import search as wire
from shulian.congress.wire.draft import HoursView
from shulian.kit.http.edge import AnyRequest, language_of
from shulian.kit.text import Text
from shulian.park.types import SpaceId


def search_view(
    request: AnyRequest, programme: Programme, solve: Solve, now: datetime
) -> wire.SearchView:
    """A search beside the draft as it is now."""
    known = {one.id: one for one in programme.sessions}
    halls = {one.space: one for one in programme.halls}
    moves = searches.shifts(programme, solve)
    return wire.SearchView(
        id=solve.id,
        state=solve.state,
        name=say(request, f"congress.search.name.{_outcome(solve) or solve.state}"),
        words=say(
            request,
            f"congress.search.state.{_state(solve, moves)}",
            seconds=solve.seconds,
            count=len(moves),
        ),
        stopping=solve.stop and solve.live,
        explains=solve.explains,
        seconds=solve.seconds,
        gone=_gone(solve, now),
        move=solve.move,
        seed=solve.seed,
        begun=solve.begun,
        cost=solve.cost,
        bound=solve.bound,
        gap=solve.gap,
        sessions=len(solve.versions),
        placed=len(solve.places),
        missed=_missed(request, solve),
        moves=tuple(
            wire.SearchMove(
                _session(one.session),
                _place(one.before, halls),
                _place(one.after, halls),
                one.stays,
            )
            for one in moves
        ),
        stayed=_sessions(known, solve.stayed),
        gone_since=sum(one not in known for one in solve.stayed),
        new_since=_sessions(known, searches.strangers(programme, solve)),
        reasons=tuple(_reason(request, programme, one) for one in solve.reasons),
        course=tuple(wire.SearchStep(one.seconds, one.cost, one.bound) for one in solve.course),
        applied=solve.applied,
        undone=solve.undone,
    )


def _outcome(solve: Solve) -> str:
    """What somebody did with what it found; empty: nothing."""
    if solve.undone:
        return "undone"
    return "applied" if solve.applied else ""


def _state(solve: Solve, moves: Collection[searches.Shift]) -> str:
    """Which sentence tells where it stands."""
    if told := _outcome(solve):
        return told
    if solve.live:
        return _live_state(solve)
    if solve.state is SolveState.DONE and solve.places:
        return _found_state(solve, moves)
    if solve.state is SolveState.IMPOSSIBLE:
        return "impossible" if solve.reasons else "impossible_unexplained"
    return f"{solve.state}" if solve.places else f"{solve.state}_empty"


def _found_state(solve: Solve, moves: Collection[searches.Shift]) -> str:
    if not moves:
        return "same"
    return "best" if solve.gap == 0 else "done"


def _live_state(solve: Solve) -> str:
    if solve.state is SolveState.WAITING:
        return "waiting"
    if solve.stop:
        return "stopping"
    if solve.explains:
        return "explaining"
    return "bettering" if solve.places else "searching"


def _gone(solve: Solve, now: datetime) -> float:
    """[s] that it has taken until now, or until it ended."""
    if solve.started is None:
        return 0.0
    end = now if solve.live else solve.beat
    return max(0.0, round((end - solve.started).total_seconds(), 1))


def _missed(request: AnyRequest, solve: Solve) -> tuple[wire.SearchMissed, ...]:
    return tuple(
        wire.SearchMissed(
            one.demand,
            say(request, f"congress.search.demand.{one.demand}"),
            say(request, f"congress.search.missed.{one.demand}", count=f"{one.amount:,}"),
            one.times,
            one.amount,
            one.cost,
        )
        for one in solve.missed
    )


def _reason(request: AnyRequest, programme: Programme, reason: Reason) -> wire.SearchReason:
    found = reasons.named(programme, reason)
    kind = "without" if reason.relax else "reason"
    name = found.name.into(language_of(request)) or say(request, "congress.search.no_more")
    if len(found.sessions) > 1:
        name = say(request, "congress.search.sessions", count=len(found.sessions))
    act = f"/congresses/{programme.congress.slug}/desk"
    return wire.SearchReason(
        reason.demand,
        say(request, f"congress.search.{kind}.{reason.demand}", name=name),
        reason.relax,
        reason.proven,
        tuple(_session(one) for one in found.sessions),
        tuple(HoursView(one.start, one.end) for one in found.spans if one.end),
        f"{act}{found.part}" if found.part else "",
    )


def _session(one: Session) -> wire.SearchSession:
    return wire.SearchSession(one.id, one.title)


def _sessions(
    known: Mapping[SessionId, Session], wanted: Iterable[SessionId]
) -> tuple[wire.SearchSession, ...]:
    return tuple(_session(known[one]) for one in wanted if one in known)


def _place(placed: Placement | None, halls: Mapping[SpaceId, Hall]) -> wire.SearchPlace | None:
    if placed is None:
        return None
    hall = halls.get(placed.hall)
    name = hall.name if hall else Text(placed.hall, placed.hall)
    return wire.SearchPlace(placed.hall, name, placed.start)
