"""Spaces: read, listed, found."""

from collections.abc import Collection
from datetime import datetime

from shulian.kit.db import Db
from shulian.kit.text import Text
from shulian.park.api.ids import checked
from shulian.park.errors import QueryWrong
from shulian.park.rules import needles
from shulian.park.rules.inheritance import delivered_in_force, status_in_force
from shulian.park.rules.precedence import strongest_of_each
from shulian.park.rules.trees import step_of
from shulian.park.store import live
from shulian.park.store import search as found_by
from shulian.park.store import spaces as store
from shulian.park.types import Details, Field, Hit, Locality, Space, SpaceId, SpaceKind, Step

LONGEST_QUERY = 100
MOST_HITS = 50
_MOST_PHRASES = 8
_RESEMBLING_FROM = 4
"""So many letters can have one wrong and still be told apart."""


def space(db: Db, space: SpaceId) -> Space:
    """The space with that id; raises SpaceUnknown."""
    return store.get(db, checked(space))


def details(db: Db, space: SpaceId, *, now: datetime) -> Details:
    """The space with that id and what surrounds it; raises SpaceUnknown."""
    line = store.line(db, checked(space))
    record, own = line[-1], line[-1].space
    return Details(
        space=own,
        park=line[0].space.id,
        extent=record.extent,
        path=tuple(step_of(one) for one in line[:-1]),
        children=store.children(db, space),
        delivered=delivered_in_force(one.space.delivered for one in reversed(line)),
        status=status_in_force(one.space.status for one in line),
        live=strongest_of_each(live.around(db, space), now),
        version=record.version,
        edited=tuple(field for field in Field if field in record.origin),
        revertible=record.undo is not None,
    )


def path(db: Db, space: SpaceId) -> tuple[Step, ...]:
    """The spaces from the park down to the one with that id, itself included."""
    return store.steps(db, checked(space))


def localities(db: Db, wanted: Collection[SpaceId]) -> dict[SpaceId, Locality]:
    """Where those spaces are, in one look; what is not there is left out."""
    return store.localities(db, wanted) if wanted else {}


def buildings(db: Db, wanted: Collection[SpaceId]) -> dict[SpaceId, Text]:
    """The name of the building in which each space is, in one look; what is in none is left out."""
    return store.buildings(db, wanted) if wanted else {}


def children(db: Db, space: SpaceId) -> tuple[Step, ...]:
    """The spaces that stand directly in the one with that id, by their order."""
    found = store.children(db, checked(space))
    if not found:
        store.park_of(db, space)
    return found


def spaces(
    db: Db, *, kind: SpaceKind | None = None, within: SpaceId | None = None
) -> tuple[Space, ...]:
    """Spaces of one kind, or anywhere below one space, or both; by their order."""
    return store.list_(db, kind=kind, within=within and checked(within))


def search(
    db: Db,
    query: str,
    *,
    park: SpaceId | None = None,
    kind: SpaceKind | None = None,
    limit: int = 20,
) -> tuple[Hit, ...]:
    """Spaces with a name that holds every word of `query`, in either language; the best first.

    Words count from their beginning, Chinese from any character. If nothing is found, names that
    resemble the query are.
    """
    phrases = needles.phrases(query)
    if not phrases or len(query) > LONGEST_QUERY or len(phrases) > _MOST_PHRASES:
        raise QueryWrong(fields={"q": "park.query_words"})
    if not 1 <= limit <= MOST_HITS:
        raise QueryWrong(fields={"limit": "park.query_limit"}, most=MOST_HITS)
    where = park and checked(park)
    patterns = [needles.pattern(phrase) for phrase in phrases]
    hits = found_by.matching(db, phrases, patterns, park=where, kind=kind, limit=limit)
    if hits or len(query) < _RESEMBLING_FROM:
        return hits
    return found_by.resembling(db, " ".join(phrases), park=where, kind=kind, limit=limit)
