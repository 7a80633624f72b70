"""Poses a skeleton by where its hands and feet shall be: what the motions are written in."""

import numpy as np

from shulian.world.rules.avatars.skeleton import PLACE, about, between
from shulian.world.rules.avatars.source import Array

SIDES = (("Left", 1.0), ("Right", -1.0))


class Pose:
    """The turns of one moment, on top of rest."""

    def __init__(self, pivots: Array) -> None:
        self.pivots = pivots
        self.turns = np.tile(np.eye(3), (len(pivots), 1, 1))
        self.shift = np.zeros(3)

    def turn(self, bone: str, axis: str, degrees: float) -> None:
        """The bone turns about an axis of the world, on top of how it is turned already."""
        self.turns[PLACE[bone]] = about(axis, degrees) @ self.turns[PLACE[bone]]

    def leg(
        self, side: str, ahead: float, height: float, pitch: float, *, aside: float = 0.0
    ) -> None:
        """The ankle stands `ahead` of its hip at a height [m]; the toes `pitch` down [°]."""
        hip, knee, ankle = (self.pivots[PLACE[side + one]] for one in ("UpLeg", "Leg", "Foot"))
        start = hip + self.shift
        way = np.array([0.0, height - start[1], hip[2] + ahead - start[2]])
        upper, lower = _flat(knee - hip), _flat(ankle - knee)
        long, short = float(np.linalg.norm(upper)), float(np.linalg.norm(lower))
        far = min(float(np.linalg.norm(way)), (long + short) * 0.9995)
        thigh = _angle(way) + np.arccos(
            np.clip((long**2 + far**2 - short**2) / (2 * long * far), -1, 1)
        )
        shin = _angle(way) - np.arccos(
            np.clip((short**2 + far**2 - long**2) / (2 * short * far), -1, 1)
        )
        first, second = np.degrees(thigh - _angle(upper)), np.degrees(shin - _angle(lower))
        sign = 1.0 if side == "Left" else -1.0
        self.turns[PLACE[side + "UpLeg"]] = about("z", sign * aside) @ about("x", -first)
        self.turns[PLACE[side + "Leg"]] = about("x", first - second)
        self.turns[PLACE[side + "Foot"]] = about("x", second + pitch)
        self.turns[PLACE[side + "Toes"]] = about("x", -max(pitch, 0.0) * 0.75)

    def arm(
        self,
        side: str,
        upper: tuple[float, float, float],
        fore: tuple[float, float, float],
        roll: float = 0.0,
    ) -> None:
        """The upper arm and the forearm point along these directions: outwards, up, ahead."""
        sign = 1.0 if side == "Left" else -1.0
        shoulder, elbow, wrist = (
            self.pivots[PLACE[side + one]] for one in ("Arm", "ForeArm", "Hand")
        )
        first = between(elbow - shoulder, np.array(upper) * (sign, 1.0, 1.0))
        second = between(first @ (wrist - elbow), np.array(fore) * (sign, 1.0, 1.0))
        self.turns[PLACE[side + "Arm"]] = first
        self.turns[PLACE[side + "ForeArm"]] = first.T @ second @ first
        if roll:
            along = (wrist - elbow) / np.linalg.norm(wrist - elbow)
            self.turns[PLACE[side + "Hand"]] = _about(along, sign * roll)

    def hem(self) -> None:
        """The hem goes to the front with the leg ahead, to the back with the other."""
        ahead = [self._thigh(side) for side, _ in SIDES]
        self.turns[PLACE["HemFront"]] = about("x", -max(0.0, *ahead))
        self.turns[PLACE["HemBack"]] = about("x", -min(0.0, *ahead))

    def lap(self) -> None:
        """The hem lies along the thighs, above and below them: the legs of who sits."""
        thigh = float(np.mean([self._thigh(side) for side, _ in SIDES]))
        self.turns[PLACE["HemFront"]] = self.turns[PLACE["HemBack"]] = about("x", -thigh)

    def _thigh(self, side: str) -> float:
        way = self.turns[PLACE[side + "UpLeg"]] @ np.array([0.0, -1.0, 0.0])
        return float(np.degrees(_angle(way)))


def _flat(way: Array) -> Array:
    return way * (0.0, 1.0, 1.0)


def _angle(way: Array) -> float:
    """How far ahead of the vertical a way down points [rad]."""
    return float(np.arctan2(way[2], -way[1]))


def _about(axis: Array, degrees: float) -> Array:
    turn = np.radians(degrees)
    x, y, z = axis
    skew = np.array([[0.0, -z, y], [z, 0.0, -x], [-y, x, 0.0]])
    return np.eye(3) + np.sin(turn) * skew + (1.0 - np.cos(turn)) * (skew @ skew)
