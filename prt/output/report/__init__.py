"""A report: its document, its parts, and how it is rendered."""
