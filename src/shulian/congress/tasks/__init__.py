"""What congresses do later."""

from shulian.congress.tasks.samples import open_sample
from shulian.congress.tasks.signs import repair_signs, show_signs
from shulian.congress.tasks.solving import look_after_solves, solve_timetable

__all__ = ["look_after_solves", "open_sample", "repair_signs", "show_signs", "solve_timetable"]
