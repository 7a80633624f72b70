"""Of those who act on a proposal at once one goes first, and the other is told."""

from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass

import pytest
import sqlalchemy as sa
from tests.congress.callers import WORDS, call, proposed
from tests.congress.gatherings import NOW, Gathering, gather
from tests.processes import wait_until

from shulian.app.reactions import reactions
from shulian.booking.types import Span
from shulian.congress import api
from shulian.congress.errors import CallClosed, Decided
from shulian.congress.types import Proposal, ProposalState
from shulian.kit.bus import Bus
from shulian.kit.db import Database, Db
from shulian.kit.text import Text

SOON = NOW.replace(minute=1)
_WAITING = sa.text("""
    select count(*) from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'
""")


@dataclass(frozen=True)
class Race:
    """A congress with a proposal, in a database that several write to."""

    database: Database
    made: Gathering
    proposal: Proposal

    def decide(self, db: Db, verdict: ProposalState) -> None:
        api.decide(
            db,
            Bus(db, reactions()),
            self.made.planner,
            self.made.congress,
            [self.proposal.id],
            verdict,
            now=NOW,
        )

    def behind(self, first: Callable[[Db], object], second: Callable[[Db], object]) -> None:
        """`second`, which waits for `first` to be committed; raises what it raises."""

        def run() -> None:
            with self.database.transaction() as db:
                second(db)

        with ThreadPoolExecutor(1) as pool:
            with self.database.transaction() as db:
                first(db)
                waits = pool.submit(run)
                wait_until(self._somebody_waits)
            waits.result()

    def _somebody_waits(self) -> bool:
        with self.database.transaction() as db:
            return db.scalar(_WAITING) >= 1


@pytest.fixture
def race(own_database_url: str) -> Generator[Race]:
    with closing(Database(own_database_url)) as database:
        with database.transaction() as db:
            made = gather(db)
            call(made)
            one = proposed(made)
        yield Race(database, made, one)


def test_two_organizers_decide_at_once(race: Race) -> None:
    with pytest.raises(Decided):
        race.behind(
            lambda db: race.decide(db, ProposalState.REJECTED),
            lambda db: race.decide(db, ProposalState.WAITLISTED),
        )

    with race.database.transaction() as db:
        mine = api.own_proposal(db, race.made.visitor, race.proposal.id)
    assert mine.state is ProposalState.REJECTED


def test_a_deadline_that_comes_nearer_meanwhile_counts(race: Race) -> None:
    def nearer(db: Db) -> None:
        span = Span(NOW, SOON)
        who, which = race.made.planner, race.made.congress
        api.put_call(db, who, which, words=WORDS, span=span, now=NOW)

    def late(db: Db) -> None:
        who, which = race.made.visitor, race.made.congress
        api.propose(db, who, which, title=Text("晚"), now=SOON)

    with pytest.raises(CallClosed):
        race.behind(nearer, late)


def test_who_withdraws_while_it_is_decided_is_told(race: Race) -> None:
    with pytest.raises(Decided):
        race.behind(
            lambda db: race.decide(db, ProposalState.REJECTED),
            lambda db: api.withdraw(db, race.made.visitor, race.proposal.id, now=NOW),
        )
