"""The timetable engine: when and where sessions take place, solved, checked and explained."""
