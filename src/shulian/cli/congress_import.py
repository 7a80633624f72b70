"""`shulian congress import`: a programme into an installation, with the halls it needs."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import click

from shulian.cli.congress_files import FILE, NAME, TIMEZONE, content_of, taken
from shulian.cli.reports import print_json
from shulian.cli.words import say, terminal_language
from shulian.cli.workplace import Workplace, workplace
from shulian.congress import api
from shulian.congress.api import Arrived
from shulian.congress.errors import CongressUnknown
from shulian.congress.rules.days import last_day
from shulian.congress.rules.exchange import formats
from shulian.congress.rules.exchange.drafts import Draft
from shulian.congress.rules.exchange.making import text_of
from shulian.congress.rules.telling import key_of, params_of
from shulian.congress.rules.venues import Divided
from shulian.congress.types import Conflict, Congress, Level, Programme
from shulian.identity.api import create_organization, organizations
from shulian.identity.types import OrganizationId, OrganizationKind
from shulian.kit import errors
from shulian.kit.bus import Bus
from shulian.kit.db import Db
from shulian.kit.text import Text
from shulian.park import api as park_api
from shulian.park.types import ParkPlan, Place, Space, SpaceId, SpaceKind

_SHANGHAI = (121.4737, 31.2304)
"""Where a new park lies of which nobody says where: longitude and latitude."""
_SHOWN = 100
"""So many broken rules are printed one by one, those that block first; JSON has all."""
_OPERATOR = Text("园区运营", "Park operations")
"""Who organizes where there is no organization yet."""


class CongressElsewhere(errors.Conflict):
    """The congress `slug` is in the park `park`, and not in the one that was named."""

    code = "cli.congress_elsewhere"


class OrganizerUnknown(errors.NotFound):
    """No organization is called `name`."""

    code = "cli.organizer_unknown"


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What the command asks for."""

    path: Path
    park: SpaceId
    slug: str
    name: str
    timezone: str
    organizer: str
    origin: tuple[float, float]
    release: str
    venues: bool


@dataclass(frozen=True, slots=True)
class _Told:
    """What became of it."""

    congress: Congress
    draft: Draft
    programme: Programme
    conflicts: tuple[Conflict, ...]
    venues: tuple[Space, ...] = ()
    rooms: tuple[Space, ...] = ()
    divided: tuple[Divided, ...] = ()


class _Undone(Exception):
    """Nothing of it is to be kept."""


