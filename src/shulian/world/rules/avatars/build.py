"""Builds the model of all avatars from the source: the same bytes from the same source, always."""

from dataclasses import dataclass
from typing import Any, cast

import numpy as np
from scipy import sparse
from scipy.spatial import KDTree

from shulian.world.rules.avatars import hair, hem, light, people, skeleton, stance, wear
from shulian.world.rules.avatars.meshes import LOOKS, Chosen, choose
from shulian.world.rules.avatars.model import Kind, Model
from shulian.world.rules.avatars.motion import CLIPS, baked
from shulian.world.rules.avatars.outfits import OUTFITS
from shulian.world.rules.avatars.skeleton import PLACE
from shulian.world.rules.avatars.source import Array, Index, Source
from shulian.world.rules.avatars.tubes import grid, normals

Smoother = Any
"""A sparse matrix (v, v) of scipy, which says nothing of its types."""

SHAPES = 6
COLUMNS = max(len(OUTFITS), len(hair.STYLES))
_SMOOTH = 5


@dataclass(frozen=True, slots=True, eq=False)
class _Body:
    """The neutral body and all corners, with every vertex of the source."""

    neutral: Array
    normals: Array
    joints: Array
    weights: Array
    corners: Array
    """(corners, v, 3) differences from neutral."""
    light: Array
    tights: Index
    """(t, 3)"""


def build(source: Source) -> Model:
    """The model of all avatars."""
    body = _bodies(source)
    chosen = choose(
        source, body.neutral, body.light, wear.arm_of(body.neutral, body.weights, body.joints)
    )
    head = hair.Head(body.neutral[chosen.head])
    wears, surfaces = _worn(body, chosen, head, source)
    parts = _parts(body, chosen, wears)
    shapes, mixes = _shapes(body, chosen, parts)
    bones, shares = _strongest(parts.weights)
    return Model(
        vertices=parts.vertices,
        kinds=parts.kinds,
        places=parts.places,
        light=parts.light,
        bones=bones,
        weights=shares,
        levels=chosen.levels,
        shapes=shapes,
        mixes=mixes,
        statures=_statures(body, source),
        wear=wears - parts.vertices,
        normals=surfaces,
        joints=body.joints,
        clips=tuple(baked(clip, body.joints) for clip in CLIPS),
        eye=body.neutral[np.unique(source.faces["helper-l-eye"])].mean(axis=0),
    )


def triangles(quads: Index) -> Index:
    """(t, 3) of quads (f, 4)."""
    return np.concatenate([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]])


def _bodies(source: Source) -> _Body:
    standing = [
        stance.stand(
            source,
            people.body(source, people.SEXES[s], people.AGES[a], people.WEIGHTS[w]),
            people.WEIGHTS[w],
        )
        for s, a, w in people.CORNERS
    ]
    middle = [people.CORNERS.index((sex, 1, 1)) for sex in (0, 1)]
    neutral = np.mean([standing[one].vertices for one in middle], axis=0)
    tights = triangles(source.faces["helper-tights"])
    smooth = _smoother(source.faces["helper-tights"], len(neutral))
    corners = np.stack([one.vertices - neutral for one in standing])
    neutral = _eased(neutral, smooth, np.unique(tights))
    for index in range(len(corners)):
        for _ in range(_SMOOTH):
            corners[index] = smooth @ corners[index]
    skin = triangles(source.faces["body"])
    eyes = triangles(np.concatenate([source.faces["helper-l-eye"], source.faces["helper-r-eye"]]))
    surface = normals(neutral, np.concatenate([skin, tights, eyes]))
    cover = np.unique(np.concatenate([skin, tights]))
    middles = np.concatenate([neutral[cover], neutral[skin].mean(axis=1)])
    return _Body(
        neutral,
        surface,
        np.mean([standing[one].joints for one in middle], axis=0),
        skeleton.weights(source),
        corners,
        light.seen(neutral, surface, middles),
        tights,
    )


