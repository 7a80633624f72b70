"""What an import keeps of a feature besides its positions: read from its tags at once."""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass

import msgspec

from shulian.kit.text import Text
from shulian.park.rules.geojson.classes import HEDGE, flow_width, way_class, way_width
from shulian.park.rules.geojson.grammar import Feature, Tags
from shulian.park.rules.geojson.heights import UNKNOWN, Extent, extent
from shulian.park.rules.geojson.keys import key, root
from shulian.park.rules.geojson.roles import Role, building_kind
from shulian.park.rules.geojson.words import NAMELESS, address, altered, name, website


@dataclass(frozen=True, slots=True)
class File:
    """One of the files of an import."""

    index: int
    name: str


class Item(msgspec.Struct, gc=False):
    """A feature that means something to a park; a struct, for these are many."""

    role: Role
    key: str
    """Empty until a hash of its positions is given to it."""
    file: File
    number: int
    """Its place in the file, from 1."""
    name: Text
    kind: str = ""
    """The class of a way, or what a building of unknown height is used for."""
    width: float = 0.0
    """Of a way [m]."""
    extent: Extent = UNKNOWN
    """Of a building or part."""
    root: str = ""
    """Key of the outline that a part names."""
    about: Text = NAMELESS
    link: str | None = None
    rising: bool = False
    """Whether it is under construction."""
    altered: bool = False
    """Whether its name had to lose characters."""

    @property
    def place(self) -> str:
        """Where it stands: `buildings.geojson#12`."""
        return f"{self.file.name}#{self.number}"


def item(role: Role, feature: Feature, tags: Tags, file: File, number: int) -> Item:
    """What is kept of a feature whose role is known."""
    identity = key(feature, tags, point=role is Role.TREE)
    words = name(tags)
    if role is Role.BUILDING or role is Role.PART:
        return _body(role, identity, tags, file, number, words)
    if role is Role.WAY:
        kind = way_class(tags)
        return Item(role, identity, file, number, words, kind, way_width(tags, kind))
    if role is Role.STREAM:
        return Item(role, identity, file, number, words, "stream", flow_width(tags))
    if role is Role.HEDGE:
        return Item(role, identity, file, number, words, "hedge", HEDGE)
    return Item(role, identity, file, number, words)


def _body(role: Role, identity: str, tags: Tags, file: File, number: int, words: Text) -> Item:
    reach = extent(tags)
    kind = "" if reach.top else building_kind(tags)
    found = Item(role, identity, file, number, words, kind, 0.0, reach)
    if tags.root_id is not None:
        found.root = root(tags)
    if words is not NAMELESS:
        found.altered = altered(tags)
    found.about = address(tags)
    found.link = website(tags)
    found.rising = tags.building == "construction" or tags.kind_detail == "construction"
    return found


def together(pieces: Sequence[Item]) -> Item:
    """What pieces of one thing say of it; the first one that says something is believed."""
    if len(pieces) == 1:
        return pieces[0]
    whole = copy(pieces[0])
    for other in pieces[1:]:
        whole.name = whole.name or other.name
        whole.about = whole.about or other.about
        whole.link = whole.link or other.link
        whole.root = whole.root or other.root
        if whole.extent.top is None and other.extent.top is not None:
            whole.extent, whole.kind = other.extent, other.kind
    return whole
