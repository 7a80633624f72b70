"""Which space of the park a hall of a file may be, by its name; a guess that people see first."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from shulian.congress.rules.exchange.drafts import Draft, Known
from shulian.congress.rules.exchange.making import same
from shulian.kit.text import Text
from shulian.park.types import SpaceId

_ALIKE = 0.6
"""Of 1: names that share less are not meant for the same."""
_APART = 0.05
"""So much better than the next one a guess has to be."""


@dataclass(frozen=True, slots=True)
class Room:
    """A hall as a file names it, and what it may be."""

    space: SpaceId
    """What stands for it in the programme of the file."""
    name: Text
    venue: str
    sessions: int
    """How many take place there."""
    guess: SpaceId | None
    """None: it is like no space of the park."""
    sure: bool
    """Whether the park calls it so, too."""


def rooms(draft: Draft, spaces: Collection[Known]) -> tuple[Room, ...]:
    """The halls that a file names, those first that the park does not know."""
    if draft.programme is None:
        return ()
    unknown = {one.space: one for one in draft.halls}
    there = {one.space for one in spaces}
    used = [one.placed.hall for one in draft.programme.sessions if one.placed is not None]
    taken = {one.space for one in draft.programme.halls} & there
    found: list[Room] = []
    for one in draft.programme.halls:
        known = one.space in there and one.space not in unknown
        venue = unknown[one.space].venue if one.space in unknown else ""
        name = unknown[one.space].name if one.space in unknown else one.name
        free = [each for each in spaces if each.space not in taken]
        guess = one.space if known else like(name, venue, free)
        if guess is not None:
            taken.add(guess)
        found.append(Room(one.space, name, venue, used.count(one.space), guess, known))
    return tuple(sorted(found, key=lambda room: room.sure))


def like(name: Text, venue: str, spaces: Iterable[Known]) -> SpaceId | None:
    """The space whose name is most like that one; none: none is, or two are as much."""
    told = [same(one) for one in (name.zh, name.en) if one]
    scores: Mapping[SpaceId, float] = {
        one.space: max((_score(each, one, same(venue)) for each in told), default=0.0)
        for one in spaces
    }
    best, *others = sorted(scores.values(), reverse=True) or [0.0]
    if best < _ALIKE or (others and best - others[0] < _APART):
        return None
    return next(space for space, score in scores.items() if score == best)


def _score(name: str, known: Known, venue: str) -> float:
    """How much a name is like one of a space, with its building or without."""
    bare = name.removeprefix(venue) or name
    names = [same(one) for one in (known.name.zh, known.name.en, known.space) if one]
    alike = max((_ratio(each, one) for each in {name, bare} for one in names), default=0.0)
    building = {same(known.venue.zh), same(known.venue.en)} - {""}
    return alike + (_APART if venue and venue in building else 0.0)


def _ratio(one: str, other: str) -> float:
    """As difflib counts it; numbers have to agree, since hall 1 is not hall 2."""
    if _digits(one) != _digits(other):
        return 0.0
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _digits(words: str) -> str:
    return "".join(one for one in words if one.isdecimal())
