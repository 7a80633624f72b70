"""Curriculum-based course timetabling as the competition ITC-2007 states it (track 3, UD2)."""
