"""`python -m rowback`: the command line where no folder of commands is on the path."""

import os

from rowback.cli import main
from rowback.command import VARIABLE

if __name__ == "__main__":
    os.environ.setdefault(VARIABLE, "python -m rowback")
    main()
