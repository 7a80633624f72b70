"""What became of sessions over all releases: when each was changed last, and how often."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from shulian.congress.types import Change, Release, SessionId


@dataclass(frozen=True, slots=True)
class Step:
    """What a release changed of a session."""

    release: Release
    change: Change

    @property
    def sequence(self) -> int:
        """Grows with each change: a calendar takes the greater one (RFC 5545, §3.8.7.4)."""
        return self.release.number


def latest(releases: Iterable[Release]) -> Mapping[SessionId, Step]:
    """The last change of each session that was ever changed.

    releases  the newest first
    """
    found: dict[SessionId, Step] = {}
    for release in releases:
        for change in release.changes:
            found.setdefault(change.session, Step(release, change))
    return found


def of_session(releases: Iterable[Release], session: SessionId) -> tuple[Step, ...]:
    """Every change of a session, the newest first."""
    return tuple(
        Step(release, change)
        for release in releases
        for change in release.changes
        if change.session == session
    )
