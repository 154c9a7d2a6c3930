"""What was sent to the funder, frozen, and verified byte by byte."""