def _eased(neutral: Array, smooth: Smoother, cloth: Index) -> Array:
    """The body under a shell without the ridges of muscles, most of all at the shoulders."""
    found: Array = neutral.copy()
    softer: Array = neutral.copy()
    for _ in range(4):
        found = smooth @ found
    for _ in range(7):
        softer = smooth @ softer
    shoulders = np.exp(-(((neutral[:, 1] - 1.385) / 0.075) ** 2)) * np.clip(
        (np.abs(neutral[:, 0]) - 0.10) / 0.05, 0, 1
    )
    eased = found + (softer - found) * (0.5 * shoulders)[:, None]
    # Smoothing draws limbs in; the edges at neck, wrists and feet stay where they are.
    held = np.clip((neutral[:, 1] - 0.10) / 0.05, 0.0, 1.0) * np.clip(
        (1.46 - neutral[:, 1]) / 0.04, 0.0, 1.0
    )
    result = neutral.copy()
    result[cloth] += (eased[cloth] - neutral[cloth]) * held[cloth, None]
    return result


def _smoother(quads: Index, count: int) -> Smoother:
    """Replaces each vertex of `quads` by the mean of itself and its neighbours; others stay."""
    rows = np.concatenate([quads[:, a] for a in (0, 1, 2, 3, 1, 2, 3, 0)])
    others = np.concatenate([quads[:, b] for b in (1, 2, 3, 0, 0, 1, 2, 3)])
    near = sparse.csr_array((np.ones(len(rows)), (rows, others)), shape=(count, count))
    near.data[:] = 1.0
    both = cast("Smoother", near + sparse.eye_array(count))
    shares = cast("Smoother", sparse.diags_array(1.0 / both.sum(axis=1)))
    return (shares @ both).tocsr()


@dataclass(frozen=True, slots=True, eq=False)
class _Parts:
    vertices: Array
    kinds: Index
    places: Array
    light: Array
    weights: Array


def _worn(body: _Body, chosen: Chosen, head: hair.Head, source: Source) -> tuple[Array, Array]:
    """(c, n, 3) where the vertices are in each column, and the normals there."""
    cloth = np.unique(body.tights)
    skin = np.unique(source.faces["body"])
    one = wear.shell(
        body.neutral[cloth],
        body.normals[cloth],
        body.weights[cloth],
        body.joints,
        body.neutral[skin],
        body.normals[skin],
    )
    places = np.concatenate([cloth[(one.arm < -0.25)]])  # noqa: PLR2004 no arms
    reach = hem.girth(body.neutral[places])
    wears = np.zeros((COLUMNS, chosen.count, 3))
    surfaces = np.zeros_like(wears)
    for column in range(COLUMNS):
        dense, dense_normals = body.neutral.copy(), body.normals.copy()
        outfit = OUTFITS[min(column, len(OUTFITS) - 1)]
        dense[cloth] += wear.worn(one, outfit)
        dense_normals[cloth] = normals(dense, body.tights)[cloth]
        style = hair.STYLES[min(column, len(hair.STYLES) - 1)]
        tubes = [hem.tube(outfit, reach), hair.cap(style, head), hair.tail(style, head)]
        wears[column] = np.concatenate([dense[chosen.kept], *tubes])
        around = [
            normals(points, grid(look.columns, look.rows, 0))
            for points, look in zip(tubes, LOOKS, strict=True)
        ]
        surfaces[column] = np.concatenate([dense_normals[chosen.kept], *around])
    return wears, surfaces


