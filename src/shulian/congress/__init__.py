"""Congresses: what is said when, where and by whom, and a timetable that solves itself."""
