"""What can go wrong with a park, as one tree.

Failure
├── Invalid
│   ├── EditWrong                an edit that makes no sense; names the fields
│   ├── LiveWrong                a live status that makes no sense; names the fields
│   ├── QueryWrong               a search for nothing, for too much, or in what there is not
│   ├── DayOutside               a day for which nobody knows where the sun stands
│   └── ImportRefused            a file cannot become a park; the park stays as it was
│       ├── PlanBroken           a plan that is no tree of one park; names the space
│       │   ├── PlanRootWrong        no park at its root, or two
│       │   ├── PlanIdWrong          an id of letters it cannot have
│       │   ├── PlanIdTaken          an id that is there twice
│       │   ├── PlanParentMissing    a parent that is not there
│       │   ├── PlanCycle            a space that stands in itself
│       │   ├── PlanTooDeep          more spaces inside spaces than we accept
│       │   └── PlanValueWrong       a text too long, a number that is none
│       ├── ImportMalformed      not JSON: says line and column
│       ├── ImportNested         brackets inside brackets without end
│       ├── ImportNotGeoJson     JSON, but no GeoJSON object
│       ├── ImportEncoding       not UTF-8: says what it looks like
│       ├── ImportDamaged        a gzip stream that breaks off, or another kind of archive
│       ├── ImportCrs            a coordinate reference system nobody here knows
│       ├── ImportProjected      metres where degrees should be
│       ├── ImportSwapped        latitude before longitude
│       ├── ImportScattered      features all over the earth
│       ├── ImportElsewhere      nowhere near the origin that was given
│       ├── ImportEmpty          nothing in it that a park could show
│       └── DefinitionBroken     a park definition; names file, line and place
│           ├── DefinitionFileMissing      a file it names is not there
│           ├── DefinitionNotText          not UTF-8
│           ├── DefinitionNotYaml          not YAML, or more of YAML than a definition needs
│           ├── DefinitionNotGeoJson       the file of a geometry is no GeoJSON
│           ├── DefinitionTooLarge         more bytes, values, levels, spaces than we accept
│           ├── DefinitionKeyUnknown       a key nobody knows
│           ├── DefinitionKeyMissing       a key that has to be there
│           ├── DefinitionWordUnknown      a kind or a status nobody knows
│           ├── DefinitionValueWrong       a value of the wrong type or out of range
│           ├── DefinitionIdWrong          an id of letters it cannot have
│           ├── DefinitionIdTaken          an id that something else has
│           ├── DefinitionTextUnsafe       a name with markup or control characters
│           ├── DefinitionLinkWrong        a link that is no web address
│           ├── DefinitionShapesMany       more than one of what there can be one of
│           ├── DefinitionShapeEmpty       an outline without an area
│           ├── DefinitionShapeCrossing    an outline that crosses itself
│           ├── DefinitionGeometryMissing  a feature that its file does not hold
│           ├── DefinitionMeshWrong        a mesh that is not plain triangles
│           ├── DefinitionStoreysWrong     a span of storeys that is none
│           ├── DefinitionStoreysOverlap   a storey that begins below the top of the one below
│           ├── DefinitionLayoutUnfit      a layout for another shape than its outline
│           ├── DefinitionLayoutNarrow     an outline too narrow for its layout
│           ├── DefinitionLayoutCrowded    a layout with too many or too few rooms
│           └── DefinitionBlockUnfit       seats, booths or tables that do not fit their room
├── NotFound
│   ├── SpaceUnknown             no space has that id
│   ├── ParkUnknown              no park has that id
│   └── TilesMissing             no such file of no such tileset
├── Conflict
│   ├── SpaceIdTaken             an imported id belongs to another park
│   ├── SpaceHeld                something above still needs a space that is to be removed
│   ├── SpaceNewer               the space changed since the version the edit was made on
│   ├── NothingToRevert          no edit of the space is left to take back
│   └── DefinitionUnwritable     a tree that no park definition can say
├── TooMany
│   └── ChannelsTooMany          more live channels from one address than we hold open
├── Unavailable
│   └── ChannelsFull             more live channels than one process holds open
└── TooLarge
    ├── ImportTooLarge           more bytes, unpacked, than the limit
    └── ImportCrowded            more features or positions than the limit
"""

from shulian.kit.errors import Conflict, Invalid, NotFound, TooLarge, TooMany, Unavailable


class EditWrong(Invalid):
    """An edit that makes no sense; names the fields."""

    code = "park.edit_wrong"


