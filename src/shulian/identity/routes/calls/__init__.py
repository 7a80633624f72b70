"""JSON for programs, below `/api`."""
