"""Who reacts to which event: the composition of every feature's reactions."""

from shulian.kit.bus import Reactions


def reactions() -> Reactions:
    """The reactions of this installation."""
    return Reactions()
