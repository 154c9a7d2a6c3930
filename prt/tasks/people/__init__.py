"""People of the team's lists: one of them found, one of them put right."""
