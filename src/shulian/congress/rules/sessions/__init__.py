"""Talks into sessions, sessions into rooms and times: conferences in the form of CoSPLib."""
