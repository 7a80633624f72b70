"""Local search: a timetable that gets better by moving sessions and forums about."""
