"""What a figure is held against: targets of the year and of periods, and the year before them."""
