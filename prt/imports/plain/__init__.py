"""A plain sheet as rows of a log."""
