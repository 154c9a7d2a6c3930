"""What a terminal shows: status, explain, todo, changes of a plan."""
