"""`python -m prt` and the `prt` script; Ctrl+C ends it without a word, also while it is being imported."""

import atexit
import os
import sys

os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # a search of every package at each start

try:
    from prt.cli import run  # an interruption while it is imported ends it too
except KeyboardInterrupt:
    sys.exit(130)


def main() -> None:
    """Run prt, and end at once: Python would first take a year of rows apart, which takes 2 to 12 ms."""
    code = run()
    atexit._run_exitfuncs()
    try:
        sys.stderr.flush()
    finally:  # where nothing can be written, nothing can be said
        os._exit(code)


if __name__ == "__main__":
    main()
