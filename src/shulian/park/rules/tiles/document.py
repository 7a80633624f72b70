"""The JSON of a tileset and of its tiles as types: as much of both formats as we write.

Names are those of 3D Tiles 1.1, glTF 2.0, EXT_mesh_features and EXT_structural_metadata.
"""

from typing import Annotated, Literal

from msgspec import Meta, Struct, field

Count = Annotated[int, Meta(ge=1)]
Index = Annotated[int, Meta(ge=0)]
Error = Annotated[float, Meta(ge=0)]
Vector = tuple[float, float, float]
Matrix = Annotated[list[float], Meta(min_length=16, max_length=16)]
Box = Annotated[list[float], Meta(min_length=12, max_length=12)]


class Asset(Struct, frozen=True, rename="camel"):
    """Which version of its format a document is in."""

    version: str
    generator: str = ""


class BoundingVolume(Struct, frozen=True, rename="camel"):
    """A box: its centre and three half axes [m]."""

    box: Box


class Content(Struct, frozen=True, rename="camel"):
    """The file a tile shows."""

    uri: str


class Tile(Struct, frozen=True, rename="camel"):
    """A piece of the tileset; children are shown beside it (ADD)."""

    bounding_volume: BoundingVolume
    geometric_error: Error
    refine: Literal["ADD", "REPLACE"] | None = None
    transform: Matrix | None = None
    content: Content | None = None
    children: Annotated[list["Tile"], Meta(min_length=1)] = field(default_factory=list["Tile"])


class Tileset(Struct, frozen=True, rename="camel"):
    """A whole `tileset.json`."""

    asset: Asset
    geometric_error: Error
    root: Tile


class Storey(Struct, frozen=True, rename="camel"):
    """An entry of `storeys.json`."""

    id: str
    name: dict[str, str]
    order: int
    base: float
    height: float
    uri: str
    center: tuple[float, float]
    bounds: tuple[float, float, float, float]


class Buffer(Struct, frozen=True, rename="camel"):
    """The binary chunk."""

    byte_length: Count


class BufferView(Struct, frozen=True, rename="camel"):
    """A run of bytes of the buffer."""

    byte_length: Count
    byte_offset: Index = 0
    byte_stride: Count | None = None
    target: int | None = None


class Accessor(Struct, frozen=True, rename="camel"):
    """Numbers in a buffer view."""

    buffer_view: Index
    component_type: Literal[5120, 5121, 5122, 5123, 5125, 5126]
    count: Count
    type: Literal["SCALAR", "VEC2", "VEC3"]
    normalized: bool = False
    min: list[float] | None = None
    max: list[float] | None = None


class FeatureIds(Struct, frozen=True, rename="camel"):
    """Which attribute holds feature ids, and the table they are rows of."""

    feature_count: Count
    attribute: Index
    property_table: Index


class MeshFeatures(Struct, frozen=True, rename="camel"):
    """EXT_mesh_features."""

    feature_ids: Annotated[list[FeatureIds], Meta(min_length=1, max_length=1)]


class PrimitiveExtensions(Struct, frozen=True):
    """Extensions of a primitive."""

    mesh_features: MeshFeatures = field(name="EXT_mesh_features")


class Primitive(Struct, frozen=True, rename="camel"):
    """Triangles with their attributes."""

    attributes: dict[str, Index]
    indices: Index
    extensions: PrimitiveExtensions
    mode: Literal[4] = 4


class MeshOfPrimitives(Struct, frozen=True, rename="camel"):
    """A mesh of ours has one primitive."""

    primitives: Annotated[list[Primitive], Meta(min_length=1, max_length=1)]


class Node(Struct, frozen=True, rename="camel"):
    """Where the mesh stands and how large one step of its positions is."""

    mesh: Literal[0]
    translation: Vector
    scale: Vector


class ClassProperty(Struct, frozen=True, rename="camel"):
    """A column as its class declares it."""

    type: Literal["SCALAR", "STRING"]
    component_type: str | None = None
    required: bool = False
    no_data: int | None = None
    default: str | None = None


class Class(Struct, frozen=True, rename="camel"):
    """The columns a table may have."""

    properties: dict[str, ClassProperty]


class Schema(Struct, frozen=True, rename="camel"):
    """The classes by name."""

    id: str
    classes: dict[str, Class]


class PropertyValues(Struct, frozen=True, rename="camel"):
    """Where a column's values stand."""

    values: Index
    string_offsets: Index | None = None
    string_offset_type: Literal["UINT32"] = "UINT32"


class PropertyTable(Struct, frozen=True, rename="camel"):
    """The columns of a class's features."""

    class_: str = field(name="class")
    count: Count
    properties: dict[str, PropertyValues]


class StructuralMetadata(Struct, frozen=True, rename="camel"):
    """EXT_structural_metadata."""

    schema: Schema
    property_tables: Annotated[list[PropertyTable], Meta(min_length=1, max_length=1)]


class GltfExtensions(Struct, frozen=True):
    """Extensions of a whole glTF."""

    structural_metadata: StructuralMetadata = field(name="EXT_structural_metadata")


class Gltf(Struct, frozen=True, rename="camel"):
    """A tile's glTF: one node, one mesh, one table."""

    asset: Asset
    extensions_used: list[str]
    extensions_required: list[str]
    nodes: Annotated[list[Node], Meta(min_length=1, max_length=1)]
    meshes: Annotated[list[MeshOfPrimitives], Meta(min_length=1, max_length=1)]
    accessors: list[Accessor]
    buffer_views: list[BufferView]
    buffers: Annotated[list[Buffer], Meta(min_length=1, max_length=1)]
    extensions: GltfExtensions

    @property
    def primitive(self) -> Primitive:
        """Its only triangles."""
        return self.meshes[0].primitives[0]

    @property
    def table(self) -> PropertyTable:
        """Its only property table."""
        return self.extensions.structural_metadata.property_tables[0]

    @property
    def columns(self) -> dict[str, ClassProperty]:
        """The columns its table's class declares; none where the class is not declared."""
        declared = self.extensions.structural_metadata.schema.classes.get(self.table.class_)
        return declared.properties if declared else {}
