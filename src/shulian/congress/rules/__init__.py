"""What congresses compute: conflicts, changes, exchange formats, timetables. Values in and out."""
