"""What a file cannot tell is asked on a terminal: how a form is read, which day, which log, which columns."""
