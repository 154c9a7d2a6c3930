"""Two versions of a table as one: rows in, rows and conflicts out."""
