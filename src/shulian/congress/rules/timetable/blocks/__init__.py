"""A bound by blocks: each forum as one piece of a hall's day, and no more halls than there are."""
