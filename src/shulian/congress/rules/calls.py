"""Calls for sessions: what is wrong with what people send, what reviews add up to, tables of it."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from math import sqrt

from shulian.congress.rules import entries
from shulian.congress.types import (
    LONGEST_SESSION,
    Call,
    Proposal,
    ProposalState,
    Review,
    SessionKind,
)
from shulian.kit.text import Text

HIGHEST = 5
TOO_NEAR = 0
"""The score of who is too near to a proposal to judge it."""
LONGEST_WORDS = 4_000
MOST_SPEAKERS = 20
PROPOSED = (SessionKind.TALK, SessionKind.PANEL, SessionKind.WORKSHOP, SessionKind.FORUM)
"""Kinds of session that may be proposed."""
UNDECIDED = frozenset({ProposalState.SUBMITTED, ProposalState.WAITLISTED})
"""What can still be judged and decided."""
VERDICTS = frozenset({ProposalState.ACCEPTED, ProposalState.WAITLISTED, ProposalState.REJECTED})
_CHANGEABLE = frozenset({ProposalState.DRAFT, ProposalState.SUBMITTED})
_WITHDRAWABLE = _CHANGEABLE | {ProposalState.WAITLISTED}
_BETWEEN = ("，", ",", "｜", "|")
"""What stands between a speaker's name and what they are."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""How a cell begins that a spreadsheet would run (OWASP, CSV Injection)."""
_MARK = "\ufeff"
"""By which spreadsheets know UTF-8."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What reviews of a proposal add up to."""

    count: int
    """Scores; who is too near gives none."""
    mean: float | None
    spread: float | None
    """Standard deviation of the scores; none where there are fewer than two."""
    near: int
    """Reviewers who are too near."""


def is_open(call: Call, now: datetime) -> bool:
    """Whether proposals are taken at `now`: to the second, the end is not part of it."""
    return call.span.start <= now and (call.span.end is None or now < call.span.end)


def is_changeable(proposal: Proposal) -> bool:
    """Whether its author may still change it, as long as the call is open."""
    return proposal.state in _CHANGEABLE


def is_withdrawable(proposal: Proposal) -> bool:
    """Whether its author may still take it back."""
    return proposal.state in _WITHDRAWABLE


def tally(reviews: Sequence[Review]) -> Tally:
    """Number, mean and spread of scores, without those of reviewers who are too near."""
    scores = [one.score for one in reviews if one.score != TOO_NEAR]
    near = len(reviews) - len(scores)
    if not scores:
        return Tally(0, None, None, near)
    mean = sum(scores) / len(scores)
    if len(scores) == 1:
        return Tally(1, mean, None, near)
    variance = sum((one - mean) ** 2 for one in scores) / (len(scores) - 1)
    return Tally(len(scores), mean, sqrt(variance), near)


def call_faults(call: Call) -> dict[str, str | None]:
    """What is wrong with each field of a tidy call."""
    ordered = call.span.end is not None and call.span.start < call.span.end
    return {
        "words": entries.about_fault(call.words) if call.words else "congress.title_missing",
        "span": None if ordered else "congress.hours_wrong",
    }


def proposal_faults(proposal: Proposal) -> dict[str, str | None]:
    """What is wrong with each field of a tidy proposal that is to be submitted."""
    lines = speakers_of(proposal.speakers)
    few = 0 < len(lines) <= MOST_SPEAKERS
    named = all(entries.title_fault(name) is None for name, _ in lines)
    return {
        **draft_faults(proposal),
        "about": entries.about_fault(proposal.about)
        if proposal.about
        else "congress.about_missing",
        "speakers": None if few and named else "congress.speakers_wrong",
    }


def draft_faults(proposal: Proposal) -> dict[str, str | None]:
    """What is wrong with each field of one that its author alone sees yet."""
    lasting = 0 < proposal.minutes <= LONGEST_SESSION
    return {
        "title": entries.title_fault(proposal.title),
        "about": entries.about_fault(proposal.about),
        "minutes": None if lasting else "congress.minutes_wrong",
        "kind": None if proposal.kind in PROPOSED else "congress.kind_wrong",
        "speakers": entries.about_fault(Text(proposal.speakers)),
    }


def review_faults(score: int, words: str) -> dict[str, str | None]:
    """What is wrong with each field of a review."""
    return {
        "score": None if TOO_NEAR <= score <= HIGHEST else "congress.score_wrong",
        "words": words_fault(words),
    }


def tidy_words(words: str) -> str:
    """What somebody says of a proposal, in one form."""
    return words.replace("\r\n", "\n").strip()


def words_fault(words: str) -> str | None:
    """What is wrong with what somebody says of a proposal, once it is tidy."""
    said = len(words) <= LONGEST_WORDS and entries.about_fault(Text(words)) is None
    return None if said else "congress.words_long"


def speakers_of(lines: str) -> tuple[tuple[Text, Text], ...]:
    """Who would speak, by name and what they are: a line each, with a comma between the two."""
    found: list[tuple[Text, Text]] = []
    for line in lines.splitlines():
        told = line.strip()
        places = [told.find(one) for one in _BETWEEN if one in told]
        cut = min(places, default=len(told))
        name, title = told[:cut].strip(), told[cut + 1 :].strip()
        if told:
            found.append((_said(name), _said(title)))
    return tuple(found)


def as_csv(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table for spreadsheets, in which no cell is taken for a formula."""
    text = io.StringIO()
    csv.writer(text).writerows([head, *([_cell(one) for one in row] for row in rows)])
    return _MARK + text.getvalue()


def _said(words: str) -> Text:
    """Words of one language: Chinese where any sign is."""
    return Text(en=words) if words.isascii() else Text(zh=words)


def _cell(told: str) -> str:
    return f"'{told}" if told.lstrip(" \u3000").startswith(_FORMULA) else told
