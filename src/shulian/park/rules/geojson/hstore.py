"""Tags that an export packed into one property: osmtogeojson's `tags`, GDAL's `other_tags`."""

import re

import msgspec

from shulian.park.rules.geojson.grammar import Tags

_PAIR = re.compile(r'"((?:[^"\\]|\\.){1,80})"=>"((?:[^"\\]|\\.){0,1000})"')
_FIELDS = Tags.__struct_fields__


def opened_tags(tags: Tags) -> Tags:
    """The same tags with the packed ones beside them; those outside come first."""
    if tags.tags is None and tags.other_tags is None:
        return tags
    inner: object = tags.tags
    if isinstance(tags.other_tags, str):
        inner = dict(_PAIR.findall(tags.other_tags))
    if not isinstance(inner, dict):
        return tags
    packed = msgspec.convert(inner, Tags)
    filled = {
        field: value
        for field in _FIELDS
        if getattr(tags, field) is None and (value := getattr(packed, field)) is not None
    }
    return msgspec.structs.replace(tags, **filled)
