"""The variables of a problem: a start and a hall for each session, and literals of its rules."""

from collections.abc import Callable, Sequence

from ortools.sat.python.cp_model import BoolVarT, CpModel, Domain, IntVar, LinearExprT

from shulian.congress.rules.timetable import grid
from shulian.congress.rules.timetable.problem import Demand, Hall, Problem, Session, Speaker
from shulian.congress.types import Level, Rule

Grant = Callable[[CpModel, Demand, str], BoolVarT]
"""The literal under which a demand about something stands, in a model."""


class Variables:
    """What there is to decide of a problem, and what it costs.

    Made for solving, what hard rules forbid is not even there. Made with a `grant`, everything
    is, each rule under its literal, and what is soft is left out.
    """

    def __init__(self, problem: Problem, grant: Grant | None = None) -> None:
        """Give each session a start and a hall."""
        self.cp = CpModel()
        self.problem = problem
        self.relaxed = grant is not None
        self.speakers = {speaker.id: speaker for speaker in problem.speakers}
        self.times: dict[str, tuple[int, ...]] = {}
        """By session: its starts that are left, in order [min]; none: it has no place."""
        self.starts: dict[str, IntVar] = {}
        """By session [min]."""
        self.present: dict[str, BoolVarT] = {}
        """By session: whether it takes place; always, where one solves."""
        self.at: dict[tuple[str, str], BoolVarT] = {}
        """By session and hall: whether it is there; what is missing cannot be."""
        self.costs: list[LinearExprT] = []
        self._grant = grant
        self._needed: dict[tuple[Demand, str], BoolVarT] = {}
        for session in problem.sessions:
            self._place(session)

    def needed(self, demand: Demand, about: str) -> BoolVarT:
        """The literal of a hard demand about something: true, where one solves."""
        key = (demand, about)
        if key not in self._needed:
            granted = self._grant(self.cp, demand, about) if self._grant else None
            self._needed[key] = self.cp.new_constant(1) if granted is None else granted
        return self._needed[key]

    def rule(self, rule: Rule, about: str, weight: int, name: str) -> BoolVarT | None:
        """The literal of a rule, as much as it matters; none: it does not, or costs nothing."""
        level = self.problem.level(rule)
        if level is Level.BLOCK:
            return self.needed(Demand(rule.value), about)
        return self.soft(weight, f"{rule} {name}") if level is Level.WARN else None

    def soft(self, weight: int, name: str) -> BoolVarT | None:
        """A literal that costs `weight` where it is false; none where that is nothing."""
        if self.relaxed or not weight:
            return None
        literal = self.cp.new_bool_var(name)
        self.costs.append(weight - weight * literal)
        return literal

    def only(self, session: Session, found: Sequence[int], *literals: BoolVarT) -> None:
        """Let a session start at those in `found` alone, if all `literals` hold."""
        if len(found) < len(self.times[session.id]):
            if found:
                domain = Domain.FromValues(list(found))
                kept = self.cp.add_linear_expression_in_domain(self.starts[session.id], domain)
                kept.only_enforce_if(literals)
            else:
                self.cp.add_bool_or([~literal for literal in literals])

    def _place(self, session: Session) -> None:
        base = grid.starts(self.problem, session)
        open_in = {hall.id: self._open(session, hall, base) for hall in self.problem.halls}
        left = tuple(sorted({start for found in open_in.values() for start in found}))
        self.times[session.id] = left
        self.starts[session.id] = self.cp.new_int_var_from_domain(
            Domain.FromValues(list(left or (0,))), f"start {session.id}"
        )
        present = self.needed(Demand.PLACED, session.id)
        self.present[session.id] = present
        literals: list[BoolVarT] = []
        for hall, found in open_in.items():
            if found:
                literal = self.cp.new_bool_var(f"{session.id} in {hall}")
                self.at[session.id, hall] = literal
                literals.append(literal)
                self.only(session, found, literal)
        self.cp.add(sum(literals) == present)

    def _open(self, session: Session, hall: Hall, base: tuple[int, ...]) -> tuple[int, ...]:
        """When a session may start in a hall; where rules are under literals, whenever."""
        if self.relaxed:
            return base
        times = grid.allowed(self.problem, session, self._speakers_of(session), given=base)
        return grid.in_hall(self.problem, session, hall, times)

    def _speakers_of(self, session: Session) -> list[Speaker]:
        return [self.speakers[one] for one in session.speakers]
