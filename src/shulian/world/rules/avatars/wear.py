"""Dresses the shell of the body: each outfit moves its vertices out to cloth, or in to the skin.

Symbols: v vertices of the shell, all at rest.
"""

from dataclasses import dataclass

import numpy as np
from scipy.spatial import KDTree

from shulian.world.rules.avatars.outfits import Outfit, along
from shulian.world.rules.avatars.skeleton import PLACE
from shulian.world.rules.avatars.source import Array

_ARM = ("Arm", "ForeArm", "Hand", "Fingers")
_LEG = ("UpLeg", "Leg", "Foot", "Toes")


@dataclass(frozen=True, slots=True, eq=False)
class Shell:
    """What is dressed, and what one needs to know of it."""

    vertices: Array
    """(v, 3)"""
    normals: Array
    """(v, 3)"""
    skin: Array
    """(v, 3) from each vertex to the body below."""
    arm: Array
    """(v,) along the arm: 0 shoulder, 1 elbow, 2 wrist; -0.3 elsewhere."""
    leg: Array
    """(v,) how much of it is leg, 0–1."""
    joints: Array
    """(b, 3)"""


def shell(
    vertices: Array, normals: Array, weights: Array, joints: Array, body: Array, out: Array
) -> Shell:
    """The shell `vertices` over the points `body` with normals `out`."""
    near = np.asarray(KDTree(body).query(vertices)[1], np.int64)
    skin = out[near] * np.einsum("vi,vi->v", body[near] - vertices, out[near])[:, None]
    leg = sum(weights[:, PLACE[side + one]] for side in ("Left", "Right") for one in _LEG)
    return Shell(
        vertices, normals, skin, arm_of(vertices, weights, joints), np.asarray(leg), joints
    )


def arm_of(vertices: Array, weights: Array, joints: Array) -> Array:
    """(v,) along the arm, as `Shell.arm`."""
    found = np.full(len(vertices), -0.3)
    for side in ("Left", "Right"):
        share = weights[:, [PLACE[side + one] for one in _ARM]].sum(axis=1)
        shoulder, elbow, wrist = (joints[PLACE[side + one]] for one in ("Arm", "ForeArm", "Hand"))
        upper, lower = elbow - shoulder, wrist - elbow
        first = (vertices - shoulder) @ upper / (upper @ upper)
        second = (vertices - elbow) @ lower / (lower @ lower)
        low = second > 0.0
        own = np.minimum(first, 1.0)
        own[low] = 1.0 + np.maximum(second, first - 1.0)[low]
        found = np.where(share > 0.5, np.clip(own, -0.2, 3.0), found)  # noqa: PLR2004 mostly arm
    return found


def worn(one: Shell, outfit: Outfit) -> Array:
    """(v, 3) how `outfit` moves the shell."""
    moved = one.skin.copy()
    y = one.vertices[:, 1]
    is_arm = one.arm > -0.25  # noqa: PLR2004
    torso = ~is_arm & (y > 0.86)  # noqa: PLR2004 [m]
    cloth = torso | (is_arm & (one.arm < along(outfit)))
    moved[cloth] = one.normals[cloth] * outfit.thick
    _cut_neck(moved, one, outfit)
    if outfit.cuff:
        _widen_sleeves(moved, one, outfit)
    if outfit.leg_end < 0.9:  # noqa: PLR2004 [m]
        _put_on_trousers(moved, one, outfit)
    elif outfit.hem is not None:
        _draw_in_legs(moved, one, outfit.hem.bottom)
    _put_on_shoes(moved, one, outfit)
    return moved


def _cut_neck(moved: Array, one: Shell, outfit: Outfit) -> None:
    """Cloth ends at the neck: above the collar's height the shell lies on the skin."""
    neck = one.joints[PLACE["Neck"]][1]
    high = {2: 0.060, 1: 0.045, 6: 0.03, 3: 0.03, 4: 0.028, 5: -0.03}.get(outfit.collar, 0.0)
    middle = np.hypot(one.vertices[:, 0], one.vertices[:, 2]) < 0.095  # noqa: PLR2004 [m]
    bare = middle & (one.vertices[:, 1] > neck + high)
    moved[bare] = one.skin[bare] - one.normals[bare] * 0.004


