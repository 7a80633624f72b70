"""What of a programme goes out in files for everyone: accounts and numbers stay inside."""

from dataclasses import replace

from shulian.congress.rules.changes import public
from shulian.congress.types import Forum, Programme


def outward(programme: Programme) -> Programme:
    """What a release says, without what is of use in this installation only.

    That is the ids of accounts and organizations, the hours of halls, halls in which nothing is,
    the codes of forums, and how many people are expected.
    """
    shown = public(programme)
    used = {one.placed.hall for one in shown.sessions if one.placed is not None}
    return replace(
        shown,
        halls=tuple(replace(one, hours=()) for one in shown.halls if one.space in used),
        forums=tuple(map(_forum, shown.forums)),
        sessions=tuple(replace(one, attendance=0) for one in shown.sessions),
        speakers=tuple(replace(one, person=None) for one in shown.speakers),
    )


def _forum(one: Forum) -> Forum:
    stated = tuple(replace(each, organization=None) for each in one.credits)
    return replace(one, organization=None, code="", credits=stated)
