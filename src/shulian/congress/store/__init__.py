"""Congresses in the database: one module a noun, rows on one side, values on the other."""
