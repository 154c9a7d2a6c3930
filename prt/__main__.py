"""`python -m prt` and the `prt` script; Ctrl+C ends it without a word, also while it is being imported."""

import atexit
import gc
import os
import sys

atexit.register(gc.freeze)  # else Python looks through a year of rows at its end, which takes 10 ms
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # a search of every package at each start

try:
    from prt.cli import main  # an interruption while it is imported ends it too
except KeyboardInterrupt:
    sys.exit(130)

__all__ = ["main"]

if __name__ == "__main__":
    main()
