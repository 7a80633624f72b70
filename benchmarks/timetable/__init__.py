"""Parts of `make bench NAME=timetable`."""
