"""What else people ask for: to be brought somewhere, to look different, to show something."""

from dataclasses import replace
from functools import partial

from shulian.identity.api import actor_of_person
from shulian.kit.errors import Failure, LoginNeeded
from shulian.park.types import SpaceId
from shulian.world import api
from shulian.world.errors import LookWrong, PersonGone, RightMissing, ZoneUnknown
from shulian.world.live.house import passage, walking
from shulian.world.live.house.book import Book
from shulian.world.live.house.footing import landed
from shulian.world.live.house.presence import Presence
from shulian.world.live.house.records import zone_above
from shulian.world.live.house.talk import distances
from shulian.world.rules.bands import BAND
from shulian.world.rules.looks import look_faults
from shulian.world.rules.texts import clean_line, clean_link
from shulian.world.types import Exhibit, Right, Stand, VisitorKey
from shulian.world.wire.frames import CM
from shulian.world.wire.messages import (
    Dress,
    Focus,
    Go,
    Listed,
    Roster,
    Show,
    Shown,
    Spot,
    Unqueue,
    look_of,
)

MOST_LISTED = 200


def go(book: Book, presence: Presence, call: Go) -> None:
    """Be taken to a space, to a spot, or to a person's side; raises what stands against it."""
    if call.person is not None:
        _go_to_person(book, presence, call.key, call.person)
    elif call.spot is not None:
        _go_to_spot(book, presence, call.key, call.spot)
    elif call.space is None:
        _go_to_zone(book, presence, call.key, 0)
    else:
        zone = book.ground_of(presence).zones.place.get(call.space)
        if zone is not None:
            _go_to_zone(book, presence, call.key, zone)
        else:
            _look_up(book, presence, call.key, call.space)


def _look_up(book: Book, presence: Presence, key: str, space: SpaceId) -> None:
    """Bring them to the zone in which a smaller space lies."""
    ground = book.ground_of(presence)
    spaces = tuple(ground.zones.place)

    def found(zone: SpaceId | None) -> None:
        try:
            if zone is None or zone not in ground.zones.place:
                raise ZoneUnknown(zone=space)
            _go_to_zone(book, presence, key, ground.zones.place[zone])
        except Failure as failure:
            book.refuse(presence, key, failure)

    failed = partial(book.refuse, presence, key)
    book.journal.read(lambda db: zone_above(db, space, spaces), found, failed)


def _go_to_zone(book: Book, presence: Presence, key: str, zone: int) -> None:
    ground = book.ground_of(presence)
    if not presence.open:
        return
    walking.demand_entry(book, presence, ground, zone)
    if ground.foreign[zone]:
        book.accept(presence, key)
        passage.set_out(book, presence, zone, None)
        return
    _move(book, presence, key, zone, None)


def _go_to_spot(book: Book, presence: Presence, key: str, spot: Spot) -> None:
    """Put them where they saw a place from above, if they may be there."""
    ground = book.ground_of(presence)
    stand = landed(ground, Stand(spot.east, spot.north, spot.height, spot.heading % 360))
    zone = ground.zones.locate_one(stand)
    walking.demand_entry(book, presence, ground, zone)
    if ground.foreign[zone]:
        book.accept(presence, key)
        passage.set_out(book, presence, zone, stand)
    else:
        _move(book, presence, key, zone, stand)


def _go_to_person(book: Book, presence: Presence, key: str, person: VisitorKey) -> None:
    other = book.by_key.get(person)
    if person in presence.hidden:
        raise PersonGone
    if other is None and book.abroad is not None:
        done = partial(_go_beside, book, presence, key)
        failed = partial(book.refuse, presence, key)
        book.abroad.send(presence, person, "seek", done=done, failed=failed)
        return
    if other is None or other.park != presence.park or not other.open:
        raise PersonGone
    _go_beside(book, presence, key, book.stand(other.slot))


