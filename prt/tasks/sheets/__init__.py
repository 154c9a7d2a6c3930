"""Workbooks that are given out, filled and taken back."""
