"""Tickets: what is sold, to whom, for which seat, and who came in by it."""
