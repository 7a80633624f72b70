"""The door of the shared world: one function for each thing that is decided or kept about it.

Who is where now is not asked here: the presence server (`live`) knows, and its people come in with
a ticket.
"""

from shulian.world.api.order import (
    MOST_REPORTS,
    complain,
    moderate,
    put_rule,
    reports,
    rules,
    sanctions,
    settle_report,
    silences,
)
from shulian.world.api.people import (
    blocked_by,
    blocks,
    look_of,
    put_block,
    put_look,
    visitor,
    visitor_of,
)
from shulian.world.api.talk import KEPT, forget, history, say
from shulian.world.api.turns import topic
from shulian.world.api.zones import demand, show, shown, zones

__all__ = [
    "KEPT",
    "MOST_REPORTS",
    "blocked_by",
    "blocks",
    "complain",
    "demand",
    "forget",
    "history",
    "look_of",
    "moderate",
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
    "topic",
    "visitor",
    "visitor_of",
    "zones",
]
