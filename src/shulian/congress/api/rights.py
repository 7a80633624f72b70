"""Who may do what with a congress: those who plan it, those who edit a forum, everybody else."""

from shulian.congress.errors import CongressUnknown, ForumUnknown
from shulian.congress.store import congresses as store
from shulian.congress.store import forums, releases
from shulian.congress.types import EDIT, PLAN, Congress, CongressId, Forum, ForumId, Programme
from shulian.identity.types import Actor
from shulian.kit.db import Db
from shulian.kit.errors import Refused


def plans(actor: Actor, congress: Congress) -> bool:
    """Whether the actor makes the congress."""
    return actor.may(PLAN, congress.organizer)


def edits(actor: Actor, congress: Congress, forum: Forum) -> bool:
    """Whether the actor may change a forum: makes the congress, or is of who gives the forum."""
    theirs = forum.organization is not None and actor.may(EDIT, forum.organization)
    return plans(actor, congress) or theirs


def planned(db: Db, actor: Actor, wanted: CongressId, *, locked: bool = False) -> Congress:
    """A congress that the actor makes; raises CongressUnknown, LoginNeeded and Refused."""
    found = store.lock(db, wanted) if locked else store.get(db, wanted)
    if not plans(actor, found):
        _demand_public(db, found)
        actor.demand(PLAN, found.organizer)
    return found


def visible(db: Db, actor: Actor, congress: Congress, *, insider: bool) -> Congress:
    """`congress`, if the actor may know of it: it is public, or the actor has part in it."""
    if not (insider or plans(actor, congress)):
        _demand_public(db, congress)
    return congress


def demand_edit(actor: Actor, draft: Programme, forum: ForumId) -> Forum:
    """A forum of a draft that the actor may change; raises ForumUnknown, LoginNeeded, Refused."""
    found = next((one for one in draft.forums if one.id == forum), None)
    if found is None:
        raise ForumUnknown
    if not edits(actor, draft.congress, found):
        actor.demand_person()
        raise Refused(permission=EDIT)
    return found


def has_part(actor: Actor, draft: Programme) -> bool:
    """Whether the actor makes the congress or one of its forums."""
    return plans(actor, draft.congress) or any(
        edits(actor, draft.congress, one) for one in draft.forums
    )


def makes(db: Db, actor: Actor, congress: Congress) -> bool:
    """The same as `has_part`, of a congress whose draft one does not have at hand."""
    if plans(actor, congress):
        return True
    if actor.may(EDIT):
        return forums.any_of(db, congress.id, None)
    theirs = [one.organization.id for one in actor.belongings]
    theirs = [one for one in theirs if actor.may(EDIT, one)]
    return bool(theirs) and forums.any_of(db, congress.id, theirs)


def _demand_public(db: Db, congress: Congress) -> None:
    if not releases.any_(db, congress.id):
        raise CongressUnknown
