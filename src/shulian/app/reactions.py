"""Who reacts to which event: the composition of every feature's reactions."""

from shulian.booking.reactions import react as booking
from shulian.congress.reactions import react as congress
from shulian.kit.bus import Reactions
from shulian.ticketing.reactions import react as ticketing
from shulian.world.reactions import react as world


def reactions() -> Reactions:
    """The reactions of this installation."""
    made = Reactions()
    booking(made)
    ticketing(made)
    congress(made)
    world(made)
    return made
