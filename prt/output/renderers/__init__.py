"""The formats of a report: one entry and one small file for each."""
