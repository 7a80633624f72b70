"""The door of the shared world: one function for each thing that is decided or kept about it.

Who is where now is not asked here: the presence server (`live`) knows, and its people come in with
a ticket.
"""

from shulian.world.api.order import (
    BARRED,
    MOST_REPORTS,
    complain,
    moderate,
    open_reports,
    put_rule,
    reports,
    rules,
    sanctions,
    settle_report,
    silences,
)
from shulian.world.api.people import (
    apart,
    blocked_by,
    blocks,
    demand_key,
    key_of,
    key_of_guest,
    look_of,
    own_blocks,
    put_block,
    put_look,
    visitor,
    visitor_of,
)
from shulian.world.api.talk import KEPT, forget, history, say
from shulian.world.api.turns import PEOPLE, PersonTurned, tell_person, topic
from shulian.world.api.zones import demand, show, shown, zones

__all__ = [
    "BARRED",
    "KEPT",
    "MOST_REPORTS",
    "PEOPLE",
    "PersonTurned",
    "apart",
    "blocked_by",
    "blocks",
    "complain",
    "demand",
    "demand_key",
    "forget",
    "history",
    "key_of",
    "key_of_guest",
    "look_of",
    "moderate",
    "open_reports",
    "own_blocks",
    "put_block",
    "put_look",
    "put_rule",
    "reports",
    "rules",
    "sanctions",
    "say",
    "settle_report",
    "show",
    "shown",
    "silences",
    "tell_person",
    "topic",
    "visitor",
    "visitor_of",
    "zones",
]
