"""Which cells of a report must be withheld, so that no small group can be computed."""
