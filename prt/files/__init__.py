"""Bytes to model and back: the only place that opens a file."""