class LiveWrong(Invalid):
    """A live status that makes no sense; names the fields."""

    code = "park.live_wrong"


class QueryWrong(Invalid):
    """A search for nothing, for too much, or in what there is not; names the fields."""

    code = "park.query_wrong"


class DayOutside(Invalid):
    """`day` is no day from `first` to `last`."""

    code = "park.day_outside"


class SpaceUnknown(NotFound):
    """No space has the id `space`."""

    code = "park.space_unknown"


class ParkUnknown(NotFound):
    """No park has the id `park`."""

    code = "park.park_unknown"


class TilesMissing(NotFound):
    """The tileset `version` of `park` has no file `path`."""

    code = "park.tiles_missing"


class SpaceIdTaken(Conflict):
    """The id `space` already names a space of the park `park`."""

    code = "park.space_id_taken"


class SpaceHeld(Conflict):
    """Something above still needs a space that would be removed: `detail` names it."""

    code = "park.space_held"


class SpaceNewer(Conflict):
    """`space` is at `version` now; the edit was made on an older one."""

    code = "park.space_newer"


class NothingToRevert(Conflict):
    """No edit of `space` is left to take back."""

    code = "park.nothing_to_revert"


class ChannelsTooMany(TooMany):
    """More than `limit` live channels from one address; try again after `seconds`."""

    code = "park.channels_too_many"


class ChannelsFull(Unavailable):
    """All `limit` live channels of a process are open; try again after `seconds`."""

    code = "park.channels_full"


class ImportRefused(Invalid):
    """A file cannot become a park; the park stays as it was."""

    code = "park.import_refused"


class PlanBroken(ImportRefused):
    """A plan that is no tree of one park: the fault is at `space`."""

    code = "park.plan_broken"


class PlanRootWrong(PlanBroken):
    """The first space is no park, or `space` is a second one, or belongs to another."""

    code = "park.plan_root_wrong"


class PlanIdWrong(PlanBroken):
    """The id `space` is empty, too long, or not made of letters, digits and . _ : - alone."""

    code = "park.plan_id_wrong"


class PlanIdTaken(PlanBroken):
    """The id `space` is there twice."""

    code = "park.plan_id_taken"


class PlanParentMissing(PlanBroken):
    """`space` stands in `parent`, which is not there."""

    code = "park.plan_parent_missing"


class PlanCycle(PlanBroken):
    """`space` stands in itself, by way of `parent`, or before it."""

    code = "park.plan_cycle"


class PlanTooDeep(PlanBroken):
    """`space` has more than `limit` spaces above it."""

    code = "park.plan_too_deep"


class PlanValueWrong(PlanBroken):
    """The field `field` of `space` holds what it cannot hold."""

    code = "park.plan_value_wrong"


class ImportMalformed(ImportRefused):
    """`file` is not JSON at `line` and `column` (in bytes, both from 1): `detail` says why."""

    code = "park.import_malformed"


class ImportNested(ImportRefused):
    """`file` nests brackets deeper than anything that is a map."""

    code = "park.import_nested"


class ImportNotGeoJson(ImportRefused):
    """`file` is JSON, but its outermost value, of type `found`, is no GeoJSON object."""

    code = "park.import_not_geojson"


class ImportEncoding(ImportRefused):
    """`file` is not UTF-8 from `line` on; it looks like `encoding`."""

    code = "park.import_encoding"


class ImportDamaged(ImportRefused):
    """`file` is compressed, but not a whole gzip stream: `detail` says what it is."""

    code = "park.import_damaged"


class ImportCrs(ImportRefused):
    """`file` names the coordinate reference system `crs`, which cannot be turned into degrees."""

    code = "park.import_crs"


class ImportProjected(ImportRefused):
    """`feature` of `file` lies at `x`, `y`, which looks like metres instead of degrees."""

    code = "park.import_projected"


class ImportSwapped(ImportRefused):
    """`feature` of `file` lies at `x`, `y`, which looks like latitude before longitude."""

    code = "park.import_swapped"


class ImportScattered(ImportRefused):
    """`count` features lie more than `kilometres` from the middle, such as `features`."""

    code = "park.import_scattered"


class ImportElsewhere(ImportRefused):
    """The features lie `kilometres` from the origin that was given."""

    code = "park.import_elsewhere"


class ImportEmpty(ImportRefused):
    """Nothing in `files` that a park could show; `first` is the first notice about them."""

    code = "park.import_empty"


