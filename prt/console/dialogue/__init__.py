"""The engine that asks all questions: what is asked, how answers are read, and the terminal."""
