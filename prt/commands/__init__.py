"""One file per command: read options, call one function, print."""
