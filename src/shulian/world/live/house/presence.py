"""Somebody in the world: what the house knows of whoever has a slot."""

from collections import OrderedDict
from dataclasses import dataclass, field

import msgspec

from shulian.park.types import SpaceId
from shulian.world.rules.limits import Allowance
from shulian.world.types import Message, Right, Stand, Visitor, VisitorKey
from shulian.world.wire.messages import MessageView, PersonView, look_view

MOST_HELD = 400
"""Messages that are kept for somebody who is not told yet, or whose link is lost."""
_KEYS = 32
"""So many things said are remembered by their keys, to count once."""


@dataclass(slots=True, eq=False)
class Presence:
    """One visit of one person."""

    slot: int
    visit: int
    visitor: Visitor
    park: SpaceId
    zone: int
    """The place of their zone in the park's zones."""
    allowance: Allowance
    after: int = 0
    """Number of the last message they have seen, when they came."""
    resumed: bool = False
    bound: Stand | None = None
    """Where they want to stand in a zone of another process."""
    inside: bool = True
    """Whether they have a place here; else they only knock, to be sent to another process."""
    knocking: bool = True
    """Whether a handshake is on its way."""
    open: bool = False
    """Whether their socket is there."""
    welcomed: bool = False
    """Whether they were told so, and are seen."""
    turn: int = 0
    """Grows whenever they come or enter: what was asked for an earlier turn is not told."""
    held: list[tuple[int, bytes]] | None = None
    """Messages with their numbers that wait until a welcome is told; none: nothing waits."""
    held_since: float = 0.0
    rights: frozenset[Right] = frozenset()
    blocked: frozenset[VisitorKey] = frozenset()
    hidden: frozenset[VisitorKey] = frozenset()
    """Whom they must not meet, whoever of the two wants it so."""
    wants: int = -1
    """The place of the zone they wait for; -1: none."""
    wants_at: tuple[int, int, int] | None = None
    """[cm] where they stood when they walked against a full zone, or into another process."""
    asked: float = 0.0
    """[s] when the process of that zone was asked for a place."""
    ahead: int = 0
    """Their position in the queue of another process, as that says; 0: it has not answered."""
    position: int = 0
    """In the queue, as they were told."""
    reports: int | None = None
    """How many complaints wait, as they were told who keep order in the whole park."""
    said: OrderedDict[str, int | None] = field(default_factory=OrderedDict[str, int | None])
    """By key: the number of what they said, none while it is being kept."""
    placed: float = 0.0
    """[s] when they were last put somewhere."""
    faults: int = 0
    """Calls that made no sense or came too fast."""
    encoded: bytes = b""
    """Their `PersonView` as JSON."""

    @property
    def key(self) -> VisitorKey:
        """Who it is."""
        return self.visitor.key

    def remember(self, key: str, number: int | None) -> None:
        """Keep that something was said under `key`."""
        self.said[key] = number
        while len(self.said) > _KEYS:
            self.said.popitem(last=False)

    def view(self) -> PersonView:
        """How others are told of them."""
        return PersonView(
            slot=self.slot,
            key=self.key,
            name=self.visitor.name,
            look=look_view(self.visitor.look),
            simulated=self.visitor.simulated,
            staff=Right.MODERATE in self.rights,
        )

    def encode(self) -> bool:
        """Write their view anew; answers whether it is another."""
        before, self.encoded = self.encoded, msgspec.json.encode(self.view())
        return before != self.encoded


def message_view(message: Message) -> MessageView:
    """A message as it travels."""
    return MessageView(
        number=message.number,
        at=message.at,
        zone=message.zone,
        scope=message.scope,
        sender=message.sender,
        name=message.name,
        text=message.text,
        to=message.to,
    )