def _parts(body: _Body, chosen: Chosen, wears: Array) -> _Parts:
    kept, first = chosen.kept, len(chosen.kept)
    sizes = [look.columns * look.rows for look in LOOKS]
    tubes = wears[0, first:]
    vertices = np.concatenate([body.neutral[kept], tubes])
    kinds = np.concatenate(
        [
            chosen.kinds,
            *(np.full(n, k) for n, k in zip(sizes, (Kind.HEM, Kind.HAIR, Kind.HAIR), strict=True)),
        ]
    )
    hang = tubes[sizes[0] :]
    share = hair.weights_of(hang, body.joints[PLACE["Head"]], body.joints[PLACE["Breast"]])
    falls = np.zeros((len(hang), len(skeleton.BONES)))
    rows = np.repeat(np.arange(LOOKS[1].rows), LOOKS[1].columns)
    # Rows below the cap follow the shoulders the more the lower they are.
    share[: sizes[1]] = np.where(rows < hair.CAP, 1.0, 1.0 - 0.15 * (rows - hair.CAP + 1))
    share[sizes[1] :] = 1.0
    falls[:, PLACE["Head"]], falls[:, PLACE["Breast"]] = share, 1.0 - share
    arm = wear.arm_of(body.neutral[kept], body.weights[kept], body.joints)
    down = [
        np.repeat(np.arange(look.rows) / scale, look.columns)
        for look, scale in zip(LOOKS, (hem.ROWS - 1, hair.CAP - 1, hair.TAIL_ROWS - 1), strict=True)
    ]
    shade = [np.ones(sizes[0]), np.where(rows < hair.CAP, 1.0, 0.9), np.ones(sizes[2])]
    return _Parts(
        vertices,
        kinds.astype(np.int64),
        np.concatenate([arm, *down]),
        np.concatenate([body.light[kept], *shade]),
        np.concatenate([body.weights[kept], hem.weights(), falls]),
    )


def _shapes(body: _Body, chosen: Chosen, parts: _Parts) -> tuple[Array, Array]:
    """(k, n, 3) the shapes people differ by, and (corners, k) how much of each they have."""
    kept, tubes = chosen.kept, parts.vertices[len(chosen.kept) :]
    of_hem = parts.kinds[len(kept) :] == Kind.HEM
    arms = wear.arm_of(body.neutral, body.weights, body.joints)
    cloth = np.unique(body.tights)
    trunk = cloth[(arms[cloth] < -0.25) & (body.neutral[cloth, 1] > 0.82)]  # noqa: PLR2004
    deltas = np.zeros((len(body.corners), len(parts.vertices), 3))
    deltas[:, : len(kept)] = body.corners[:, kept]
    for group, of, flat in ((of_hem, trunk, True), (~of_hem, chosen.head, False)):
        lifted = tubes[group].copy()
        if flat:
            lifted[:, 1] = np.maximum(lifted[:, 1], 0.87)
        near = np.asarray(KDTree(body.neutral[of]).query(lifted, k=8)[1], np.int64)
        moved = body.corners[:, of[near]].mean(axis=2)
        if flat:
            moved[:, :, 1] = 0.0
        deltas[:, len(kept) + np.flatnonzero(group)] = moved
    flat_deltas = deltas.reshape(len(deltas), -1)
    left, sizes, right = np.linalg.svd(flat_deltas, full_matrices=False)
    shapes = right[:SHAPES] * sizes[:SHAPES, None] / np.sqrt(len(deltas))
    mixes = left[:, :SHAPES] * np.sqrt(len(deltas))
    signs = np.where(mixes[0] < 0, -1.0, 1.0)
    return (shapes * signs[:, None]).reshape(SHAPES, -1, 3), mixes * signs


def _statures(body: _Body, source: Source) -> Array:
    skin = np.unique(source.faces["body"])
    found: list[float] = []
    for (sex, age, _), moved in zip(people.CORNERS, body.corners, strict=True):
        height = (body.neutral[skin] + moved[skin])[:, 1].max()
        found.append(people.HEIGHTS[people.SEXES[sex], people.AGES[age]] / height)
    return np.array(found)


def _strongest(weights: Array) -> tuple[Index, Index]:
    """(n, 4) bones and shares out of 255."""
    bones = np.argsort(-weights, axis=1, kind="stable")[:, :4]
    shares = np.take_along_axis(weights, bones, axis=1)
    shares /= shares.sum(axis=1, keepdims=True)
    whole = np.floor(shares * 255.0 + 0.5).astype(np.int64)
    whole[:, 0] += 255 - whole.sum(axis=1)
    return bones, whole
