"""Organizations, people, permissions, audit."""
