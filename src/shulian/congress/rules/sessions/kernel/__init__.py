"""Annealing of a conference, compiled: imported by who anneals, by nobody else."""
