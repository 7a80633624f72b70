"""With congresses themselves: what there is not, and what stands in the way of a change."""

from collections.abc import Sequence
from typing import Any, ClassVar

from shulian.kit.errors import Conflict, NotFound


class CongressUnknown(NotFound):
    """There is no such congress, or one may not know of it."""

    code: ClassVar[str] = "congress.unknown"


class ThemeUnknown(NotFound):
    """The congress has no such theme."""

    code: ClassVar[str] = "congress.theme_unknown"


class HallUnknown(NotFound):
    """The congress does not use the space `space`."""

    code: ClassVar[str] = "congress.hall_unknown"


class ForumUnknown(NotFound):
    """The congress has no such forum."""

    code: ClassVar[str] = "congress.forum_unknown"


class SessionUnknown(NotFound):
    """The congress has no such session."""

    code: ClassVar[str] = "congress.session_unknown"


class SpeakerUnknown(NotFound):
    """The congress has no such speaker."""

    code: ClassVar[str] = "congress.speaker_unknown"


class ReleaseUnknown(NotFound):
    """There is no such release, or none yet."""

    code: ClassVar[str] = "congress.release_unknown"


class ProposalUnknown(NotFound):
    """There is no such proposal, or one may not know of it."""

    code: ClassVar[str] = "congress.proposal_unknown"


class SolveUnknown(NotFound):
    """There is no such search for a timetable."""

    code: ClassVar[str] = "congress.solve_unknown"


class AddressUnknown(NotFound):
    """No calendar is at that address, or not any more."""

    code: ClassVar[str] = "congress.address_unknown"


class SlugTaken(Conflict):
    """Another congress has the short name `slug`."""

    code: ClassVar[str] = "congress.slug_taken"


class CodeTaken(Conflict):
    """Another forum of the congress has the code `name`."""

    code: ClassVar[str] = "congress.code_taken"


class NameTaken(Conflict):
    """Another release of the congress has the name `name`."""

    code: ClassVar[str] = "congress.name_taken"


class GuidTaken(Conflict):
    """Something else has the id `guid`."""

    code: ClassVar[str] = "congress.guid_taken"


class DraftMoved(Conflict):
    """Somebody else changed a session, forum or speaker meanwhile; `now` is what it is."""

    code: ClassVar[str] = "congress.draft_moved"

    def __init__(self, now: Any = None) -> None:
        """Keep what it is: of `types`, which stand above the errors."""
        super().__init__()
        self.now = now


class NotReady(Conflict):
    """The draft has `count` conflicts that a release may not have: `conflicts`."""

    code: ClassVar[str] = "congress.not_ready"

    def __init__(self, conflicts: Sequence[Any] = ()) -> None:
        """Keep which: of `types.Conflict`, which stand above the errors."""
        super().__init__(count=len(conflicts))
        self.conflicts = tuple(conflicts)


class NothingNew(Conflict):
    """The draft is what was released last."""

    code: ClassVar[str] = "congress.nothing_new"


class HallsTaken(Conflict):
    """Something else has taken the halls of `count` sessions meanwhile: `sessions`."""

    code: ClassVar[str] = "congress.halls_taken"

    def __init__(self, sessions: Sequence[Any] = ()) -> None:
        """Keep their ids."""
        super().__init__(count=len(sessions))
        self.sessions = tuple(sessions)


class InUse(Conflict):
    """It is needed by `count` others: a hall or forum by sessions, a theme by forums."""

    code: ClassVar[str] = "congress.in_use"


class SolveRuns(Conflict):
    """A timetable is being searched for the congress already."""

    code: ClassVar[str] = "congress.solve_runs"


class SolveNotApplied(Conflict):
    """Nothing of this search is in the draft, so there is nothing to undo."""

    code: ClassVar[str] = "congress.solve_not_applied"


class NothingFound(Conflict):
    """The search has found no timetable that could become the draft."""

    code: ClassVar[str] = "congress.nothing_found"


class CallClosed(Conflict):
    """Proposals are not taken now."""

    code: ClassVar[str] = "congress.call_closed"


class Decided(Conflict):
    """The proposal is decided or withdrawn already."""

    code: ClassVar[str] = "congress.decided"
