"""Stands a body of the source at rest: arms hang, fingers relax, feet on the ground.

Everybody is brought to this stance by their own joints, so that one skeleton can move them all.
"""

from dataclasses import dataclass

import numpy as np

from shulian.world.rules.avatars import skeleton
from shulian.world.rules.avatars.source import Array, Source, joints, symmetric

LEG = 0.9
"""So high stand the hips' joints of everybody before they get their own height [m]."""

_OUTWARDS = {"slim": 8.0, "average": 10.0, "stout": 17.0}
"""How far the upper arms hang off the vertical, to clear the hips [°]."""


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """A body at rest."""

    vertices: Array
    """(v, 3)"""
    joints: Array
    """(b, 3) of our bones."""


def stand(source: Source, vertices: Array, weight: str) -> Standing:
    """The body of `vertices` (v, 3) at rest."""
    pivots = joints(source, vertices)
    turns = _turns(source, pivots, _OUTWARDS[weight])
    parents = tuple(bone.parent for bone in source.bones)
    carriage = skeleton.carriages(pivots, parents, turns)
    posed = symmetric(source, skeleton.carried(vertices, source.weights, carriage))
    taken = np.einsum("bij,bj->bi", carriage[:, :, :3], pivots) + carriage[:, :, 3]
    ours = skeleton.joints(source, taken)
    feet = posed[np.unique(source.faces["helper-tights"])][:, 1].min()
    hip = ours[skeleton.PLACE["LeftUpLeg"]]
    scale = LEG / (hip[1] - feet)
    origin = np.array([0.0, feet, hip[2]])
    return Standing((posed - origin) * scale, (ours - origin) * scale)


def _turns(source: Source, pivots: Array, outwards: float) -> Array:
    places = {bone.name: index for index, bone in enumerate(source.bones)}
    turns = np.tile(np.eye(3), (len(source.bones), 1, 1))
    for side, sign in (("Left", 1.0), ("Right", -1.0)):
        shoulder, elbow, wrist = (pivots[places[side + one]] for one in ("Arm", "ForeArm", "Hand"))
        hang = np.radians(outwards)
        upper = skeleton.between(
            elbow - shoulder, np.array([sign * np.sin(hang), -np.cos(hang), -0.07])
        )
        lower = np.radians(outwards * 0.35)
        fore = skeleton.between(
            upper @ (wrist - elbow), np.array([sign * np.sin(lower), -np.cos(lower), 0.17])
        )
        turns[places[f"{side}Arm"]] = upper
        # The bones turn along axes of the source, before their parents turn them.
        turns[places[f"{side}ForeArm"]] = upper.T @ fore @ upper
        arm = fore @ upper
        turns[places[f"{side}Hand"]] = arm.T @ skeleton.about("y", sign * -8.0) @ arm
        _relax(places, turns, pivots, side, arm, sign)
        hip, ankle = pivots[places[f"{side}UpLeg"]], pivots[places[f"{side}Foot"]]
        way = ankle - hip
        leg = skeleton.between(way, np.array([-sign * 0.008, way[1], way[2] * 0.5]))
        turns[places[f"{side}UpLeg"]] = leg
        turns[places[f"{side}Foot"]] = leg.T @ skeleton.about("y", sign * 4.0)
    return turns


def _relax(
    places: dict[str, int],
    turns: Array,
    pivots: Array,
    side: str,
    arm: Array,
    sign: float,
) -> None:
    """Curls the fingers a little; the last ones more."""
    across = arm @ (pivots[places[f"{side}HandPinky1"]] - pivots[places[f"{side}HandIndex1"]])
    axis = arm.T @ (across / np.linalg.norm(across))
    for finger, much in (("Index", 13.0), ("Middle", 18.0), ("Ring", 22.0), ("Pinky", 24.0)):
        for joint in (1, 2, 3):
            turns[places[f"{side}Hand{finger}{joint}"]] = _turn(axis, sign * much)


def _turn(axis: Array, degrees: float) -> Array:
    """(3, 3) a turn about any axis of length 1."""
    turn = np.radians(degrees)
    x, y, z = axis
    skew = np.array([[0.0, -z, y], [z, 0.0, -x], [-y, x, 0.0]])
    return np.eye(3) + np.sin(turn) * skew + (1.0 - np.cos(turn)) * (skew @ skew)
