"""Somebody else's form, filled in with a report's figures where it has their names."""
