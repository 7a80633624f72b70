"""Records of a file become items and positions; what cannot be read is noted and left out."""

from collections.abc import Sequence

import msgspec

from shulian.park.rules.geojson.columns import Columns, UnreadableError, form_of, is_ring
from shulian.park.rules.geojson.documents import Record
from shulian.park.rules.geojson.grammar import Feature, Polygon, Tags
from shulian.park.rules.geojson.hstore import opened_tags
from shulian.park.rules.geojson.items import File, item
from shulian.park.rules.geojson.report import Report
from shulian.park.rules.geojson.roles import Form, Role, closed, role
from shulian.park.rules.geojson.words import cleaned

_NO_TAGS = Tags()
_decoder = msgspec.json.Decoder(Feature)


def collect(file: File, records: Sequence[Record], columns: Columns, report: Report) -> None:
    """Add the features of a file that mean something to a park to `columns`."""
    mute = 0
    assumed = Role.BUILDING if "building" in file.name.lower() else Role.NOTHING
    for number, record in enumerate(records, 1):
        try:
            feature = _decoder.decode(record)
            sort, form = _understood(feature)
            if sort is Role.UNKNOWN:
                sort = assumed
                mute += sort is Role.NOTHING
            if sort is not Role.NOTHING:
                _add(feature, sort, form, file, number, columns)
        except (msgspec.DecodeError, RecursionError, UnicodeDecodeError, UnreadableError) as error:
            words = cleaned(str(error)) or "has a position without two numbers"
            report.say("unreadable", f"{file.name}#{number}", f"{words}; left out")
        except _EmptyError:
            report.say("no_area", f"{file.name}#{number}", "has no or too few positions; left out")
    if mute:
        words = f"nothing says what {mute} of the areas are; left out"
        report.say("not_understood", file.name, words)


class _EmptyError(Exception):
    """A geometry without enough positions."""


def _tags(feature: Feature) -> Tags:
    tags = feature.properties or _NO_TAGS
    if tags.tags is None and tags.other_tags is None:
        return tags
    return opened_tags(tags)


def _understood(feature: Feature) -> tuple[Role, Form]:
    """What a feature becomes, and of what it is made."""
    geometry = feature.geometry
    if geometry is None:
        raise _EmptyError
    tags = feature.properties = _tags(feature)
    form = Form.AREA if isinstance(geometry, Polygon) else form_of(geometry)
    if form is Form.LINE and is_ring(geometry) and closed(tags):
        form = Form.AREA
    return role(tags, form), form


def _add(
    feature: Feature, sort: Role, form: Form, file: File, number: int, columns: Columns
) -> None:
    geometry, tags = feature.geometry, feature.properties
    if geometry is None or tags is None:
        raise _EmptyError
    if not columns.add(item(sort, feature, tags, file, number), geometry, form):
        raise _EmptyError
