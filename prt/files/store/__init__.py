"""Rows written so that nothing entered is ever lost: disk, journal, store, undo."""
