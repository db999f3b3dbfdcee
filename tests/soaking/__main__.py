"""What `tests/soak` runs: `python -m tests.soaking`."""

import sys

from tests.soaking.checks import CHECKS
from tests.soaking.command import main

if __name__ == "__main__":
    sys.exit(main(CHECKS, sys.argv[1:]))
