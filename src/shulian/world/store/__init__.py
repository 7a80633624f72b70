"""Every query of the shared world."""
