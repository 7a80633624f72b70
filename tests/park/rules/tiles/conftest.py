"""A small park whose tileset the tests of this folder look at."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from shulian.kit.text import Text
from shulian.park.rules.tiles.bodies import from_shapes
from shulian.park.rules.tiles.build import build, exteriors
from shulian.park.rules.tiles.gltf import Table, write_glb
from shulian.park.rules.tiles.massing import massing
from shulian.park.rules.tiles.storeys import StoreyModel
from shulian.park.types import (
    Mesh,
    Place,
    Prism,
    Ring,
    Scenery,
    SceneryId,
    SceneryKind,
    Shape,
    Space,
    SpaceId,
    SpaceKind,
    SpaceStatus,
)

PARK = SpaceId("park")


def square(east: float, north: float, side: float = 20.0) -> Ring:
    return (
        (east, north),
        (east + side, north),
        (east + side, north + side),
        (east, north + side),
    )


def block(ring: Ring, top: float, base: float = 0.0) -> Prism:
    return Prism((ring,), base, top)


@pytest.fixture(scope="session")
def spaces() -> list[Space]:
    """A phase from 2024 with a tower of two storeys and a tent; a court; a building of no shape."""
    phase = SpaceId("phase")
    tower = Space(
        SpaceId("tower"),
        phase,
        SpaceKind.BUILDING,
        Text("数链塔", "Shulian Tower"),
        shape=Shape((block(square(0, 0, 40), 12), block(square(10, 10), 90, 12))),
        delivered=date(2025, 6, 1),
        status=SpaceStatus.BUILDING,
    )
    peak = ((60.0, 0.0, 0.0), (80.0, 0.0, 0.0), (70.0, 20.0, 0.0), (70.0, 8.0, 15.0))
    faces = ((0, 1, 3), (1, 2, 3), (2, 0, 3))
    tent = Space(
        SpaceId("tent"),
        phase,
        SpaceKind.BUILDING,
        Text("帐篷", ""),
        shape=Shape(mesh=Mesh(tuple(peak[corner] for face in faces for corner in face))),
    )
    court = Space(
        SpaceId("court"),
        PARK,
        SpaceKind.BUILDING,
        Text("", "Court"),
        shape=Shape((Prism((square(0, 60), square(5, 65, 10)[::-1]), 0, 21.6),)),
    )
    lost = Space(SpaceId("lost"), PARK, SpaceKind.BUILDING, Text("无形", "Bodiless"))
    storey = Space(SpaceId("tower-0"), tower.id, SpaceKind.STOREY, Text("一层", "Ground"))
    return [
        Space(PARK, None, SpaceKind.PARK, Text("园", "Park")),
        Space(phase, PARK, SpaceKind.PHASE, Text("一期", "Phase 1"), delivered=date(2024, 1, 1)),
        tower,
        storey,
        replace(storey, id=SpaceId("tower/2"), order=1),
        tent,
        court,
        lost,
    ]


@pytest.fixture(scope="session")
def scenery() -> list[Scenery]:
    def piece(name: str, kind: SceneryKind, *rings: Ring, trees: Ring = ()) -> Scenery:
        polygons = tuple((ring,) for ring in rings)
        return Scenery(SceneryId(name), PARK, kind, Text(name, name), polygons, trees)

    return [
        piece("street", SceneryKind.ROAD, square(-50, -20), square(-30, -20)),
        piece("lawn", SceneryKind.GREEN, square(-60, -60, 300)),
        piece("wood", SceneryKind.TREE, trees=((1, 2), (3, 4))),
    ]


@pytest.fixture(scope="session")
def storeys() -> list[StoreyModel]:
    """The two storeys of the tower, the upper with an id that is no file name."""
    models: list[StoreyModel] = []
    for order, name in enumerate(["tower-0", "tower/2"]):
        shape = Shape((block(square(0, 0, 40), 5.0 * order + 0.2, 5.0 * order),))
        columns = {
            "id": [name],
            "zh": ["层"],
            "en": ["Storey"],
            "kind": np.array([4], np.uint8),
            "part": np.array([0], np.uint8),
        }
        glb = write_glb(massing(from_shapes([shape])), Table("space", columns))
        models.append(
            StoreyModel(
                building=SpaceId("tower"),
                storey=SpaceId(name),
                name=Text("层", "Storey"),
                order=order,
                base=5.0 * order,
                height=5.0,
                center=(20, 20),
                bounds=(0, 0, 40, 40),
                glb=glb,
            )
        )
    return models[::-1]


@pytest.fixture(scope="session")
def place() -> Place:
    return Place(PARK, 121.59, 31.2)


@pytest.fixture(scope="session")
def files(
    place: Place, spaces: list[Space], scenery: list[Scenery], storeys: list[StoreyModel]
) -> dict[str, bytes]:
    """The files of the small park's tileset."""
    return dict(build(place, exteriors(spaces), scenery, storeys))
