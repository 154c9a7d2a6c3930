"""What a command asks of the disk, and the trace of what it was told."""
