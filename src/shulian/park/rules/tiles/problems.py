"""What a check of a tileset has found."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault of one file of a tileset."""

    file: str
    code: str
    """Which rule it breaks, in one word: `box`, `offsets` …"""
    words: str
    """The fault in one line."""
