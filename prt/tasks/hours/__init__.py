"""Hours in words, a row a line: from a command, a pipe, or typed line after line."""
