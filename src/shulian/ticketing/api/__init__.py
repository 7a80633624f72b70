"""The door of ticketing: one function for each thing that can be done with it.

`hear`, `overdue`, `ask_again`, `give_back`, `to_undo`, `undo_order`, `offer`, `ask_to_offer` and
`follow_…` speak for nobody: they are for providers, jobs and reactions.
"""

from shulian.ticketing.api.calling_off import cancel_occasion, to_undo, undo_order, undoing
from shulian.ticketing.api.cancelling import cancel_order, cancel_ticket
from shulian.ticketing.api.figures import figures, payments_as_csv, tickets_as_csv
from shulian.ticketing.api.gate import (
    Answer,
    doubles,
    gate_counts,
    gate_tickets,
    hear_scans,
    open_gate,
    passages,
)
from shulian.ticketing.api.gifts import end_gift, gifts_by, gifts_to, hand_on, take_gift
from shulian.ticketing.api.holding import SOURCE, follow_move, follow_release
from shulian.ticketing.api.keeping import ask_to_offer, follow_back
from shulian.ticketing.api.line import Window, ask, join, leave, window
from shulian.ticketing.api.occasions import (
    add_occasion,
    change_occasion,
    close_occasion,
    hall_is_fixed,
    occasion,
    occasions,
    open_occasion,
)
from shulian.ticketing.api.orders import HOLD, order, own_orders, place
from shulian.ticketing.api.papers import Proof, proof, proofs
from shulian.ticketing.api.payees import drop_payee, payee, payee_for, put_payee, ways
from shulian.ticketing.api.payments import (
    ASK_AFTER,
    GIVE_UP,
    ask_again,
    confirm_transfer,
    hear,
    overdue,
    pay,
    payments,
    refuse_notice,
    waits,
)
from shulian.ticketing.api.providers import (
    Free,
    Manner,
    Provider,
    Providers,
    TestTill,
    Transfer,
)
from shulian.ticketing.api.refunds import give_back, refunds, remind, settle_refund
from shulian.ticketing.api.sales import (
    add_type,
    capacity_of,
    change_type,
    fixed,
    left,
    put_seats,
    seats,
    types,
)
from shulian.ticketing.api.testing import call_back, use_till
from shulian.ticketing.api.tickets import attend, own_tickets, rename, ticket
from shulian.ticketing.api.waiting import (
    Place,
    follow_occasion,
    follow_offer,
    give_up,
    offer,
    own_places,
    wish,
)

__all__ = [
    "ASK_AFTER",
    "GIVE_UP",
    "HOLD",
    "SOURCE",
    "Answer",
    "Free",
    "Manner",
    "Place",
    "Proof",
    "Provider",
    "Providers",
    "TestTill",
    "Transfer",
    "Window",
    "add_occasion",
    "add_type",
    "ask",
    "ask_again",
    "ask_to_offer",
    "attend",
    "call_back",
    "cancel_occasion",
    "cancel_order",
    "cancel_ticket",
    "capacity_of",
    "change_occasion",
    "change_type",
    "close_occasion",
    "confirm_transfer",
    "doubles",
    "drop_payee",
    "end_gift",
    "figures",
    "fixed",
    "follow_back",
    "follow_move",
    "follow_occasion",
    "follow_offer",
    "follow_release",
    "gate_counts",
    "gate_tickets",
    "gifts_by",
    "gifts_to",
    "give_back",
    "give_up",
    "hall_is_fixed",
    "hand_on",
    "hear",
    "hear_scans",
    "join",
    "leave",
    "left",
    "occasion",
    "occasions",
    "offer",
    "open_gate",
    "open_occasion",
    "order",
    "overdue",
    "own_orders",
    "own_places",
    "own_tickets",
    "passages",
    "pay",
    "payee",
    "payee_for",
    "payments",
    "payments_as_csv",
    "place",
    "proof",
    "proofs",
    "put_payee",
    "put_seats",
    "refunds",
    "refuse_notice",
    "remind",
    "rename",
    "seats",
    "settle_refund",
    "take_gift",
    "ticket",
    "tickets_as_csv",
    "to_undo",
    "types",
    "undo_order",
    "undoing",
    "use_till",
    "waits",
    "ways",
    "window",
    "wish",
]
