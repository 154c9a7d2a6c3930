"""What is submitted, and what was: kept for good, compared with today."""
