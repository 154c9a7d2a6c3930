"""`python -m prt` and the `prt` script."""

import os

os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # a search of every package at each start

from prt.cli import main

if __name__ == "__main__":
    main()
