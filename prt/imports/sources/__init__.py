"""One file for each program whose exports prt reads, and the registry of them."""
