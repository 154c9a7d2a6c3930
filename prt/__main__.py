"""`python -m prt` and the `prt` script."""

import os

os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # looking for plug-ins costs a tenth of the start

from prt.cli import main  # noqa: E402

if __name__ == "__main__":
    main()
