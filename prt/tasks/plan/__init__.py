"""The plan extended: what is asked of a new indicator, what it would count, and the file with it."""
