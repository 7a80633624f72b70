"""A site at whose desk a timetable is searched: by a job that the tests play themselves."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from tests.congress.desk_sites import DESK, DeskSite
from tests.congress.gatherings import (
    MODELS_1,
    MODELS_2,
    NOW,
    PLENARY,
    SILICON_1,
    SMALL,
    Gathering,
    at,
)
from tests.park.routes.reading import Page

from shulian.app.reactions import reactions
from shulian.congress import api
from shulian.congress.types import (
    Placement,
    Reason,
    SessionId,
    Shortfall,
    Solve,
    SolveState,
    Step,
)
from shulian.kit.bus import Bus

SEARCH = f"{DESK}/search"


def nothing(solve: Solve) -> Solve:
    """Nothing was found yet."""
    return solve


def so_far(solve: Solve) -> Solve:
    """A timetable that could be better: the plenary and Silicon stay where they are."""
    return replace(
        solve,
        cost=420,
        bound=300,
        places={PLENARY: at(0), MODELS_1: at(2), MODELS_2: at(25), SILICON_1: at(4, SMALL)},
        missed=(Shortfall("move", 1, 1, 300), Shortfall("theme_clash", 1, 1200, 120)),
        course=(Step(0.5, None, 100), Step(1.0, 900, 100), Step(4.0, 420, 300)),
    )


def best(solve: Solve) -> Solve:
    """None can be better."""
    return replace(so_far(solve), bound=420)


def same(solve: Solve) -> Solve:
    """The draft again."""
    return replace(so_far(solve), places={PLENARY: at(0), MODELS_1: at(1.5)})


@dataclass
class Hunt:
    """A desk, and the job of its searches."""

    desk: DeskSite

    @property
    def api(self) -> str:
        """Where searches are for programs."""
        return f"/api/congresses/{self.desk.congress}/search"

    def page(self, language: str = "en", status: int = 200) -> Page:
        """The page of the search."""
        return self.desk.page("/search", language=language, status=status)

    def begin(self, **form: str) -> Solve:
        """Begin by the form of the page."""
        told = {"seconds": "30", "keep": "on", "move": "300", "seed": "0", **form}
        assert self.desk.after("/search", **told) == SEARCH
        return self.newest()

    def newest(self) -> Solve:
        """The search as it is kept."""
        with self.desk.database.transaction() as db:
            found = api.newest_solve(db, self.made.planner, self.desk.congress)
        assert found is not None
        return found

    def run(self, far: Callable[[Solve], Solve]) -> Solve:
        """A search that has begun to run, and is so far."""
        new = self.begin()
        with self.desk.database.transaction() as db:
            started = api.start_solve(db, new.id, now=NOW)
            assert started is not None
            api.note_solve(db, far(started[0]), now=NOW)
        return self.newest()

    def end(
        self,
        far: Callable[[Solve], Solve],
        state: SolveState = SolveState.DONE,
        *,
        reasons: tuple[Reason, ...] = (),
    ) -> Solve:
        """A search that ended so."""
        solve = self.run(far)
        with self.desk.database.transaction() as db:
            api.end_solve(db, solve, state, reasons=reasons, now=NOW)
        return self.newest()

    def send(self, what: str, who: str = "pia", status: int = 303) -> Page:
        """Stop the newest search, apply or undo it, by the form of the page."""
        answer = self.desk.send(f"/search/{what}", who, search=str(self.newest().id))
        assert answer.status_code == status, answer.text
        return Page(answer.text)

    def move(self, which: SessionId, where: Placement | None) -> None:
        """Somebody else moves a session."""
        with self.desk.database.transaction() as db:
            replace(self.made, db=db, bus=Bus(db, reactions())).place(which, where)

    @property
    def made(self) -> Gathering:
        """What is behind the desk."""
        return self.desk.gathering
