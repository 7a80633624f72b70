"""Programmes from files of people: read apart, looked at, then brought into the draft, or left.

A file is read by a process of its own (`kit.apart`). What it would make of the draft is kept for a
day, for the one who sent it.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from shulian.congress.api.foreseeing import Foreseen, foresee_import
from shulian.congress.api.imports import Imported, import_programme
from shulian.congress.api.readings import given_for, named_spaces
from shulian.congress.api.rights import planned
from shulian.congress.api.venues import import_with_venues
from shulian.congress.errors import (
    ExchangeStopped,
    PreviewOld,
    ProgrammeFaulty,
    UploadGone,
)
from shulian.congress.rules.exchange import parcels
from shulian.congress.rules.exchange.drafts import Known, check_size
from shulian.congress.rules.exchange.places import Room, rooms
from shulian.congress.store import uploads as store
from shulian.congress.types import CongressId, Programme, Upload, UploadId
from shulian.identity.types import Actor
from shulian.kit import apart
from shulian.kit.bus import Bus
from shulian.kit.db import Db
from shulian.kit.errors import Invalid
from shulian.kit.ids import new_id
from shulian.park.types import SpaceId

KEPT = timedelta(hours=24)
"""So long a file waits for who looks at it."""
MEMORY, SECONDS = 1 << 30, 20
"""[bytes], [s] that reading a file may take; the largest programme takes a quarter of either."""
_READER = "shulian.congress.rules.exchange.parcels:answered"
_LONGEST_NAME = 200

Read = Callable[[bytes], bytes]
"""Makes what `parcels.opened` opens of what `parcels.asked` made."""
Halls = Mapping[SpaceId, SpaceId | None]


@dataclass(frozen=True, slots=True)
class Looked:
    """A file as its sender looks at it before it comes into the draft."""

    upload: Upload
    read: parcels.Read
    rooms: tuple[Room, ...]
    spaces: tuple[Known, ...]
    """Those of the park that may be halls."""

    @property
    def guessed(self) -> Halls:
        """Which spaces its halls are, as far as their names tell."""
        return {one.space: one.guess for one in self.rooms}


def read_apart(parcel: bytes) -> bytes:
    """Read a file in a process of its own; raises ExchangeStopped."""
    try:
        return apart.call(_READER, parcel, memory=MEMORY, seconds=SECONDS)
    except apart.Exhausted as error:
        raise ExchangeStopped(seconds=SECONDS, megabytes=MEMORY >> 20) from error


def read_upload(
    db: Db,
    actor: Actor,
    wanted: CongressId,
    *,
    name: str,
    content: bytes,
    read: Read = read_apart,
    now: datetime,
) -> Upload:
    """Read a file, and keep what it holds for the actor to look at.

    Raises why it cannot be read, such as ExchangeTooLarge, ExchangeUnknown, ExchangeUnreadable.
    """
    there = planned(db, actor, wanted)
    person = actor.demand_person()
    if not content:
        raise Invalid(fields={"file": "congress.file_empty"})
    check_size(content)
    parcel = read(parcels.asked(content, given_for(db, there.park, there)))
    parcels.opened(parcel)
    called = " ".join(name.split())[:_LONGEST_NAME]
    new = Upload(UploadId(new_id(now)), wanted, person, now, called, parcel)
    store.drop_old(db, before=now - KEPT)
    store.put(db, new)
    return new


def upload(db: Db, actor: Actor, wanted: CongressId, which: UploadId, *, now: datetime) -> Looked:
    """A file that the actor has sent; raises UploadGone."""
    there = planned(db, actor, wanted)
    found = store.find(db, which)
    own = found is not None and found.by == actor.person and found.congress == wanted
    if found is None or not own or found.at < now - KEPT:
        raise UploadGone(hours=KEPT // timedelta(hours=1))
    read, spaces = parcels.opened(found.parcel), named_spaces(db, there.park, there)
    return Looked(found, read, rooms(read.draft, spaces), spaces)


def foresee_upload(
    db: Db, actor: Actor, looked: Looked, halls: Halls, *, now: datetime
) -> Foreseen:
    """What a file would make of the draft; raises ProgrammeFaulty where it is not understood."""
    programme = _programme(looked)
    return foresee_import(db, actor, looked.upload.congress, programme, halls=halls, now=now)


def import_upload(
    db: Db,
    bus: Bus,
    actor: Actor,
    looked: Looked,
    halls: Halls,
    *,
    built: Collection[SpaceId] = (),
    version: int,
    now: datetime,
) -> Imported:
    """Bring a file into the draft that its sender saw, and forget it.

    built  halls of the file that the park is to have as well, with their venues

    Raises PreviewOld where the draft is not of that version any more, ProgrammeFaulty and
    ImportRefused; Refused where something is to be built and the actor may not.
    """
    there = planned(db, actor, looked.upload.congress, locked=True)
    if there.version != version:
        raise PreviewOld
    by, programme = (db, bus, actor, there.id), _programme(looked)
    if built:
        meant = {one: space for one, space in halls.items() if one not in built}
        told = import_with_venues(*by, looked.read.draft, halls=meant, now=now).imported
    else:
        told = import_programme(*by, programme, halls=halls, now=now)
    store.drop(db, looked.upload.id)
    return told


def drop_upload(db: Db, actor: Actor, looked: Looked) -> None:
    """Forget a file that its sender leaves."""
    planned(db, actor, looked.upload.congress)
    store.drop(db, looked.upload.id)


def _programme(looked: Looked) -> Programme:
    programme = looked.read.draft.programme
    if programme is None:
        raise ProgrammeFaulty(looked.read.draft.faults)
    return programme
