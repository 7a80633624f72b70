"""How much one person may do: token buckets, filled at a steady rate up to a brim."""

from enum import StrEnum

from shulian.world.wire import messages


class Kind(StrEnum):
    """What is counted together."""

    CALL = "call"
    """Whatever is asked."""
    CHAT = "chat"
    GREETING = "greeting"
    """Greetings and invitations."""
    COMPLAINT = "complaint"
    SEARCH = "search"
    """What reads much: the roster, the history."""
    CHANGE = "change"
    """What others have to be told: looks, hands, places, what is shown."""


RATES = {
    Kind.CALL: (10.0, 30.0),
    Kind.CHAT: (1.0, 5.0),
    Kind.GREETING: (0.5, 5.0),
    Kind.COMPLAINT: (0.02, 3.0),
    Kind.SEARCH: (2.0, 6.0),
    Kind.CHANGE: (1.0, 10.0),
}
"""How many a second in the long run, and how many at once."""

KINDS: dict[type[messages.Call], Kind] = {
    messages.Say: Kind.CHAT,
    messages.Greet: Kind.GREETING,
    messages.Invite: Kind.GREETING,
    messages.Complain: Kind.COMPLAINT,
    messages.Roster: Kind.SEARCH,
    messages.History: Kind.SEARCH,
    messages.Hand: Kind.CHANGE,
    messages.Go: Kind.CHANGE,
    messages.Dress: Kind.CHANGE,
    messages.Show: Kind.CHANGE,
    messages.Block: Kind.CHANGE,
}
"""What each call counts as, beside a call."""


class Allowance:
    """What one person has left of each kind."""

    def __init__(self, now: float) -> None:
        """Everything is full at `now` [s]."""
        self._left = {kind: burst for kind, (_, burst) in RATES.items()}
        self._at = dict.fromkeys(RATES, now)

    def take(self, kind: Kind, now: float) -> bool:
        """Whether one more of `kind` may be done at `now` [s]; if so it is counted."""
        rate, burst = RATES[kind]
        gone = max(0.0, now - self._at[kind])  # a clock that jumps back gives nothing
        left = min(burst, self._left[kind] + gone * rate)
        self._at[kind] = now
        allowed = left >= 1.0
        self._left[kind] = left - 1.0 if allowed else left
        return allowed
