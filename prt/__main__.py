"""`python -m prt` and the `prt` script."""

import os
import sys

os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # a search of every package at each start


def main() -> None:
    """Run prt; Ctrl+C ends it without a word, also while it is being imported."""
    try:
        from prt.cli import main as run  # inside, for an interruption while it is imported

        run()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
