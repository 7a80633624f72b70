"""Makes the people of the shared world out of a dense body: one mesh that can wear everything."""