class ImportTooLarge(TooLarge):
    """The files hold more than `limit` megabytes when unpacked, `file` being the last straw."""

    code = "park.import_too_large"


class ImportCrowded(TooLarge):
    """`file` holds more than `limit` positions or features."""

    code = "park.import_crowded"


class DefinitionUnwritable(Conflict):
    """No definition can say that `space`, a `kind`, stands in `parent`."""

    code = "park.definition_unwritable"


class DefinitionBroken(ImportRefused):
    """A park definition makes no sense in `file` on `line` at `place`."""

    code = "park.definition_broken"


class DefinitionFileMissing(DefinitionBroken):
    """The file `name` is not there."""

    code = "park.definition_file_missing"


class DefinitionNotText(DefinitionBroken):
    """The file is not UTF-8 from `line` on."""

    code = "park.definition_not_text"


class DefinitionNotYaml(DefinitionBroken):
    """The file is not YAML, or more of YAML than a definition needs: `problem` says what."""

    code = "park.definition_not_yaml"


class DefinitionNotGeoJson(DefinitionBroken):
    """The file `name` is no GeoJSON: `problem` says why."""

    code = "park.definition_not_geojson"


class DefinitionTooLarge(DefinitionBroken):
    """More `what` (bytes, values, levels, spaces, corners, triangles) than `limit`."""

    code = "park.definition_too_large"
    status = 413


class DefinitionKeyUnknown(DefinitionBroken):
    """Nobody knows the key `found`; `known` is the nearest there is, or all."""

    code = "park.definition_key_unknown"


class DefinitionKeyMissing(DefinitionBroken):
    """The key `missing` has to be there."""

    code = "park.definition_key_missing"


class DefinitionWordUnknown(DefinitionBroken):
    """`word` is not one of the words this field takes; `known` is the nearest, or all."""

    code = "park.definition_word_unknown"


class DefinitionValueWrong(DefinitionBroken):
    """A value of the wrong type or out of range: `problem` says what was expected."""

    code = "park.definition_value_wrong"


class DefinitionIdWrong(DefinitionBroken):
    """`id` is empty, too long, or holds something else than letters, digits and . _ : -."""

    code = "park.definition_id_wrong"


class DefinitionIdTaken(DefinitionBroken):
    """`id` already names what stands at `first`."""

    code = "park.definition_id_taken"


class DefinitionTextUnsafe(DefinitionBroken):
    """A text holds `found`, which is markup or a control character."""

    code = "park.definition_text_unsafe"


class DefinitionLinkWrong(DefinitionBroken):
    """`link` is no http or https address."""

    code = "park.definition_link_wrong"


class DefinitionShapesMany(DefinitionBroken):
    """One thing has several of which there can be one: `shapes`."""

    code = "park.definition_shapes_many"


class DefinitionShapeEmpty(DefinitionBroken):
    """An outline encloses nothing."""

    code = "park.definition_shape_empty"


class DefinitionShapeCrossing(DefinitionBroken):
    """An outline crosses or touches itself near `east`, `north`."""

    code = "park.definition_shape_crossing"


class DefinitionGeometryMissing(DefinitionBroken):
    """The file `name` holds no feature `feature` of the kind that is needed here."""

    code = "park.definition_geometry_missing"


class DefinitionMeshWrong(DefinitionBroken):
    """The mesh `name` is not plain triangles: `problem` says why."""

    code = "park.definition_mesh_wrong"


class DefinitionStoreysWrong(DefinitionBroken):
    """`storeys` is no storey and no span of storeys."""

    code = "park.definition_storeys_wrong"


class DefinitionStoreysOverlap(DefinitionBroken):
    """Storey `storey` begins below the top of `below`, by `metres`."""

    code = "park.definition_storeys_overlap"


class DefinitionLayoutUnfit(DefinitionBroken):
    """A layout needs an outline of one of the shapes `needed`."""

    code = "park.definition_layout_unfit"


class DefinitionLayoutNarrow(DefinitionBroken):
    """A layout leaves rooms `depth` metres deep, less than `least`."""

    code = "park.definition_layout_narrow"


class DefinitionLayoutCrowded(DefinitionBroken):
    """A layout has `rooms` rooms where from `least` to `most` fit."""

    code = "park.definition_layout_crowded"


class DefinitionBlockUnfit(DefinitionBroken):
    """Seats, booths or tables need `width` × `depth` metres where their room has no such place."""

    code = "park.definition_block_unfit"
