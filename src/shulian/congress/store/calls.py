"""Calls for sessions, what is proposed, and what reviewers say of it."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Row
from sqlalchemy.dialects.postgresql import Range, insert

from shulian.booking.types import Span
from shulian.congress import tables
from shulian.congress.errors import ProposalUnknown
from shulian.congress.store import rows
from shulian.congress.types import (
    Call,
    CongressId,
    Minutes,
    Proposal,
    ProposalId,
    ProposalState,
    Review,
    SessionId,
    SessionKind,
    ThemeId,
)
from shulian.identity.types import PersonId
from shulian.kit.db import Db
from shulian.kit.text import Text

_c = tables.call.c
_p = tables.proposal.c
_r = tables.review.c


def find(db: Db, congress: CongressId, *, shared: bool = False) -> Call | None:
    """The call of a congress; `shared`: nobody changes it until the transaction ends."""
    query = sa.select(tables.call).where(_c.congress == congress)
    row = db.execute(query.with_for_update(read=True) if shared else query).one_or_none()
    if row is None:
        return None
    span = Span(row.span.lower, row.span.upper)
    return Call(CongressId(row.congress), Text(row.zh, row.en), span, row.anonymous)


def put(db: Db, call: Call) -> None:
    """Have a call, as it is now."""
    values: dict[str, Any] = {
        "zh": call.words.zh,
        "en": call.words.en,
        "span": Range(call.span.start, call.span.end),
        "anonymous": call.anonymous,
    }
    statement = insert(tables.call).values(congress=call.congress, **values)
    db.execute(statement.on_conflict_do_update(index_elements=["congress"], set_=values))


def put_proposal(db: Db, proposal: Proposal) -> None:
    """Keep a proposal, new or changed."""
    values: dict[str, Any] = {
        **rows.said("title", proposal.title),
        **rows.said("about", proposal.about),
        "kind": proposal.kind.value,
        "minutes": proposal.minutes,
        "theme": proposal.theme,
        "speakers": proposal.speakers,
        "state": proposal.state.value,
        "session": proposal.session,
        "words": proposal.words,
        "told": proposal.told,
        "seen": proposal.seen,
    }
    new = {
        "id": proposal.id,
        "congress": proposal.congress,
        "author": proposal.author,
        "created": proposal.created,
    }
    statement = insert(tables.proposal).values({**new, **values})
    db.execute(statement.on_conflict_do_update(index_elements=["id"], set_=values))


def get(db: Db, wanted: ProposalId, *, locked: bool = False) -> Proposal:
    """A proposal; `locked`: nobody else changes it until the transaction ends."""
    query = sa.select(tables.proposal).where(_p.id == wanted)
    row = db.execute(query.with_for_update() if locked else query).one_or_none()
    if row is None:
        raise ProposalUnknown
    return _proposal(row)


def lock(db: Db, wanted: Collection[ProposalId]) -> tuple[Proposal, ...]:
    """Proposals that nobody else changes until the transaction ends, by id.

    Raises ProposalUnknown where one of them is not there.
    """
    query = sa.select(tables.proposal).where(_p.id.in_(wanted)).order_by(_p.id)
    found = tuple(_proposal(row) for row in db.execute(query.with_for_update()))
    if len(found) < len(set(wanted)):
        raise ProposalUnknown
    return found


def of_author(db: Db, congress: CongressId, author: PersonId) -> tuple[Proposal, ...]:
    """What somebody proposes, the newest first."""
    ours = (_p.congress == congress) & (_p.author == author)
    query = sa.select(tables.proposal).where(ours).order_by(_p.created.desc(), _p.id)
    return tuple(_proposal(row) for row in db.execute(query))


def list_(db: Db, congress: CongressId) -> tuple[Proposal, ...]:
    """What is proposed for a congress and no draft any more, the first first."""
    ours = (_p.congress == congress) & (_p.state != ProposalState.DRAFT.value)
    query = sa.select(tables.proposal).where(ours).order_by(_p.created, _p.id)
    return tuple(_proposal(row) for row in db.execute(query))


def told(db: Db, author: PersonId) -> Mapping[CongressId, int]:
    """For which congresses somebody proposes, and how much they have not seen of what became."""
    unseen = sa.func.count().filter(_p.told.is_not(None), _p.seen.is_(None))
    query = sa.select(_p.congress, unseen.label("unseen")).where(_p.author == author)
    found = db.execute(query.group_by(_p.congress))
    return {CongressId(row.congress): row.unseen for row in found}


def see(db: Db, author: PersonId, congress: CongressId, up_to: datetime, now: datetime) -> None:
    """Keep that somebody has seen what they were told of their proposals until `up_to`."""
    unseen = (_p.author == author) & (_p.congress == congress) & _p.seen.is_(None)
    db.execute(sa.update(tables.proposal).where(unseen, _p.told <= up_to).values(seen=now))


def awaiting(db: Db, reviewer: PersonId) -> Mapping[CongressId, int]:
    """How many proposals that others made, and are not decided, somebody has not judged."""
    judged = sa.exists().where(_r.proposal == _p.id, _r.reviewer == reviewer)
    undecided = _p.state.in_([ProposalState.SUBMITTED.value, ProposalState.WAITLISTED.value])
    query = sa.select(_p.congress, sa.func.count().label("left"))
    query = query.where(undecided, _p.author != reviewer, ~judged).group_by(_p.congress)
    return {CongressId(row.congress): row.left for row in db.execute(query)}


def put_review(db: Db, review: Review) -> None:
    """Keep what a reviewer says, instead of what they said before."""
    values = {"score": review.score, "words": review.words}
    new = {"proposal": review.proposal, "reviewer": review.reviewer}
    statement = insert(tables.review).values({**new, **values})
    db.execute(
        statement.on_conflict_do_update(index_elements=["proposal", "reviewer"], set_=values)
    )


def reviews(db: Db, congress: CongressId) -> Mapping[ProposalId, tuple[Review, ...]]:
    """All that reviewers say of what is proposed for a congress."""
    query = (
        sa.select(tables.review)
        .join(tables.proposal, _p.id == _r.proposal)
        .where(_p.congress == congress)
        .order_by(_r.proposal, _r.reviewer)
    )
    found: defaultdict[ProposalId, list[Review]] = defaultdict(list)
    for row in db.execute(query):
        which = ProposalId(row.proposal)
        found[which].append(Review(which, PersonId(row.reviewer), row.score, row.words))
    return {which: tuple(said) for which, said in found.items()}


def _proposal(row: Row[Any]) -> Proposal:
    return Proposal(
        id=ProposalId(row.id),
        congress=CongressId(row.congress),
        author=PersonId(row.author),
        title=Text(row.title_zh, row.title_en),
        about=Text(row.about_zh, row.about_en),
        kind=SessionKind(row.kind),
        minutes=Minutes(row.minutes),
        theme=ThemeId(row.theme) if row.theme else None,
        speakers=row.speakers,
        state=ProposalState(row.state),
        created=row.created,
        session=SessionId(row.session) if row.session else None,
        words=row.words,
        told=row.told,
        seen=row.seen,
    )
