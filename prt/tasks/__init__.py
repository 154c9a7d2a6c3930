"""What two commands share, or what is more than reading options and printing."""
