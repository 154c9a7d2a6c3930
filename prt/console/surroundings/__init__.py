"""What lies around a command: the folders that its system has for it, and all that its answer may rest on."""
