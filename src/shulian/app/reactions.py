"""Who reacts to which event: the composition of every feature's reactions."""

from shulian.kit.bus import Reactions
from shulian.world.reactions import react


def reactions() -> Reactions:
    """The reactions of this installation."""
    made = Reactions()
    react(made)
    return made
