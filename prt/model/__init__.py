"""What a plan, a log, a person is: frozen values, no input, no output."""
