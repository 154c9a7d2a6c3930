"""What an import would write, shown before anything is written."""
