"""How avatars move: feet stay where they stand, and motions close."""

import numpy as np
import pytest

from shulian.world.rules.avatars.model import Model
from shulian.world.rules.avatars.motion import CLIPS, WALK_STANCE, Clip, baked
from shulian.world.rules.avatars.skeleton import PLACE


def _joint(carriages: np.ndarray, joints: np.ndarray, name: str) -> np.ndarray:
    bone = PLACE[name]
    return carriages[:, bone, :, :3] @ joints[bone] + carriages[:, bone, :, 3]


def test_a_foot_on_the_ground_stays_where_it_is(model: Model) -> None:
    walk = next(clip for clip in CLIPS if clip.name == "walk")
    ankle = _joint(baked(walk, model.joints), model.joints, "LeftFoot")
    phases = np.arange(walk.frames) / walk.frames
    stands = (phases > 0.1) & (phases < WALK_STANCE - 0.25)
    world = ankle[stands, 2] + walk.stride * phases[stands]

    assert float(np.ptp(world)) < 0.02


@pytest.mark.parametrize("clip", CLIPS, ids=lambda clip: clip.name)
def test_no_joint_leaps_from_frame_to_frame(model: Model, clip: Clip) -> None:
    carriages = baked(clip, model.joints)
    hands = np.stack(
        [
            _joint(carriages, model.joints, name)
            for name in ("LeftHand", "RightHand", "LeftFoot", "Head")
        ]
    )
    leaps = np.linalg.norm(np.diff(hands, axis=1, append=hands[:, :1]), axis=2)

    assert float(leaps.max()) < 0.2


@pytest.mark.parametrize("clip", CLIPS, ids=lambda clip: clip.name)
def test_bones_turn_without_stretching(model: Model, clip: Clip) -> None:
    turns = baked(clip, model.joints)[:, :, :, :3]

    assert np.allclose(turns @ turns.transpose(0, 1, 3, 2), np.eye(3), atol=1e-9)


def test_the_hem_of_who_sits_lies_along_the_thighs(model: Model) -> None:
    sit = next(clip for clip in CLIPS if clip.name == "sit")
    down = baked(sit, model.joints)[:, :, :, :3] @ np.array([0.0, -1.0, 0.0])
    thigh = (down[:, PLACE["LeftUpLeg"]] + down[:, PLACE["RightUpLeg"]]) / 2.0

    assert np.allclose(down[:, PLACE["HemFront"]], thigh, atol=0.01)
    assert np.allclose(down[:, PLACE["HemBack"]], thigh, atol=0.01)
