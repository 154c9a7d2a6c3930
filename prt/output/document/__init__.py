"""A report as a document: its parts as plain values, and the editions for its readers."""