def _widen_sleeves(moved: Array, one: Shell, outfit: Outfit) -> None:
    end = along(outfit)
    for side in ("Left", "Right"):
        sign = 1.0 if side == "Left" else -1.0
        shoulder, elbow, wrist = (one.joints[PLACE[side + n]] for n in ("Arm", "ForeArm", "Hand"))
        mine = (one.arm > 0.2) & (one.arm < end) & (one.vertices[:, 0] * sign > 0)  # noqa: PLR2004
        arm = one.arm[mine][:, None]
        axis = shoulder + (elbow - shoulder) * np.minimum(arm, 1.0)
        axis += (wrist - elbow) * np.maximum(arm - 1.0, 0.0)
        way = one.vertices[mine] + moved[mine] - axis
        far = np.maximum(np.linalg.norm(way, axis=1), 1e-6)
        share = np.clip((one.arm[mine] - 0.2) / (end - 0.2), 0.0, 1.0) ** 1.6
        wanted = far + (np.maximum(outfit.cuff, far) - far) * share
        moved[mine] += way * (wanted / far - 1.0)[:, None]


def _put_on_trousers(moved: Array, one: Shell, outfit: Outfit) -> None:
    for side, sign in (("Left", 1.0), ("Right", -1.0)):
        hip, knee, ankle = (one.joints[PLACE[side + n]] for n in ("UpLeg", "Leg", "Foot"))
        x, y = one.vertices[:, 0] * sign, one.vertices[:, 1]
        mine = (one.leg > 0.5) & (x >= 0.0) & (y > outfit.leg_end) & (one.arm < -0.25)  # noqa: PLR2004
        moved[mine] = one.normals[mine] * 0.009
        height = y[mine]
        axis = np.column_stack(
            [
                np.interp(height, (ankle[1], knee[1], hip[1]), line)
                for line in zip(ankle[[0, 2]], knee[[0, 2]], hip[[0, 2]], strict=True)
            ]
        )
        way = (one.vertices[mine] + moved[mine])[:, [0, 2]] - axis
        far = np.maximum(np.linalg.norm(way, axis=1), 1e-6)
        share = np.clip((0.80 - height) / max(0.80 - outfit.leg_end, 0.05), 0.0, 1.0)
        wide = 0.085 + (outfit.leg_width - 0.085) * share
        wanted = far + (np.maximum(wide, far) - far) * np.minimum(share * 3.0, 1.0)
        moved[np.ix_(mine, np.array([0, 2]))] += way * (wanted / far - 1.0)[:, None]
        inside = np.flatnonzero(mine)
        across = (one.vertices[inside, 0] + moved[inside, 0]) * sign
        moved[inside, 0] += sign * np.maximum(0.004 - across, 0.0)


def _draw_in_legs(moved: Array, one: Shell, bottom: float) -> None:
    """Under a skirt the legs are thinner, so that they never come through it."""
    for side, sign in (("Left", 1.0), ("Right", -1.0)):
        hip, knee = one.joints[PLACE[side + "UpLeg"]], one.joints[PLACE[side + "Leg"]]
        y = one.vertices[:, 1]
        mine = (one.leg > 0.3) & (one.vertices[:, 0] * sign >= 0.0) & (y > bottom + 0.10)  # noqa: PLR2004 [m]
        share = np.clip((hip[1] - y[mine]) / (hip[1] - knee[1]), 0.0, 1.0)[:, None]
        axis = hip + (knee - hip) * share
        way = one.vertices[mine] - axis
        way[:, 1] = 0.0
        moved[mine] -= way * 0.3


def _put_on_shoes(moved: Array, one: Shell, outfit: Outfit) -> None:
    y = one.vertices[:, 1]
    foot = (y < outfit.shoe) & (one.leg > 0.5)  # noqa: PLR2004
    moved[foot] = one.normals[foot] * 0.009
    low = foot & (y < 0.05)  # noqa: PLR2004 [m]
    # A shoe has no toes, and stands on a flat sole.
    moved[low] += one.normals[low] * (0.006, 0.0, 0.004)
    soles = np.flatnonzero(foot & (y + moved[:, 1] < 0.016))  # noqa: PLR2004 [m]
    moved[soles, 1] = -y[soles] + np.where(one.normals[soles, 1] < -0.3, 0.0, 0.010)  # noqa: PLR2004
