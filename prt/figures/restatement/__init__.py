"""What was reported and is another now, and the rows that are why."""
