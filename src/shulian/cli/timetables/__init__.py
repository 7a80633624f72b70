"""Kinds of timetables that the command line solves and checks, each in a module of its own."""
