"""The shared world: who is in the park now, whom they see, and what they say to each other."""
