"""Two readers who try to find out what a small group answered, from everything that was sent to them.

Written apart from the program: they read the reports as they are printed, know which rows changed from one
report to the next, and ask what numbers of people could stand in the table of the sessions.
"""
