"""Calls for sessions: opened by organizers, answered by anybody, judged, decided."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from shulian.booking.types import Span
from shulian.congress.api.congresses import subject, touch
from shulian.congress.api.drafts import whole
from shulian.congress.api.rights import planned, plans
from shulian.congress.errors import (
    CallClosed,
    CongressUnknown,
    Decided,
    ForumUnknown,
    ProposalUnknown,
    ThemeUnknown,
)
from shulian.congress.rules import calls as rules
from shulian.congress.rules import entries
from shulian.congress.store import calls as store
from shulian.congress.store import congresses, releases, sessions, speakers
from shulian.congress.types import (
    REVIEW,
    Call,
    Congress,
    CongressId,
    Forum,
    ForumId,
    Minutes,
    Programme,
    Proposal,
    ProposalId,
    ProposalState,
    Review,
    Session,
    SessionId,
    SessionKind,
    Speaker,
    SpeakerId,
    Theme,
    ThemeId,
)
from shulian.identity.api import persons, record
from shulian.identity.types import Actor, PersonId
from shulian.kit.bus import Bus
from shulian.kit.db import Db
from shulian.kit.errors import Invalid, Refused
from shulian.kit.ids import new_id
from shulian.kit.text import Text

_NOBODY = PersonId(UUID(int=0))
"""Stands for an author who is not to be seen."""


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


@dataclass(frozen=True, slots=True)
class Judged:
    """A proposal as somebody sees it who judges or decides."""

    proposal: Proposal
    """Without who proposes it and who would speak, where that is not to be seen."""
    author: str
    """Empty where it is not to be seen, or not known."""
    tally: rules.Tally | None
    """None: for who decides alone."""
    reviews: tuple[Review, ...]
    """All of them for who decides, else one's own."""
    own: bool
    """Whether one proposed it oneself: then one does not judge it."""


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


def proposals(db: Db, actor: Actor, wanted: CongressId) -> tuple[Judged, ...]:
    """What is proposed: for those who decide with all that is said, for reviewers with their own.

    Where the call is anonymous reviewers see neither author nor speakers. Raises CongressUnknown,
    LoginNeeded and Refused.
    """
    congress = congresses.get(db, wanted)
    decides = plans(actor, congress)
    if not decides:
        actor.demand(REVIEW, congress.organizer)
    call = store.find(db, wanted)
    hidden = not decides and (call is None or call.anonymous)
    said, found = store.reviews(db, wanted), store.list_(db, wanted)
    known = {} if hidden else persons(db, [one.author for one in found])
    return tuple(
        Judged(
            proposal=_without_names(one, actor) if hidden else one,
            author=known[one.author].name if one.author in known else "",
            tally=rules.tally(said.get(one.id, ())) if decides else None,
            reviews=tuple(
                each for each in said.get(one.id, ()) if decides or each.reviewer == actor.person
            ),
            own=actor.person is not None and one.author == actor.person,
        )
        for one in found
    )


def review(
    db: Db, actor: Actor, wanted: ProposalId, *, score: int, words: str, now: datetime
) -> Review:
    """Say what a proposal is worth, 1 to 5, or 0: one is too near to it to judge.

    Nobody judges their own. Raises ProposalUnknown, LoginNeeded, Refused, Decided, Invalid.
    """
    found = store.get(db, wanted, locked=True)
    congress = congresses.get(db, found.congress)
    if not plans(actor, congress):
        actor.demand(REVIEW, congress.organizer)
    reviewer = actor.demand_person()
    if found.author == reviewer:
        raise Refused(permission=REVIEW)
    if found.state is ProposalState.DRAFT:
        raise ProposalUnknown
    if found.state not in rules.UNDECIDED:
        raise Decided
    said = words.replace("\r\n", "\n").strip()
    entries.demand(rules.review_faults(score, said))
    made = Review(wanted, reviewer, score, said)
    store.put_review(db, made)
    record(db, actor, "congress.review", subject(found.congress), None, made, now=now)
    return made


def decide(
    db: Db,
    bus: Bus,
    actor: Actor,
    wanted: CongressId,
    which: Collection[ProposalId],
    verdict: ProposalState,
    *,
    forum: ForumId | None = None,
    now: datetime,
) -> tuple[Proposal, ...]:
    """Accept proposals into a forum, put them on the waiting list, or reject them: all, or none.

    What is accepted is a session of the draft without a place, with its speakers. Of two who
    decide at once the second is told. Raises LoginNeeded, Refused, Invalid, ProposalUnknown,
    Decided, ForumUnknown.
    """
    there = planned(db, actor, wanted, locked=True)
    if verdict not in rules.VERDICTS or not which:
        raise Invalid(fields={"verdict": "field_invalid"})
    found = store.lock(db, which)
    for one in found:
        if one.congress != wanted or one.state is ProposalState.DRAFT:
            raise ProposalUnknown
        if one.state not in rules.UNDECIDED:
            raise Decided
    if verdict is ProposalState.ACCEPTED:
        after = _accepted(db, whole(db, there), found, forum, now=now)
    else:
        after = tuple(replace(one, state=verdict) for one in found)
    for one in after:
        store.put_proposal(db, one)
    record(db, actor, "congress.decide", subject(wanted), found, after, now=now)
    if verdict is ProposalState.ACCEPTED:
        touch(db, bus, wanted)
    return after


def _accepted(
    db: Db,
    draft: Programme,
    found: Sequence[Proposal],
    forum: ForumId | None,
    *,
    now: datetime,
) -> tuple[Proposal, ...]:
    """The proposals as sessions of a forum."""
    if forum is None:
        raise Invalid(fields={"forum": "congress.forum_missing"})
    where = next((one for one in draft.forums if one.id == forum), None)
    if where is None:
        raise ForumUnknown
    known = {(one.name, one.title): one.id for one in draft.speakers}
    accounts = persons(db, [one.author for one in found])
    return tuple(
        _as_session(db, one, where, known, accounts[one.author].name, now=now) for one in found
    )


def _as_session(
    db: Db,
    one: Proposal,
    forum: Forum,
    known: dict[tuple[Text, Text], SpeakerId],
    author: str,
    *,
    now: datetime,
) -> Proposal:
    """A proposal that is a session now; who speaks already is not there twice.

    A speaker who is called as the account of the author has that account: it is told of changes.
    """
    who: list[SpeakerId] = []
    for name, title in rules.speakers_of(one.speakers):
        if (name, title) not in known:
            account = one.author if author in (name.zh, name.en) else None
            speaker = Speaker(SpeakerId(new_id(now)), name, title, person=account)
            entries.demand(entries.speaker_faults(speaker))
            speakers.put(db, one.congress, speaker)
            known[name, title] = speaker.id
        who.append(known[name, title])
    session = Session(
        SessionId(new_id(now)),
        forum.id,
        one.kind,
        one.title,
        one.minutes,
        about=one.about,
        speakers=tuple(dict.fromkeys(who)),
    )
    entries.demand(entries.session_faults(session))
    sessions.put(db, one.congress, session)
    return replace(one, state=ProposalState.ACCEPTED, session=session.id)


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


def _without_names(one: Proposal, actor: Actor) -> Proposal:
    """What a reviewer sees of a proposal of which they shall not know whose it is."""
    if one.author == actor.person:
        return one
    return replace(one, author=_NOBODY, speakers="")


def judges(actor: Actor, congress: Congress) -> bool:
    """Whether the actor decides about what is proposed, or says what it is worth."""
    return plans(actor, congress) or actor.may(REVIEW, congress.organizer)
