"""A first timetable: what is there now, if it can stay; then each forum where it costs least."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence

from shulian.congress.rules.timetable import grid
from shulian.congress.rules.timetable.problem import Place, Problem, Session
from shulian.congress.types import Level, Rule


def first(problem: Problem) -> dict[str, Place]:
    """A place for each session that keeps the hard rules; some have none if that is difficult."""
    board = _Board(problem)
    present = [one for one in problem.sessions if one.placed is not None]
    for session in sorted(present, key=lambda one: not one.pinned):
        place = session.placed
        if place is not None and board.fits(session, place):
            board.put(session, place)
    for sessions in board.blocks():
        if not board.put_together(sessions):
            for session in sessions:
                board.put_together([session])
    return board.places


class _Board:
    """Places so far, and who is busy when."""

    def __init__(self, problem: Problem) -> None:
        self.places: dict[str, Place] = {}
        self._problem = problem
        self._speakers = {speaker.id: speaker for speaker in problem.speakers}
        self._busy: dict[str, list[tuple[int, int]]] = defaultdict(list)
        """When a hall, a speaker, a theme … is busy."""
        self._times: dict[str, dict[str, tuple[int, ...]]] = {}
        """By session and hall: its starts that no hard rule forbids, in order."""
        for session in problem.sessions:
            theirs = [self._speakers[one] for one in session.speakers]
            base = grid.starts(problem, session)
            left = grid.allowed(problem, session, theirs, given=base)
            self._times[session.id] = {
                hall.id: grid.in_hall(problem, session, hall, left) for hall in problem.halls
            }
        self._capacity = {hall.id: hall.capacity for hall in problem.halls}

    def blocks(self) -> list[list[Session]]:
        """The sessions without a place, by forum: first those with the fewest choices a minute."""
        forums: dict[str, list[Session]] = defaultdict(list)
        for session in self._problem.sessions:
            if session.id not in self.places:
                forums[session.forum or f" {session.id}"].append(session)
        return sorted(forums.values(), key=self._difficulty)

    def _difficulty(self, sessions: Sequence[Session]) -> tuple[bool, float, int]:
        choices = min(sum(map(len, self._times[one.id].values())) for one in sessions)
        minutes = sum(one.minutes for one in sessions)
        plenary = any(one.plenary for one in sessions)
        return not plenary, choices / minutes, -max(one.attendance for one in sessions)

    def put_together(self, sessions: Sequence[Session]) -> bool:
        """Place sessions one after the other in one hall, where that costs least; if it can be."""
        best: tuple[int, list[Place]] | None = None
        for places in self._rows(sessions):
            cost = sum(map(self._cost, sessions, places))
            if best is None or cost < best[0]:
                best = cost, places
            if cost == 0:
                break
        if best is None:
            return False
        for session, place in zip(sessions, best[1], strict=True):
            self.put(session, place)
        return True

    def _rows(self, sessions: Sequence[Session]) -> Iterator[list[Place]]:
        """Every way to have sessions one after the other in one hall, the tightest hall first."""
        least = max(one.attendance for one in sessions)
        halls = sorted(
            self._problem.halls, key=lambda one: (one.capacity < least, abs(one.capacity - least))
        )
        for hall in halls:
            for start in self._times[sessions[0].id][hall.id]:
                places: list[Place] = []
                at = start
                for session in sessions:
                    times = self._times[session.id][hall.id]
                    number = bisect_left(times, at)
                    if number == len(times):
                        break
                    place = Place(hall.id, times[number])
                    if places and place.start - at >= max(self._problem.step, 1):
                        break
                    if not self.fits(session, place):
                        break
                    places.append(place)
                    at = place.start + session.minutes + self._problem.buffer
                else:
                    yield places

    def fits(self, session: Session, place: Place) -> bool:
        """Whether a session can be there, with all that are placed."""
        times = self._times[session.id].get(place.hall, ())
        number = bisect_left(times, place.start)
        if number == len(times) or times[number] != place.start:
            return False
        start, end = place.start, place.start + session.minutes
        rest = self._problem.buffer if self._problem.rests else 0
        if self._meet(f"hall {place.hall}", start - rest, end + rest):
            return False
        return not any(
            self._meet(key, start, end) for key, weight in self._around(session) if weight is None
        )

    def put(self, session: Session, place: Place) -> None:
        """Place a session."""
        self.places[session.id] = place
        span = (place.start, place.start + session.minutes)
        keys = {f"hall {place.hall}", *(key for key, _ in self._around(session))}
        if not session.aside:
            keys.add("everything")
        if not session.plenary:
            keys.discard("plenary")
        for key in keys:
            self._busy[key].append(span)

    def _around(self, session: Session) -> Iterator[tuple[str, int | None]]:
        """Who should not be busy during a session, and the price of a minute; none: who must not.

        A speaker or a plenary in the way is never taken into account at first, whatever it costs.
        """
        level, weights = self._problem.level, self._problem.weights
        if level(Rule.NOT_ALONE) is not Level.IGNORE and not session.aside:
            yield "plenary", None
            if session.plenary:
                yield "everything", None
        if level(Rule.SPEAKER_TWICE) is not Level.IGNORE:
            yield from ((f"speaker {one}", None) for one in session.speakers)
        for rule, names, weight in (
            (Rule.THEME_CLASH, (session.theme,) if session.theme else (), weights.theme),
            (Rule.ORGANIZER_TWICE, session.organizers, weights.organizer),
        ):
            if level(rule) is not Level.IGNORE:
                hard = level(rule) is Level.BLOCK
                yield from ((f"{rule} {name}", None if hard else weight) for name in names)

    def _cost(self, session: Session, place: Place) -> int:
        """What it costs about, to have a session there."""
        weights = self._problem.weights
        start, end = place.start, place.start + session.minutes
        cost = max(0, session.attendance - self._capacity[place.hall]) * weights.small
        for key, weight in self._around(session):
            if weight is not None:
                shared = (min(end, b) - max(start, a) for a, b in self._busy[key])
                cost += weight * sum(minutes for minutes in shared if minutes > 0)
        for name in session.speakers:
            wished = self._speakers[name].wished
            if wished and not grid.inside((start,), wished, session.minutes):
                cost += weights.wish
        return cost

    def _meet(self, key: str, start: int, end: int) -> bool:
        return any(a < end and start < b for a, b in self._busy[key])
