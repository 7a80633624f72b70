"""Domain-free pieces every feature stands on."""
