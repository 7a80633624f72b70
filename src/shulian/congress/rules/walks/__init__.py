"""How long people walk from hall to hall in the twin: through rooms, by stairs, over the ground."""
