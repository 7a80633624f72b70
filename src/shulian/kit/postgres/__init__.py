"""PostgreSQL inside: the server that Shulian brings along, and what it asks of any other one."""
