"""The twin: the park as one tree of spaces, and its tiles."""
