"""Whether machine code is being made just now, for those who wait and want to say why."""

from threading import Event

UNDER_WAY = Event()
"""Set while a search is being compiled, which it is once after an installation."""
