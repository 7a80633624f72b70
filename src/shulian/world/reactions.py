"""What the shared world does when accounts change: whoever is in it has other rights at once."""

from shulian.identity.events import (
    LoggedOut,
    MemberAdded,
    MemberRemoved,
    PersonDisabled,
    ProfileChanged,
    RoleChanged,
)
from shulian.kit.bus import Bus, Reactions
from shulian.kit.db import Db
from shulian.world import api


def react(reactions: Reactions) -> None:
    """Have the presence servers hear of people whose accounts change."""
    for member in (MemberAdded, MemberRemoved):
        reactions.on(member, _member)
    reactions.on(RoleChanged, _role)
    reactions.on(ProfileChanged, _profile)
    reactions.on(PersonDisabled, _out)
    reactions.on(LoggedOut, _out)


def _member(db: Db, _bus: Bus, event: MemberAdded | MemberRemoved) -> None:
    api.tell_person(db, event.membership.person, out=False)


def _role(db: Db, _bus: Bus, event: RoleChanged) -> None:
    api.tell_person(db, event.after.person, out=False)


def _profile(db: Db, _bus: Bus, event: ProfileChanged) -> None:
    api.tell_person(db, event.after.id, out=False)


def _out(db: Db, _bus: Bus, event: PersonDisabled | LoggedOut) -> None:
    api.tell_person(db, event.person, out=True)
