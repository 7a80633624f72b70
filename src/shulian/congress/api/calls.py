"""Calls for sessions: opened by organizers, answered by anybody."""

from dataclasses import dataclass, replace
from datetime import datetime

from shulian.booking.types import Span
from shulian.congress.api.congresses import subject
from shulian.congress.api.rights import planned, plans
from shulian.congress.errors import (
    CallClosed,
    CongressUnknown,
    Decided,
    ProposalUnknown,
    ThemeUnknown,
)
from shulian.congress.rules import calls as rules
from shulian.congress.rules import entries
from shulian.congress.store import calls as store
from shulian.congress.store import congresses, releases
from shulian.congress.types import (
    Call,
    Congress,
    CongressId,
    Minutes,
    Proposal,
    ProposalId,
    ProposalState,
    SessionKind,
    Theme,
    ThemeId,
)
from shulian.identity.api import record
from shulian.identity.types import Actor
from shulian.kit.db import Db
from shulian.kit.ids import new_id
from shulian.kit.text import Text
from shulian.park.types import SpaceId


@dataclass(frozen=True, slots=True)
class Called:
    """A congress that looks for sessions, as anybody finds it."""

    congress: Congress
    call: Call | None
    """None: it has never looked for any."""
    themes: tuple[Theme, ...]
    open: bool
    public: bool
    """Whether a programme of it is public."""


def put_call(
    db: Db,
    actor: Actor,
    wanted: CongressId,
    *,
    words: Text,
    span: Span,
    anonymous: bool = True,
    now: datetime,
) -> Call:
    """Look for sessions in `span`, or say so otherwise; for those who make the congress.

    Raises Invalid.
    """
    planned(db, actor, wanted)
    call = Call(wanted, entries.tidy(words), span, anonymous)
    entries.demand(rules.call_faults(call))
    before = store.find(db, wanted)
    store.put(db, call)
    record(db, actor, "congress.put_call", subject(wanted), before, call, now=now)
    return call


def calls(db: Db, wanted: CongressId) -> bool:
    """Whether a congress has called for sessions."""
    return store.find(db, wanted) is not None


def called(db: Db, actor: Actor, slug: str, *, now: datetime) -> Called:
    """The congress of that short name, if it calls for sessions or one may know of it.

    Raises CongressUnknown.
    """
    found = congresses.find_by_slug(db, slug)
    call = store.find(db, found.id)
    public = releases.any_(db, found.id)
    if not (call or public or plans(actor, found)):
        raise CongressUnknown
    is_open = call is not None and rules.is_open(call, now)
    return Called(found, call, congresses.themes(db, found.id), is_open, public)


def propose(
    db: Db,
    actor: Actor,
    wanted: CongressId,
    *,
    title: Text,
    about: Text = Text(),  # noqa: B008  # frozen
    kind: SessionKind = SessionKind.TALK,
    minutes: int = 45,
    theme: ThemeId | None = None,
    speakers: str = "",
    now: datetime,
) -> Proposal:
    """Begin a proposal, which its author alone sees until it is submitted.

    Raises LoginNeeded, CongressUnknown, CallClosed, Invalid, ThemeUnknown.
    """
    author = actor.demand_person()
    _demand_open(db, wanted, now)
    new = Proposal(
        id=ProposalId(new_id(now)),
        congress=wanted,
        author=author,
        title=title,
        about=about,
        kind=kind,
        minutes=Minutes(minutes),
        theme=theme,
        speakers=speakers,
        state=ProposalState.DRAFT,
        created=now,
    )
    return _kept(db, actor, None, new, now=now)


def change_proposal(db: Db, actor: Actor, new: Proposal, *, now: datetime) -> Proposal:
    """Have one's own proposal be `new`; what it is and whose it is stays.

    What was submitted stays complete. Raises ProposalUnknown, CallClosed, Decided, Invalid,
    ThemeUnknown.
    """
    before = _own(db, actor, new.id)
    _demand_open(db, before.congress, now)
    if not rules.is_changeable(before):
        raise Decided
    kept = replace(
        before,
        title=new.title,
        about=new.about,
        kind=new.kind,
        minutes=new.minutes,
        theme=new.theme,
        speakers=new.speakers,
    )
    return _kept(db, actor, before, kept, now=now)


