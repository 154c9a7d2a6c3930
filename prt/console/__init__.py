"""What a command finds around it: the clock, the environment, the project, and the terminal."""
