"""What was reported and has changed since, and the rows that are why."""
