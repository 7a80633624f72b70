"""What is proposed for a congress: judged by reviewers, decided by organizers, told to authors."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from shulian.congress.api.congresses import subject, touch
from shulian.congress.api.drafts import whole
from shulian.congress.api.rights import planned, plans
from shulian.congress.errors import Decided, ForumUnknown, ProposalUnknown
from shulian.congress.rules import calls as rules
from shulian.congress.rules import entries
from shulian.congress.store import calls as store
from shulian.congress.store import congresses, sessions, speakers
from shulian.congress.types import (
    REVIEW,
    Congress,
    CongressId,
    Forum,
    ForumId,
    Programme,
    Proposal,
    ProposalId,
    ProposalState,
    Review,
    Session,
    SessionId,
    Speaker,
    SpeakerId,
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
    awaits: bool
    """Whether one could still say what it is worth, and has not."""


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
            awaits=_awaits(one, said.get(one.id, ()), actor),
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
    said = rules.tidy_words(words)
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
    words: str = "",
    now: datetime,
) -> tuple[Proposal, ...]:
    """Accept proposals into a forum, put them on the waiting list, or reject them: all, or none.

    What is accepted is a session of the draft without a place, with its speakers. Authors are
    told, in `words` where there are any. Of two who decide at once the second is told. Raises
    LoginNeeded, Refused, Invalid, ProposalUnknown, Decided, ForumUnknown.
    """
    there = planned(db, actor, wanted, locked=True)
    if verdict not in rules.VERDICTS or not which:
        raise Invalid(fields={"verdict": "field_invalid"})
    said = _said(words)
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
    after = tuple(_told(one, said or one.words, now) for one in after)
    for one in after:
        store.put_proposal(db, one)
    record(db, actor, "congress.decide", subject(wanted), found, after, now=now)
    if verdict is ProposalState.ACCEPTED:
        touch(db, bus, wanted)
    return after


def tell_author(db: Db, actor: Actor, wanted: ProposalId, *, words: str, now: datetime) -> Proposal:
    """Say something to the author of a proposal without deciding; it replaces what was said before.

    Raises ProposalUnknown, LoginNeeded, Refused, Invalid.
    """
    before = store.get(db, wanted, locked=True)
    planned(db, actor, before.congress)
    if before.state is ProposalState.DRAFT:
        raise ProposalUnknown
    said = _said(words)
    if not said:
        raise Invalid(fields={"words": "congress.words_missing"})
    after = _told(before, said, now)
    store.put_proposal(db, after)
    record(db, actor, "congress.tell_author", subject(before.congress), before, after, now=now)
    return after


def awaiting(db: Db, actor: Actor) -> tuple[tuple[Congress, int], ...]:
    """The congresses in which the actor is to judge proposals, and how many; raises LoginNeeded."""
    counts = store.awaiting(db, actor.demand_person())
    found = ((congresses.get(db, one), count) for one, count in counts.items())
    return tuple((one, count) for one, count in found if actor.may(REVIEW, one.organizer))


def _said(words: str) -> str:
    """What is said to an author; raises Invalid."""
    said = rules.tidy_words(words)
    entries.demand({"words": rules.words_fault(said)})
    return said


def _told(one: Proposal, words: str, now: datetime) -> Proposal:
    """A proposal whose author is told of it, again if they were before."""
    return replace(one, words=words, told=now, seen=None)


def _awaits(one: Proposal, said: Sequence[Review], actor: Actor) -> bool:
    near = {one.author, *(each.reviewer for each in said)}
    return one.state in rules.UNDECIDED and actor.person not in near


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


def _without_names(one: Proposal, actor: Actor) -> Proposal:
    """What a reviewer sees of a proposal of which they shall not know whose it is."""
    if one.author == actor.person:
        return one
    return replace(one, author=_NOBODY, speakers="")


def judges(actor: Actor, congress: Congress) -> bool:
    """Whether the actor decides about what is proposed, or says what it is worth."""
    return plans(actor, congress) or actor.may(REVIEW, congress.organizer)
