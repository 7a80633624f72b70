"""Shulian: open software that runs a metaverse industry park."""
