"""How avatars move: each clip is a function of its phase, baked into carriages of all bones.

Gaits carry the whole body; gestures carry the bones they name, whatever the gait does to others.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from shulian.world.rules.avatars.limbs import SIDES, Pose
from shulian.world.rules.avatars.skeleton import NAMES, PARENTS, PLACE, carriages
from shulian.world.rules.avatars.source import Array

_TURN = 2.0 * np.pi


@dataclass(frozen=True, slots=True)
class Clip:
    """A motion that repeats."""

    name: str
    frames: int
    seconds: float
    """How long one round takes, where nothing else decides."""
    stride: float
    """How far one round carries [m]; 0 for motions on the spot."""
    pose: Callable[[Pose, float], None]
    """Sets the pose at a phase 0–1."""
    bones: tuple[str, ...] = ()
    """Which bones a gesture carries: names that end so; none: all."""


def _idle(pose: Pose, phase: float) -> None:
    breath, sway = np.sin(_TURN * phase), np.sin(_TURN * phase + 0.9)
    pose.shift[:] = (0.006 * sway, -0.004 + 0.001 * breath, 0.0)
    for side, sign in SIDES:
        pose.leg(side, 0.012 * sign, _ankle(pose, side), 0.0)
        pose.arm(side, (0.17, -1.0, -0.03 + 0.01 * breath), (0.05, -1.0, 0.22 + 0.02 * breath))
    pose.turn("Hips", "z", -0.6 * sway)
    pose.turn("Spine", "z", 0.9 * sway)
    pose.turn("Breast", "x", -0.9 * breath)
    pose.turn("Head", "x", 0.8 * breath)
    pose.turn("Head", "y", 4.0 * np.sin(_TURN * phase + 2.0))


def _ankle(pose: Pose, side: str) -> float:
    return float(pose.pivots[PLACE[side + "Foot"]][1])


def _curve(phase: float, *points: tuple[float, float]) -> float:
    """A smooth line through (phase, value); it closes at 1."""
    x, y = zip(*points, strict=True)
    place = int(np.searchsorted(x, phase, side="right")) - 1
    place = min(max(place, 0), len(x) - 2)
    share = (phase - x[place]) / (x[place + 1] - x[place])
    share = share * share * (3.0 - 2.0 * share)
    return float(y[place] + (y[place + 1] - y[place]) * share)


WALK_STRIDE, WALK_STANCE = 1.36, 0.6
RUN_STRIDE, RUN_STANCE = 2.3, 0.36


def _step(phase: float, stride: float, stance: float) -> float:
    """How far the ankle is ahead of the hip: a foot on the ground stays while the body goes on."""
    reach = stride * stance / 2.0
    if phase < stance:
        return reach - stride * phase
    share = (phase - stance) / (1.0 - stance)
    smooth = share * share * (3.0 - 2.0 * share)
    return -reach + 2.0 * reach * smooth


def _walk(pose: Pose, phase: float) -> None:
    swing = np.cos(_TURN * phase)
    pose.shift[:] = (0.012 * np.sin(_TURN * phase), -0.026 - 0.014 * np.cos(2 * _TURN * phase), 0.0)
    pose.turn("Hips", "y", 4.0 * swing * -1.0)
    pose.turn("Spine", "y", 4.0 * swing)
    pose.turn("Breast", "y", 5.0 * swing)
    pose.turn("Head", "y", -5.0 * swing)
    pose.turn("Spine", "x", 1.5)
    for side, sign in SIDES:
        own = phase % 1.0 if side == "Left" else (phase + 0.5) % 1.0
        lift = _curve(
            own,
            (0, 0.018),
            (0.08, 0),
            (0.36, 0),
            (0.6, 0.085),
            (0.72, 0.12),
            (0.9, 0.035),
            (1, 0.018),
        )
        pitch = _curve(
            own, (0, -16), (0.1, 0), (0.36, 0), (0.62, 46), (0.8, 8), (0.93, -16), (1, -16)
        )
        pose.leg(
            side, _step(own, WALK_STRIDE, WALK_STANCE) - 0.01, _ankle(pose, side) + lift, pitch
        )
        fore = -0.36 * swing * sign - 0.02
        pose.arm(side, (0.15, -1.0, fore), (0.02, -1.0, fore + 0.30 + max(fore, 0.0) * 0.5))
    pose.hem()


def _run(pose: Pose, phase: float) -> None:
    swing = np.cos(_TURN * phase)
    pose.shift[:] = (0.0, -0.055 - 0.035 * np.cos(2 * _TURN * (phase - 0.06)), 0.0)
    pose.turn("Hips", "x", 5.0)
    pose.turn("Hips", "y", -6.0 * swing)
    pose.turn("Spine", "x", 5.0)
    pose.turn("Breast", "y", 13.0 * swing)
    pose.turn("Head", "y", -6.0 * swing)
    pose.turn("Neck", "x", -6.0)
    for side, sign in SIDES:
        own = phase % 1.0 if side == "Left" else (phase + 0.5) % 1.0
        lift = _curve(
            own,
            (0, 0.03),
            (0.08, 0),
            (0.2, 0.01),
            (0.38, 0.15),
            (0.6, 0.42),
            (0.82, 0.20),
            (1, 0.03),
        )
        pitch = _curve(own, (0, -8), (0.1, 0), (0.2, 5), (0.4, 60), (0.62, 62), (0.85, 5), (1, -8))
        pose.leg(side, _step(own, RUN_STRIDE, RUN_STANCE), _ankle(pose, side) + lift, pitch)
        fore = -0.62 * swing * sign - 0.12
        pose.arm(side, (0.22, -1.0, fore), (-0.12, 0.12 + 0.35 * fore, 1.0))
    pose.hem()


def _sit(pose: Pose, phase: float) -> None:
    breath = np.sin(_TURN * phase)
    pose.shift[:] = (0.0, -0.43, 0.0)
    pose.turn("Spine", "x", 2.0)
    pose.turn("Breast", "x", -0.9 * breath)
    for side, _ in SIDES:
        pose.leg(side, 0.40, _ankle(pose, side), 0.0, aside=4.0)
        pose.arm(side, (0.20, -1.0, 0.22), (-0.10, -0.30, 1.0), 30.0)
    pose.lap()


def _wave(pose: Pose, phase: float) -> None:
    side = 0.30 * np.sin(_TURN * phase)
    pose.arm("Right", (0.85, 0.12, 0.18), (0.10 + side, 1.0, 0.12), -60.0)
    pose.turn("Head", "z", -2.0)


def _clap(pose: Pose, phase: float) -> None:
    apart = 0.5 - 0.5 * np.cos(_TURN * phase)
    for side, _ in SIDES:
        pose.arm(side, (0.32 + 0.05 * apart, -1.0, 0.55), (-0.66 + 0.34 * apart, 0.42, 0.85), -10.0)


def _point(pose: Pose, phase: float) -> None:
    pose.arm("Right", (0.10, 0.02 + 0.01 * np.sin(_TURN * phase), 1.0), (0.02, 0.06, 1.0), -40.0)


def _hand(pose: Pose, phase: float) -> None:
    pose.arm("Right", (0.28, 1.0, 0.10), (-0.02 + 0.03 * np.sin(_TURN * phase), 1.0, 0.10), -70.0)


_RIGHT = ("RightArm", "RightForeArm", "RightHand", "RightFingers")
_BOTH = tuple(f"{side}{one}" for side, _ in SIDES for one in ("Arm", "ForeArm", "Hand", "Fingers"))
CLIPS: tuple[Clip, ...] = (
    Clip("idle", 24, 4.2, 0.0, _idle),
    Clip("walk", 32, 1.0, WALK_STRIDE, _walk),
    Clip("run", 24, 0.7, RUN_STRIDE, _run),
    Clip("sit", 8, 4.0, 0.0, _sit, NAMES),
    Clip("wave", 20, 0.9, 0.0, _wave, _RIGHT),
    Clip("clap", 16, 0.55, 0.0, _clap, _BOTH),
    Clip("point", 8, 2.4, 0.0, _point, _RIGHT),
    Clip("hand", 12, 2.2, 0.0, _hand, _RIGHT),
)


def baked(clip: Clip, pivots: Array) -> Array:
    """(frames, b, 3, 4) the carriages of a clip for the skeleton with joints `pivots` (b, 3)."""
    found = np.zeros((clip.frames, len(pivots), 3, 4))
    for frame in range(clip.frames):
        pose = Pose(pivots)
        clip.pose(pose, frame / clip.frames)
        found[frame] = carriages(pivots, PARENTS, pose.turns, pose.shift)
    return found
