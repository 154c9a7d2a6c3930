"""A report as a Word file, and the names in double braces that stand in one."""
