"""What time it is: asked once at an edge and handed down as `now`."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Answers the present instant, aware and in UTC."""


def system_clock() -> datetime:
    """The present instant by the machine's clock."""
    return datetime.now(UTC)  # noqa: TID251  # the one place that asks the machine
