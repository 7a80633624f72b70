"""A problem, stated whole; and between the model and places."""

from collections.abc import Callable, Mapping

from ortools.sat.python.cp_model import BoolVarT, LinearExpr

from shulian.congress.rules.timetable.model import forums, people, places
from shulian.congress.rules.timetable.model.variables import Grant, Variables
from shulian.congress.rules.timetable.problem import Place, Problem


def build(problem: Problem, grant: Grant | None = None) -> Variables:
    """Every rule of `problem`; with `grant` the hard ones alone, each under its literal."""
    model = Variables(problem, grant)
    places.state(model)
    people.state(model, len(problem.halls))
    if grant is None:
        forums.state(model)
        model.cp.minimize(LinearExpr.sum(model.costs))
    return model


def times_alone(problem: Problem, rooms: int) -> Variables:
    """The same without halls, for bounds: so many sessions at a time as there are `rooms`."""
    model = Variables(problem)
    places.speakers(model)
    people.state(model, rooms)
    forums.times_alone(model)
    model.cp.minimize(LinearExpr.sum(model.costs))
    return model


def halls_alone(problem: Problem) -> Variables:
    """The same without times, for bounds: no hall for longer than it is open."""
    model = Variables(problem)
    places.halls_alone(model)
    forums.halls_alone(model)
    model.cp.minimize(LinearExpr.sum(model.costs))
    return model


def hint(model: Variables, found: Mapping[str, Place]) -> None:
    """Let the search begin where sessions are in `found`."""
    model.cp.clear_hints()
    for session, place in found.items():
        if (session, place.hall) not in model.at:
            continue
        model.cp.add_hint(model.starts[session], place.start)
        for hall in model.problem.halls:
            if (literal := model.at.get((session, hall.id))) is not None:
                model.cp.add_hint(literal, place.hall == hall.id)


def found(model: Variables, value: Callable[[BoolVarT], int]) -> dict[str, Place]:
    """Where each session is, where variables have the values that `value` tells."""
    return {
        session: Place(hall, value(model.starts[session]))
        for (session, hall), literal in model.at.items()
        if value(literal)
    }
