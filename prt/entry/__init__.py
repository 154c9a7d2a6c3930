"""What is typed at entry, read: who is meant, and what a line of hours says. No file, no terminal."""