@click.command("import")
@FILE
@click.option("--park", required=True, metavar="ID", help="The park in which it takes place.")
@click.option("--congress", "slug", default="", metavar="SLUG", help="Into that one, or a new one.")
@click.option("--with-venues", is_flag=True, help="Add the buildings and halls the park lacks.")
@NAME
@TIMEZONE
@click.option("--organizer", default="", metavar="NAME", help="Of a new congress.")
@click.option(
    "--origin",
    type=(float, float),
    default=_SHANGHAI,
    metavar="LON LAT",
    help="Of a new park; Shanghai, where nothing is said.",
)
@click.option("--release", default="", metavar="NAME", help="Release it at once under this name.")
@click.option("--dry-run", is_flag=True, help="Say what would happen, and change nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
def command(
    path: Path,
    park: str,
    slug: str,
    name: str,
    timezone: str,
    organizer: str,
    origin: tuple[float, float],
    release: str,
    *,
    with_venues: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Bring the programme in FILE into a congress: all of it, or nothing.

    FILE is in any of the formats of `shulian congress convert`. A congress that is not there is
    made, and with --with-venues so are halls, buildings and the park. Rules that the timetable
    breaks are told one by one; what blocks keeps it from being released.
    """
    slug, name = slug.strip(), name or path.stem
    wanted = _Wanted(
        path, SpaceId(park), slug, name, timezone, organizer, origin, release, with_venues
    )
    told: _Told | None = None
    with workplace() as place, suppress(_Undone), place.work.transaction() as (db, bus):
        told = _bring_in(place, db, bus, wanted)
        if dry_run:
            raise _Undone
    if told is None:
        return
    if as_json:
        print_json(_rows(told, release=release, dry=dry_run))
        return
    for line in _lines(told):
        click.echo(f"  {line}")
    click.echo(say("cli.congress.imported", congress=told.congress.slug, **_counts(told)))
    if release:
        click.echo(say("cli.congress.released", name=release))
    if dry_run:
        click.echo(say("cli.congress.dry"))


def _bring_in(place: Workplace, db: Db, bus: Bus, wanted: _Wanted) -> _Told:
    """Read the file for the park and the congress, which are made where that is asked for."""
    now, actor, content = place.work.clock(), place.actor, content_of(wanted.path)
    if wanted.venues and wanted.park not in {one.id for one in park_api.parks(db)}:
        park_api.import_park(db, bus, actor, _empty(wanted), now=now)
    plain = formats.read(content, api.given_for(db, wanted.park, name=wanted.name))
    congress = _congress(place, db, bus, wanted, taken(plain, quiet=True))
    draft = formats.read(content, api.given_for(db, wanted.park, congress, name=wanted.name))
    programme, arrived = taken(draft), None
    if wanted.venues:
        arrived = api.import_with_venues(db, bus, actor, congress.id, draft, now=now)
        programme = arrived.programme
    else:
        for hall in draft.halls:
            words = " ".join(filter(None, (hall.venue, hall.name.zh or hall.name.en)))
            click.echo(f"  {say('cli.congress.hall', hall=words)}", err=True)
        api.import_programme(db, bus, actor, congress.id, programme, now=now)
    if wanted.release:
        api.release(db, bus, actor, congress.id, name=wanted.release, now=now)
    whole = api.draft(db, actor, congress.id, now=now)
    return _told(congress, draft, whole, arrived)


def _told(congress: Congress, draft: Draft, whole: api.Draft, arrived: Arrived | None) -> _Told:
    if arrived is None:
        return _Told(congress, draft, whole.programme, whole.conflicts)
    return _Told(
        congress,
        draft,
        whole.programme,
        whole.conflicts,
        arrived.venues,
        arrived.rooms,
        arrived.divided,
    )


def _empty(wanted: _Wanted) -> ParkPlan:
    """A park in which nothing stands yet."""
    longitude, latitude = wanted.origin
    place = Place(wanted.park, longitude, latitude)
    if wanted.timezone:
        place = Place(wanted.park, longitude, latitude, wanted.timezone)
    name = text_of(wanted.name)
    return ParkPlan(place, (Space(wanted.park, None, SpaceKind.PARK, name),))


def _congress(place: Workplace, db: Db, bus: Bus, wanted: _Wanted, given: Programme) -> Congress:
    """The congress that is asked for; a new one is as the file says, its last night too."""
    read = given.congress
    slug = wanted.slug or read.slug
    try:
        found = api.congress_by_slug(db, place.actor, slug)
    except CongressUnknown:
        return api.add_congress(
            db,
            bus,
            place.actor,
            organizer=_organizer(place, db, bus, wanted.organizer),
            park=wanted.park,
            slug=slug,
            title=read.title,
            about=read.about,
            first=read.first,
            last=last_day(given),
            now=place.work.clock(),
        )
    if found.park != wanted.park:
        raise CongressElsewhere(slug=slug, park=found.park)
    return found


def _organizer(place: Workplace, db: Db, bus: Bus, name: str) -> OrganizationId:
    """The organization of that name; without one the park's operator, made where there is none."""
    there = organizations(db, place.actor)
    if name:
        for one in there:
            if name in (one.name.zh, one.name.en):
                return one.id
        raise OrganizerUnknown(name=name)
    for one in there:
        if one.kind is OrganizationKind.OPERATOR:
            return one.id
    now, kind = place.work.clock(), OrganizationKind.OPERATOR
    return create_organization(db, bus, place.actor, name=_OPERATOR, kind=kind, now=now).id


def _lines(told: _Told) -> Iterator[str]:
    """What is new, what was divided, and every rule that is broken: a line each."""
    rooms = {one.id: _words(one.name) for one in (*told.venues, *told.rooms)}
    for one in (*told.venues, *told.rooms):
        yield say("cli.congress.new_space", name=rooms[one.id], space=one.id)
    titles = {one.id: _words(one.title) for one in told.programme.sessions}
    for each in told.divided:
        yield say(
            "cli.congress.divided",
            hall=_words(each.hall),
            part=_words(each.part),
            session=titles.get(each.session, ""),
            other=titles.get(each.other, ""),
        )
    for conflict in told.conflicts[:_SHOWN]:
        key = f"cli.congress.{conflict.level}"
        yield say(key, words=_conflict(told.programme, conflict))
    if len(told.conflicts) > _SHOWN:
        yield say("cli.congress.more", count=len(told.conflicts) - _SHOWN)


def _blocking(told: _Told) -> list[Conflict]:
    return [one for one in told.conflicts if one.level is Level.BLOCK]


def _conflict(programme: Programme, conflict: Conflict) -> str:
    params = params_of(programme, conflict).items()
    words = {key: _words(one) if isinstance(one, Text) else one for key, one in params}
    return say(key_of(conflict), **words)


def _words(text: Text) -> str:
    return text.into(terminal_language())


def _counts(told: _Told) -> Mapping[str, int]:
    blocking = len(_blocking(told))
    return {
        "sessions": told.draft.rows,
        "forums": len(told.draft.programme.forums) if told.draft.programme else 0,
        "halls": len(told.draft.programme.halls) if told.draft.programme else 0,
        "new_venues": len(told.venues),
        "new_halls": len(told.rooms),
        "divided": len(told.divided),
        "blocking": blocking,
        "warnings": len(told.conflicts) - blocking,
    }


def _rows(told: _Told, *, release: str, dry: bool) -> Mapping[str, object]:
    """The same for programs."""
    return {
        "congress": told.congress.slug,
        "park": told.congress.park,
        **_counts(told),
        "venues": [one.id for one in told.venues],
        "rooms": [one.id for one in told.rooms],
        "parted": [{"session": str(one.session), "other": str(one.other)} for one in told.divided],
        "conflicts": [
            {
                "rule": one.rule.value,
                "level": one.level.value,
                "sessions": [str(each) for each in one.sessions],
                "words": _conflict(told.programme, one),
            }
            for one in told.conflicts
        ],
        "released": release,
        "dry": dry,
    }
