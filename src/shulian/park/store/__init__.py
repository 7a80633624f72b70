"""Every query of the park, by noun."""