def submit(db: Db, actor: Actor, wanted: ProposalId, *, now: datetime) -> Proposal:
    """Have one's own proposal judged; once is enough.

    Raises ProposalUnknown, CallClosed, Decided, and Invalid where something is missing.
    """
    before = _own(db, actor, wanted)
    if before.state is ProposalState.SUBMITTED:
        return before
    _demand_open(db, before.congress, now)
    if before.state is not ProposalState.DRAFT:
        raise Decided
    return _kept(db, actor, before, replace(before, state=ProposalState.SUBMITTED), now=now)


def withdraw(db: Db, actor: Actor, wanted: ProposalId, *, now: datetime) -> Proposal:
    """Take one's own proposal back, also when the call is over; raises ProposalUnknown, Decided."""
    before = _own(db, actor, wanted)
    if before.state is ProposalState.WITHDRAWN:
        return before
    if not rules.is_withdrawable(before):
        raise Decided
    after = replace(before, state=ProposalState.WITHDRAWN)
    store.put_proposal(db, after)
    record(db, actor, "congress.withdraw", subject(before.congress), before, after, now=now)
    return after


def own_proposals(db: Db, actor: Actor, wanted: CongressId) -> tuple[Proposal, ...]:
    """What one proposes oneself, the newest first; raises LoginNeeded."""
    return store.of_author(db, wanted, actor.demand_person())


def own_proposal(db: Db, actor: Actor, wanted: ProposalId) -> Proposal:
    """One of one's own proposals; raises LoginNeeded and ProposalUnknown."""
    found = store.get(db, wanted)
    if found.author != actor.demand_person():
        raise ProposalUnknown
    return found


def own_calls(db: Db, actor: Actor) -> tuple[tuple[Congress, int], ...]:
    """The congresses for which the actor has proposed something, the newest first.

    With each how much of what became of it they have not seen. Raises LoginNeeded.
    """
    counts = store.told(db, actor.demand_person())
    found = [(congresses.get(db, one), count) for one, count in counts.items()]
    return tuple(sorted(found, key=lambda one: (one[0].first, str(one[0].id)), reverse=True))


def mark_told(db: Db, actor: Actor, wanted: CongressId, up_to: datetime, *, now: datetime) -> None:
    """Keep that the actor has seen what became of their proposals until `up_to`."""
    store.see(db, actor.demand_person(), wanted, up_to, now)


def open_calls(db: Db, park: SpaceId, *, now: datetime) -> tuple[tuple[Congress, Call], ...]:
    """The congresses of a park that look for sessions at `now`, the newest first: for anybody."""
    found = ((one, store.find(db, one.id)) for one in congresses.list_(db, park))
    return tuple((one, call) for one, call in found if call and rules.is_open(call, now))


def _own(db: Db, actor: Actor, wanted: ProposalId) -> Proposal:
    """One's own proposal, which nobody else changes meanwhile."""
    found = store.get(db, wanted, locked=True)
    if found.author != actor.demand_person():
        raise ProposalUnknown
    return found


def _demand_open(db: Db, wanted: CongressId, now: datetime) -> None:
    """Go on only where proposals are taken; raises CongressUnknown and CallClosed."""
    call = store.find(db, wanted, shared=True)
    if call is None:
        raise CongressUnknown
    if not rules.is_open(call, now):
        raise CallClosed


def _kept(
    db: Db, actor: Actor, before: Proposal | None, new: Proposal, *, now: datetime
) -> Proposal:
    """Keep a proposal that makes sense: in full, once it is submitted."""
    after = replace(
        new,
        title=entries.tidy(new.title),
        about=entries.tidy(new.about),
        speakers=new.speakers.replace("\r\n", "\n").strip(),
    )
    submitted = after.state is not ProposalState.DRAFT
    entries.demand(rules.proposal_faults(after) if submitted else rules.draft_faults(after))
    if after.theme and after.theme not in {one.id for one in congresses.themes(db, after.congress)}:
        raise ThemeUnknown
    if after == before:
        return after
    store.put_proposal(db, after)
    record(db, actor, "congress.propose", subject(after.congress), before, after, now=now)
    return after
