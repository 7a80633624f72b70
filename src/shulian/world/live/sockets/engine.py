"""The rules a beat goes by: plain ones at first, the same compiled as soon as they are there."""

from dataclasses import dataclass

from shulian.world.rules import budgets, interest, motion, snapshots, turns
from shulian.world.rules.budgets import Settle
from shulian.world.rules.interest import Look
from shulian.world.rules.motion import Judge
from shulian.world.rules.snapshots import Pack, PackForAll
from shulian.world.rules.turns import Take


@dataclass(frozen=True, slots=True)
class Engine:
    """What is done with the arrays in every tick."""

    settle: Settle
    judge: Judge
    take: Take
    look: Look
    pack: Pack
    pack_for_all: PackForAll


PLAIN = Engine(
    settle=budgets.settle,
    judge=motion.judge,
    take=turns.take,
    look=interest.look,
    pack=snapshots.pack,
    pack_for_all=snapshots.pack_for_all,
)
