"""The rules a beat goes by: plain ones at first, the same compiled as soon as they are there."""

from dataclasses import dataclass

from shulian.world.rules import budgets, interest, motion, snapshots
from shulian.world.rules.budgets import Settle
from shulian.world.rules.interest import Look
from shulian.world.rules.motion import Judge
from shulian.world.rules.snapshots import Pack, PackForAll


@dataclass(frozen=True, slots=True)
class Engine:
    """What is done with the arrays in every tick."""

    settle: Settle
    judge: Judge
    look: Look
    pack: Pack
    pack_for_all: PackForAll


PLAIN = Engine(budgets.settle, motion.judge, interest.look, snapshots.pack, snapshots.pack_for_all)
