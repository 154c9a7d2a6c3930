"""The fictional year of `prt demo`: tables of prt/examples/demo, and rows drawn around them with a seed."""

REAL_SIZE = 6000
"""Rows of all logs of a real year, and of this one unless asked otherwise."""
SMALLEST = 2500
