"""The rules a beat goes by: plain ones at first, the same compiled as soon as they are there."""

from dataclasses import dataclass

from shulian.world.rules import interest, motion, snapshots
from shulian.world.rules.interest import Look
from shulian.world.rules.motion import Judge
from shulian.world.rules.snapshots import Pack


@dataclass(frozen=True, slots=True)
class Engine:
    """What is done with the arrays in every tick."""

    judge: Judge
    look: Look
    pack: Pack


PLAIN = Engine(motion.judge, interest.look, snapshots.pack)
