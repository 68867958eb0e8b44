"""Lessons as a table that can be imported again, and the empty template."""
