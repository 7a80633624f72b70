"""What can go wrong in the shared world, as one tree.

Failure
├── Invalid
│   ├── LookWrong            an avatar of parts there are not; names the fields
│   ├── RuleWrong            a right given to members of nobody, or of no zone
│   ├── MeasureWrong         a measure without the one it is meant for
│   ├── CallWrong            a message to the presence server that is none
│   ├── WordsEmpty           nothing that can be read is left of what was said
│   └── LinkWrong            what is shown leads to no page that is safe to open
├── LoginNeeded
│   ├── TicketWrong          a ticket that is none, of another installation, or used before
│   └── TicketExpired        a ticket or a session that is too old
├── Refused
│   ├── RightMissing         one may not do that in this zone
│   ├── Banned               a moderator has banned them from the park
│   ├── Removed              a moderator has just put them out
│   └── Muted                a moderator has muted them, or all where they are
├── NotFound
│   ├── ZoneUnknown          no zone of the shared world has that id
│   ├── PersonGone           nobody with that key is here now
│   └── ReportUnknown        no report has that id
├── Conflict
│   ├── Taken                the same person came in elsewhere
│   └── BlocksFull           one blocks as many as one may
├── TooMany
│   └── TooFast              more than a person can do
└── Unavailable
    ├── WorldFull            no place is left
    ├── WorldUnavailable     what must be kept cannot be kept now
    └── WorldStopping        the presence server stops, to come back
"""

from typing import ClassVar

from shulian.kit.errors import (
    Conflict,
    Invalid,
    LoginNeeded,
    NotFound,
    Refused,
    TooMany,
    Unavailable,
)


class LookWrong(Invalid):
    """An avatar cannot be made of these parts."""

    code: ClassVar[str] = "world.look_wrong"


class RuleWrong(Invalid):
    """A right cannot be given like that."""

    code: ClassVar[str] = "world.rule_wrong"


class MeasureWrong(Invalid):
    """A measure needs the one it is meant for."""

    code: ClassVar[str] = "world.measure_wrong"


class WordsEmpty(Invalid):
    """Nothing that can be read is left of what was said."""

    code: ClassVar[str] = "world.words_empty"


class LinkWrong(Invalid):
    """A link leads to no page that is safe to open."""

    code: ClassVar[str] = "world.link_wrong"


class TicketWrong(LoginNeeded):
    """A ticket is none, or of another installation, or was used before."""

    code: ClassVar[str] = "world.ticket_wrong"


class TicketExpired(LoginNeeded):
    """A ticket or a session is too old."""

    code: ClassVar[str] = "world.ticket_expired"


class RightMissing(Refused):
    """One may not do `right` in the zone `zone`."""

    code: ClassVar[str] = "world.right_missing"


class Banned(Refused):
    """A moderator has banned them from the park.

    Where it is known: `by` whom, for what `reason`, `until` when (empty: until it is taken back).
    """

    code: ClassVar[str] = "world.banned"


class ZoneUnknown(NotFound):
    """No zone of the shared world has the id `zone`."""

    code: ClassVar[str] = "world.zone_unknown"


class ReportUnknown(NotFound):
    """No report has that id."""

    code: ClassVar[str] = "world.report_unknown"


class CallWrong(Invalid):
    """A message to the presence server makes no sense."""

    code: ClassVar[str] = "world.call_wrong"


class Removed(Refused):
    """A moderator has just put them out.

    Where it is known: `by` whom, for what `reason`, `until` when.
    """

    code: ClassVar[str] = "world.removed"


class Muted(Refused):
    """A moderator has muted them, or all where they are."""

    code: ClassVar[str] = "world.muted"


class PersonGone(NotFound):
    """Nobody with that key is here now."""

    code: ClassVar[str] = "world.person_gone"


class Taken(Conflict):
    """The same person came in elsewhere."""

    code: ClassVar[str] = "world.taken"


class BlocksFull(Conflict):
    """One blocks as many as one may, `most`."""

    code: ClassVar[str] = "world.blocks_full"


class TooFast(TooMany):
    """More than a person can do."""

    code: ClassVar[str] = "world.too_fast"


class WorldFull(Unavailable):
    """No place is left."""

    code: ClassVar[str] = "world.full"


class WorldUnavailable(Unavailable):
    """What must be kept cannot be kept now."""

    code: ClassVar[str] = "world.unavailable"


class WorldStopping(Unavailable):
    """The presence server stops, to come back."""

    code: ClassVar[str] = "world.stopping"
