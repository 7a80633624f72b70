"""The same decisions compiled by numba: imported by who has its cache filled, by nobody else."""
