"""`python -m prt` and the `prt` script."""

from prt.cli import main

if __name__ == "__main__":
    main()
