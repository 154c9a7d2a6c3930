"""How statuses look beside their words, which say the same: a sign and a colour."""

COLOURS = {
    "met": "1A6B36",
    "on_track": "0A6472",
    "at_risk": "8A5300",
    "behind": "B3261E",
    "no_data": "7A3E9D",
}
QUIET = "444C55"
"""What stands beside something else."""
SIGNS_OF_STATUS = {"met": "✓", "on_track": "●", "at_risk": "▲", "behind": "■", "not_due": "○", "no_data": "–"}
