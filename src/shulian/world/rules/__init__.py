"""Decisions of the shared world: pure functions on arrays and frozen values."""