def _go_beside(book: Book, presence: Presence, key: str, stand: Stand) -> None:
    """Bring them to the side of somebody who stands there, in this process or in another."""
    ground = book.ground_of(presence)
    there = ground.zones.locate_one(stand)
    walking.demand_entry(book, presence, ground, there)
    near = book.around(ground, stand, 5.0)
    beside = ground.zones.beside(stand, book.points(near, ground.band)[:, :2])
    if ground.foreign[there]:
        book.accept(presence, key)
        passage.set_out(book, presence, there, beside)
    else:
        _move(book, presence, key, there, beside)


def _move(book: Book, presence: Presence, key: str, zone: int, stand: Stand | None) -> None:
    """Put them there, if there is a place; else they wait for it."""
    ground = book.ground_of(presence)
    book.accept(presence, key)
    if zone == presence.zone:
        walking.give_up(book, presence)
    elif not walking.enter(book, presence, zone):
        return
    # beside somebody on a border one may stand in the next zone: then as if nobody was there
    if stand is None or ground.zones.locate_one(stand) != zone:
        stand = walking.spot(book, ground, zone)
    walking.place(book, presence, stand, "go")


def unqueue(book: Book, presence: Presence, _call: Unqueue) -> None:
    """Wait for a full zone no more; who does not wait is not told anything."""
    walking.give_up(book, presence)


def focus(book: Book, presence: Presence, call: Focus) -> None:
    """Be shown the people around a point."""
    slot, band = presence.slot, book.ground_of(presence).band
    book.crowd.focus[slot] = (round(call.east * CM) + band * BAND, round(call.north * CM))
    book.crowd.focused[slot] = 1


def roster(book: Book, presence: Presence, call: Roster) -> None:
    """Tell who is in their zone."""
    ground = book.ground_of(presence)
    wanted = call.query.strip().casefold()
    here = [book.presences[slot] for slot in ground.members[ground.space(presence.zone)]]
    slots = [
        one.slot
        for one in here
        if one.welcomed
        and one is not presence
        and one.key not in presence.hidden
        and wanted in one.visitor.name.casefold()
    ]
    apart = dict(zip(slots, distances(book, ground, presence, slots), strict=True))
    nearest = sorted(slots, key=apart.__getitem__)[:MOST_LISTED]
    news = Listed(
        key=call.key,
        people=tuple(book.presences[slot].view() for slot in nearest),
        distances=tuple(round(apart[slot], 1) for slot in nearest),
        total=len(slots),
    )
    book.tell(presence.slot, news)


def dress(book: Book, presence: Presence, call: Dress) -> None:
    """Look different from now on; raises LookWrong."""
    look = look_of(call.look)
    if wrong := look_faults(look):
        raise LookWrong(fields=wrong)
    presence.visitor = replace(presence.visitor, look=look)
    if presence.encode():
        book.introduce(presence.slot)


def show(book: Book, presence: Presence, call: Show) -> None:
    """Show something to all in the zone; raises what stands against it."""
    ground, zone = book.ground_of(presence), presence.zone
    space, person, now = ground.space(zone), presence.visitor.person, book.now()
    if Right.PRESENT not in presence.rights:
        raise RightMissing(right=Right.PRESENT.value, zone=space)
    if person is None:
        raise LoginNeeded
    exhibit = None
    if call.title.strip() or call.link.strip():
        link = clean_link(call.link) if call.link.strip() else ""
        exhibit = Exhibit(clean_line(call.title or call.link), link, presence.visitor.name)

    def done(_: None) -> None:
        show_exhibit(book, presence.park, space, exhibit)
        book.accept(presence, call.key)

    book.journal.work(
        lambda db, bus: api.show(
            db,
            bus,
            actor_of_person(db, book.terms.grants, person),
            ground.park,
            space,
            exhibit,
            now=now,
        ),
        done,
        partial(book.refuse, presence, call.key),
    )


def show_exhibit(book: Book, park: SpaceId, space: SpaceId, exhibit: Exhibit | None) -> None:
    """Tell all in a zone what is shown there now, if that is something else."""
    ground = book.grounds.get(park)
    if ground is None or ground.shown.get(space) == exhibit:
        return
    if exhibit is None:
        ground.shown.pop(space, None)
    else:
        ground.shown[space] = exhibit
    told = exhibit or Exhibit("", "", "")
    book.tell_zone(ground, space, Shown(space, told.title, told.link, told.by))
