"""What is kept between runs in a cache folder of the user's: it can be made again at any time."""
