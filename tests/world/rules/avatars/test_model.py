"""The model of all avatars, as it is built from the real bodies."""

import numpy as np
import pytest

from shulian.world.rules.avatars import people
from shulian.world.rules.avatars.build import COLUMNS, SHAPES
from shulian.world.rules.avatars.hair import STYLES
from shulian.world.rules.avatars.model import Kind, Model
from shulian.world.rules.avatars.outfits import OUTFITS
from shulian.world.rules.avatars.skeleton import NAMES


def test_levels_have_the_triangles_they_may(model: Model) -> None:
    counts = [len(level) for level in model.levels]

    assert [
        low <= count <= high
        for count, (low, high) in zip(counts, [(3500, 4500), (700, 1100), (180, 300)], strict=True)
    ] == [True] * 3


def test_levels_use_vertices_there_are(model: Model) -> None:
    assert [
        bool((level >= 0).all() and (level < len(model.vertices)).all()) for level in model.levels
    ] == [True] * 3


def test_every_vertex_is_carried_in_full(model: Model) -> None:
    assert set(model.weights.sum(axis=1).tolist()) == {255}


def test_weights_are_no_debts(model: Model) -> None:
    assert int(model.weights.min()) == 0


def test_bones_are_of_the_skeleton(model: Model) -> None:
    assert (int(model.bones.min()), int(model.bones.max()) < len(NAMES)) == (0, True)


def test_nothing_is_without_number(model: Model) -> None:
    arrays = [
        model.vertices,
        model.places,
        model.light,
        model.shapes,
        model.wear,
        model.normals,
        *model.clips,
    ]

    assert [bool(np.isfinite(array).all()) for array in arrays] == [True] * len(arrays)


def test_tables_have_their_sizes(model: Model) -> None:
    count = len(model.vertices)

    assert (model.shapes.shape, model.wear.shape, model.mixes.shape) == (
        (SHAPES, count, 3),
        (COLUMNS, count, 3),
        (len(people.CORNERS), SHAPES),
    )


def test_the_body_is_the_same_on_both_sides(model: Model) -> None:
    body = np.isin(model.kinds, (Kind.SKIN, Kind.CLOTH, Kind.EYE))
    points = np.round(model.vertices[body], 6)
    mirrored = np.round(points * (-1.0, 1.0, 1.0), 6) + 0.0

    assert sorted((points + 0.0).tolist()) == sorted(mirrored.tolist())


@pytest.mark.parametrize("corner", range(len(people.CORNERS)))
def test_everybody_is_as_tall_as_people_are(model: Model, corner: int) -> None:
    shaped = model.vertices + np.tensordot(model.mixes[corner], model.shapes, axes=1)
    height = shaped[model.kinds == Kind.SKIN][:, 1].max() * model.statures[corner]

    assert 1.4 < height < 2.1


@pytest.mark.parametrize("column", range(len(OUTFITS)))
def test_feet_stand_on_the_ground(model: Model, column: int) -> None:
    lowest = (model.vertices + model.wear[column])[:, 1].min()

    assert -0.02 < lowest < 0.02


@pytest.mark.parametrize("column", [index for index, one in enumerate(OUTFITS) if one.sleeve > 0.4])
def test_sleeves_lie_outside_the_arm(model: Model, column: int) -> None:
    outfit = OUTFITS[column]
    sleeve = (
        (model.kinds == Kind.CLOTH) & (model.places > 0.0) & (model.places < outfit.sleeve - 0.1)
    )
    out = np.einsum("vi,vi->v", model.wear[column][sleeve], model.normals[column][sleeve])

    assert bool((out > 0.0).mean() > 0.9)


@pytest.mark.parametrize("column", [index for index, one in enumerate(OUTFITS) if one.hem])
def test_hems_end_where_the_table_says(model: Model, column: int) -> None:
    hem = OUTFITS[column].hem
    tube = (model.vertices + model.wear[column])[model.kinds == Kind.HEM]

    assert hem is not None
    assert round(float(tube[:, 1].min()), 6) == hem.bottom


def test_hair_lies_about_the_head(model: Model) -> None:
    crown = model.vertices[model.kinds == Kind.SKIN][:, 1].max()
    tops = [
        (model.vertices + model.wear[style])[model.kinds == Kind.HAIR][:, 1].max()
        for style in range(len(STYLES) - 1)
    ]

    assert [bool(crown - 0.01 < top < crown + 0.08) for top in tops] == [True] * len(tops)


def test_the_shaved_show_no_hair(model: Model) -> None:
    crown = model.vertices[model.kinds == Kind.SKIN][:, 1].max()
    top = (model.vertices + model.wear[len(STYLES) - 1])[model.kinds == Kind.HAIR][:, 1].max()

    assert bool(top < crown)
