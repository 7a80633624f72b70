"""The park definition: a park as files that people write, read in a diff and share."""
