"""The page of the week: every target with the rows behind it, what is to do, who is missing."""
