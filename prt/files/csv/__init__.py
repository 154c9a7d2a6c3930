"""CSV files: read, checked, and changed without touching another byte."""
