"""A foreign export → what was in it: one file per source. Nothing here opens a file or knows a person."""
