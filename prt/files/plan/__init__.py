"""The plan file: bytes to a Plan, its mistakes in words, and next year's from this year's."""
