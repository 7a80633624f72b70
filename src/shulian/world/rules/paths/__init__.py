"""Ways that people take outdoors: the ground, what is worth going to, how to get there."""
