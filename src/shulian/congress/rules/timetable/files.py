"""Timetables in files: `shulian-timetable/1`, as JSON, for problems and for their solutions."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import pairwise
from types import MappingProxyType
from typing import Any, Literal, TypeVar

import msgspec

from shulian.congress.errors import (
    TimetableStranger,
    TimetableTwice,
    TimetableUnreadable,
    TimetableWrong,
)
from shulian.congress.rules.timetable.problem import (
    DAY,
    LARGEST,
    MOST_DAYS,
    MOST_HALLS,
    MOST_SESSIONS,
    MOST_SPEAKERS,
    STEPS,
    Hall,
    Place,
    Problem,
    Session,
    Solution,
    Speaker,
    Stretch,
    Weights,
)
from shulian.congress.types import Level, Rule

FORMAT = "shulian-timetable/1"
SOLUTION_FORMAT = "shulian-timetable-solution/1"
LONGEST_FILE = 32 << 20
"""[bytes]."""
_T = TypeVar("_T")


class _Strict(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """What a file says; a field that is not known is a slip of the pen."""


class _Hall(_Strict):
    id: str
    capacity: int
    hours: tuple[Stretch, ...]
    name: str = ""
    taken: tuple[Stretch, ...] = ()


class _Speaker(_Strict):
    id: str
    name: str = ""
    available: tuple[Stretch, ...] = ()
    wished: tuple[Stretch, ...] = ()
    online: bool = False


class _Placed(_Strict):
    hall: str
    start: int


class _Session(_Strict):
    id: str
    minutes: int
    title: str = ""
    forum: str = ""
    theme: str = ""
    attendance: int = 0
    speakers: tuple[str, ...] = ()
    organizers: tuple[str, ...] = ()
    plenary: bool = False
    aside: bool = False
    halls: tuple[str, ...] = ()
    within: tuple[Stretch, ...] = ()
    placed: _Placed | None = None
    pinned: bool = False


class _Walk(_Strict):
    between: tuple[str, str]
    minutes: int


class _Problem(_Strict):
    format: Literal["shulian-timetable/1"]
    halls: tuple[_Hall, ...]
    sessions: tuple[_Session, ...]
    speakers: tuple[_Speaker, ...] = ()
    title: str = ""
    days: tuple[Stretch, ...] = (Stretch(0, DAY),)
    step: int = 15
    buffer: int = 0
    rests: bool = False
    walks: tuple[_Walk, ...] = ()
    levels: dict[Rule, Level] = {}
    weights: dict[str, int] = {}


class _SolvedSession(_Strict):
    session: str
    hall: str
    start: int


class _Solution(_Strict):
    format: Literal["shulian-timetable-solution/1"]
    places: tuple[_SolvedSession, ...]
    cost: int | None = None
    bound: int | None = None


def read(content: bytes) -> Problem:
    """The problem that stands in a file; raises one of the `Timetable…` errors, which say where."""
    told = _decoded(content, _Problem)
    problem = Problem(
        halls=_all(told.halls, Hall),
        sessions=tuple(_read_session(one) for one in told.sessions),
        speakers=_all(told.speakers, Speaker),
        title=told.title,
        days=told.days,
        step=told.step,
        buffer=told.buffer,
        rests=told.rests,
        walks=MappingProxyType({one.between: one.minutes for one in told.walks}),
        levels=MappingProxyType(told.levels),
        weights=_weights(told.weights),
    )
    verify(problem)
    return problem


def write(problem: Problem) -> bytes:
    """The file of a problem: `read` gives the same."""
    plain = Weights()
    weights = {
        name: getattr(problem.weights, name)
        for name in Weights.__dataclass_fields__
        if getattr(problem.weights, name) != getattr(plain, name)
    }
    told = _Problem(
        format=FORMAT,
        halls=tuple(msgspec.convert(one, _Hall, from_attributes=True) for one in problem.halls),
        sessions=tuple(_session(one) for one in problem.sessions),
        speakers=tuple(
            msgspec.convert(one, _Speaker, from_attributes=True) for one in problem.speakers
        ),
        title=problem.title,
        days=problem.days,
        step=problem.step,
        buffer=problem.buffer,
        rests=problem.rests,
        walks=tuple(_Walk(between, minutes) for between, minutes in problem.walks.items()),
        levels=dict(problem.levels),
        weights=weights,
    )
    return _encoded(told)


def read_solution(content: bytes, problem: Problem) -> Solution:
    """The solution of `problem` that stands in a file; it may be wrong, or not whole."""
    told = _decoded(content, _Solution)
    _unique("places", (one.session for one in told.places))
    sessions = {one.id for one in problem.sessions}
    halls = {one.id for one in problem.halls}
    for number, one in enumerate(told.places):
        _known(f"places[{number}].session", (one.session,), sessions)
        _known(f"places[{number}].hall", (one.hall,), halls)
    return Solution({one.session: Place(one.hall, one.start) for one in told.places})


def write_solution(solution: Solution, *, cost: int | None, bound: int | None) -> bytes:
    """The file of a solution: its places by start and hall."""
    order = sorted(solution.places.items(), key=lambda one: (one[1].start, one[1].hall, one[0]))
    told = tuple(_SolvedSession(session, place.hall, place.start) for session, place in order)
    return _encoded(_Solution(SOLUTION_FORMAT, told, cost, bound))


def verify(problem: Problem) -> None:
    """Raise one of the `Timetable…` errors if a problem does not make sense."""
    _ranged("sessions", len(problem.sessions), 0, MOST_SESSIONS)
    _ranged("halls", len(problem.halls), 0, MOST_HALLS)
    _ranged("speakers", len(problem.speakers), 0, MOST_SPEAKERS)
    _ranged("days", len(problem.days), 1, MOST_DAYS)
    _ranged("buffer", problem.buffer, 0, DAY)
    if problem.step not in STEPS:
        allowed = ", ".join(map(str, STEPS))
        raise TimetableWrong(where="step", value=problem.step, allowed=allowed)
    _stretches("days", problem.days)
    for kind in ("halls", "sessions", "speakers"):
        _unique(kind, (one.id for one in getattr(problem, kind)))
    halls = {one.id for one in problem.halls}
    speakers = {one.id for one in problem.speakers}
    for number, hall in enumerate(problem.halls):
        _ranged(f"halls[{number}].capacity", hall.capacity, 0, LARGEST)
        _stretches(f"halls[{number}].hours", hall.hours)
        _stretches(f"halls[{number}].taken", hall.taken)
    for number, speaker in enumerate(problem.speakers):
        _stretches(f"speakers[{number}].available", speaker.available)
        _stretches(f"speakers[{number}].wished", speaker.wished)
    for number, session in enumerate(problem.sessions):
        _verify_session(f"sessions[{number}]", session, halls, speakers)
    for number, (between, minutes) in enumerate(problem.walks.items()):
        _known(f"walks[{number}].between", between, halls)
        _ranged(f"walks[{number}].minutes", minutes, 0, DAY)


def _verify_session(where: str, session: Session, halls: set[str], speakers: set[str]) -> None:
    _ranged(f"{where}.minutes", session.minutes, 1, MOST_DAYS * DAY)
    _ranged(f"{where}.attendance", session.attendance, 0, LARGEST)
    _known(f"{where}.speakers", session.speakers, speakers)
    _unique(f"{where}.speakers", session.speakers)
    _unique(f"{where}.organizers", session.organizers)
    _known(f"{where}.halls", session.halls, halls)
    _stretches(f"{where}.within", session.within)
    if session.placed is not None:
        _known(f"{where}.placed.hall", (session.placed.hall,), halls)
        _ranged(f"{where}.placed.start", session.placed.start, 0, MOST_DAYS * DAY)
    elif session.pinned:
        raise TimetableWrong(where=f"{where}.pinned", value="true", allowed="placed")


def _decoded(content: bytes, kind: type[_T]) -> _T:
    if len(content) > LONGEST_FILE:
        raise TimetableWrong(
            where="$", value=f"{len(content)} B", allowed=f"≤ {LONGEST_FILE >> 20} MB"
        )
    try:
        return msgspec.json.decode(content, type=kind)
    except msgspec.ValidationError as error:
        reason, _, where = str(error).partition(" - at ")
        raise TimetableUnreadable(where=where.strip("`") or "$", reason=reason) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise TimetableUnreadable(where="$", reason=str(error)) from error


def _encoded(told: msgspec.Struct) -> bytes:
    return msgspec.json.format(msgspec.json.encode(told), indent=1) + b"\n"


def _fields(told: msgspec.Struct) -> dict[str, Any]:
    return {name: getattr(told, name) for name in told.__struct_fields__}


def _all(told: Iterable[msgspec.Struct], kind: type[_T]) -> tuple[_T, ...]:
    return tuple(kind(**_fields(one)) for one in told)


def _read_session(told: _Session) -> Session:
    fields = _fields(told)
    fields["placed"] = told.placed and Place(told.placed.hall, told.placed.start)
    return Session(**fields)


def _session(session: Session) -> _Session:
    """A session as it stands in a file."""
    fields: dict[str, Any] = {name: getattr(session, name) for name in _Session.__struct_fields__}
    fields["placed"] = session.placed and _Placed(session.placed.hall, session.placed.start)
    return _Session(**fields)


def _weights(told: Mapping[str, int]) -> Weights:
    for name, weight in told.items():
        _known("weights", (name,), set(Weights.__dataclass_fields__))
        _ranged(f"weights.{name}", weight, 0, LARGEST)
    return replace(Weights(), **told)


def _unique(where: str, names: Iterable[str]) -> None:
    seen: set[str] = set()
    for number, name in enumerate(names):
        if name in seen:
            raise TimetableTwice(where=f"{where}[{number}]", name=name)
        seen.add(name)


def _known(where: str, names: Iterable[str], there: set[str]) -> None:
    for name in names:
        if name not in there:
            raise TimetableStranger(where=where, name=name)


def _ranged(where: str, value: int, least: int, most: int) -> None:
    if not least <= value <= most:
        raise TimetableWrong(where=where, value=value, allowed=f"{least}…{most}")


def _stretches(where: str, stretches: Iterable[Stretch]) -> None:
    """Each forwards, all in order and apart, none before the first midnight."""
    found = list(stretches)
    for number, (start, end) in enumerate(found):
        if not 0 <= start < end <= MOST_DAYS * DAY + DAY:
            raise TimetableWrong(
                where=f"{where}[{number}]", value=f"[{start}, {end}]", allowed="0 ≤ start < end"
            )
    for number, (one, other) in enumerate(pairwise(found)):
        if other.start < one.end:
            value = f"[{other.start}, {other.end}]"
            raise TimetableWrong(
                where=f"{where}[{number + 1}]", value=value, allowed=f"start ≥ {one.end}"
            )
