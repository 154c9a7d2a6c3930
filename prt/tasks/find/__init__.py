"""Rows, indicators and logs that are meant by an id or by words, found or picked from a list."""
