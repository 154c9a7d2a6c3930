"""prt: a funded action plan as living figures."""

__version__ = "0.1.0"
