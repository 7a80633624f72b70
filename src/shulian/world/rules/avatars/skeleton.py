"""The rig of an avatar: few bones, their joints, and how they carry each other.

Symbols: b bones, n source bones, v vertices. A pose is a rotation (b, 3, 3) of each bone about its
joint, along the axes of the world as the body rests; a carriage (b, 3, 4) takes a point from rest
to where its bone has it.
"""

from typing import NamedTuple

import numpy as np

from shulian.world.rules.avatars.source import Array, Index, Source


class Bone(NamedTuple):
    """A bone and which of the source's it gathers, by the beginnings of their names."""

    name: str
    parent: str
    gathers: tuple[str, ...]


def _sides(name: str, parent: str, gathers: tuple[str, ...], *, middle: bool = False) -> list[Bone]:
    return [
        Bone(side + name, parent if middle else side + parent, tuple(side + one for one in gathers))
        for side in ("Left", "Right")
    ]


_FINGERS = ("HandIndex", "HandMiddle", "HandRing", "HandPinky")
BONES: tuple[Bone, ...] = (
    Bone("Hips", "", ("Hips",)),
    Bone("Spine", "Hips", ("Spine",)),
    Bone("Chest", "Spine", ("Spine1",)),
    Bone("Breast", "Chest", ("Spine2",)),
    Bone("Neck", "Breast", ("Neck",)),
    Bone("Head", "Neck", ("Head",)),
    *_sides("Shoulder", "Breast", ("Shoulder",), middle=True),
    *_sides("Arm", "Shoulder", ("Arm",)),
    *_sides("ForeArm", "Arm", ("ForeArm",)),
    *_sides("Hand", "ForeArm", ("Hand", "HandThumb1", "HandThumb2", "HandThumb3")),
    *_sides("Fingers", "Hand", tuple(f"{one}{joint}" for one in _FINGERS for joint in (1, 2, 3))),
    *_sides("UpLeg", "Hips", ("UpLeg",), middle=True),
    *_sides("Leg", "UpLeg", ("Leg",)),
    *_sides("Foot", "Leg", ("Foot",)),
    *_sides("Toes", "Foot", ("ToeBase",)),
    Bone("HemFront", "Hips", ()),
    Bone("HemBack", "Hips", ()),
)
NAMES = tuple(bone.name for bone in BONES)
PLACE = {name: index for index, name in enumerate(NAMES)}
PARENTS = tuple(PLACE.get(bone.parent, -1) for bone in BONES)


def gathered(source: Source) -> Index:
    """(n,) which of our bones each of the source's belongs to."""
    found = np.zeros(len(source.bones), np.int64)
    for index, bone in enumerate(BONES):
        for place, one in enumerate(source.bones):
            if one.name in bone.gathers:
                found[place] = index
    return found


def joints(source: Source, there: Array) -> Array:
    """(b, 3) our joints: those of the first of the source's bones (n, 3) that each gathers."""
    places = {bone.name: index for index, bone in enumerate(source.bones)}
    found = np.zeros((len(BONES), 3))
    for index, bone in enumerate(BONES):
        if bone.name.endswith("Fingers"):
            found[index] = np.mean([there[places[one]] for one in bone.gathers[::3]], axis=0)
        elif bone.gathers:
            found[index] = there[places[bone.gathers[0]]]
    for hem in ("HemFront", "HemBack"):
        found[PLACE[hem]] = (found[PLACE["LeftUpLeg"]] + found[PLACE["RightUpLeg"]]) / 2.0
    return found


def weights(source: Source) -> Array:
    """(v, b) how much each of our bones carries of each vertex of the source."""
    found = np.zeros((len(source.vertices), len(BONES)))
    np.add.at(found.T, gathered(source), source.weights.T)
    return found


def about(axis: str, degrees: float) -> Array:
    """(3, 3) a turn about an axis of the world, counter-clockwise seen from its end."""
    turn = np.radians(degrees)
    cos, sin = np.cos(turn), np.sin(turn)
    first, second = {"x": (1, 2), "y": (2, 0), "z": (0, 1)}[axis]
    matrix = np.eye(3)
    matrix[first, first] = matrix[second, second] = cos
    matrix[first, second], matrix[second, first] = -sin, sin
    return matrix


def between(start: Array, end: Array) -> Array:
    """(3, 3) the least turn that takes the direction `start` to `end`."""
    a, b = start / np.linalg.norm(start), end / np.linalg.norm(end)
    x, y, z = np.cross(a, b)
    skew = np.array([[0.0, -z, y], [z, 0.0, -x], [-y, x, 0.0]])
    return np.eye(3) + skew + skew @ skew / (1.0 + a @ b)


def carriages(
    pivots: Array, parents: tuple[int, ...], turns: Array, shift: Array | None = None
) -> Array:
    """(b, 3, 4) where each bone takes the points of rest; the root is moved by `shift` [m].

    pivots  (b, 3)     joints at rest
    turns   (b, 3, 3)  of each bone, on top of its parent's
    """
    found = np.zeros((len(parents), 3, 4))
    for bone, parent in enumerate(parents):
        own = np.column_stack([turns[bone], pivots[bone] - turns[bone] @ pivots[bone]])
        if parent < 0:
            found[bone] = own
            found[bone, :, 3] += 0.0 if shift is None else shift
        else:
            found[bone] = _after(found[parent], own)
    return found


def _after(outer: Array, inner: Array) -> Array:
    product = outer[:, :3] @ inner
    product[:, 3] += outer[:, 3]
    return product


def carried(vertices: Array, shares: Array, carriage: Array) -> Array:
    """(v, 3) where `vertices` are taken by the bones that share them (v, b)."""
    mixed = np.tensordot(shares, carriage, axes=1)
    return np.einsum("vij,vj->vi", mixed[:, :, :3], vertices) + mixed[:, :, 3]
