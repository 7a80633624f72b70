"""Decisions about accounts: pure functions of their arguments."""
