"""What people wrote for a report: its notes read, placed, and outlined."""
