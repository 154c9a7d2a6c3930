"""What tables, dates, scales and codes of an export say."""
