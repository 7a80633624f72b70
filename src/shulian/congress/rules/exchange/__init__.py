"""Programmes in and out of files: schedule.xml and .json, calendars, tables, pages."""
