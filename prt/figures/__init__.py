"""Pure arithmetic on the plan and its rows."""
