"""Records of a file become items and positions; what cannot be read is noted and left out."""

import msgspec

from shulian.park.rules.geojson.columns import (
    Columns,
    Item,
    UnreadableError,
    form_of,
    is_ring,
)
from shulian.park.rules.geojson.documents import Features, Record, numbered
from shulian.park.rules.geojson.grammar import Feature, Tags
from shulian.park.rules.geojson.hstore import opened_tags
from shulian.park.rules.geojson.keys import key
from shulian.park.rules.geojson.report import Report
from shulian.park.rules.geojson.roles import Form, Role, closed, role
from shulian.park.rules.geojson.words import cleaned

_NO_TAGS = Tags()
_decoder = msgspec.json.Decoder(Feature)


def collect(file: str, number: int, found: Features, columns: Columns, report: Report) -> None:
    """Add the features of file `number` that mean something to a park to `columns`."""
    mute = 0
    assumed = Role.BUILDING if "building" in file.lower() else Role.NOTHING
    for place, record in numbered(file, found.records):
        feature = _feature(record, place, report)
        if feature is None:
            continue
        if feature.geometry is None:
            report.say("no_area", place, "has no geometry; left out")
            continue
        tags = opened_tags(feature.properties or _NO_TAGS)
        form = form_of(feature.geometry)
        if form is Form.LINE and is_ring(feature.geometry) and closed(tags):
            form = Form.AREA
        sort = role(tags, form)
        if sort is Role.UNKNOWN:
            sort = assumed
            mute += sort is Role.NOTHING
        if sort is Role.NOTHING:
            continue
        point = sort is Role.TREE
        item = Item(sort, key(feature, tags, point=point), place, number, tags)
        _add(columns, item, feature, form, report)
    if mute:
        report.say("not_understood", file, f"{mute} areas say nothing of what they are; left out")


def _feature(record: Record, place: str, report: Report) -> Feature | None:
    try:
        return _decoder.decode(record)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        report.say("unreadable", place, f"{cleaned(str(error))}; left out")
        return None


def _add(columns: Columns, item: Item, feature: Feature, form: Form, report: Report) -> None:
    assert feature.geometry is not None  # noqa: S101
    try:
        kept = columns.add(item, feature.geometry, form)
    except (UnreadableError, RecursionError):
        report.say("unreadable", item.place, "has a position without two numbers; left out")
        return
    if not kept:
        report.say("no_area", item.place, "has too few positions; left out")
