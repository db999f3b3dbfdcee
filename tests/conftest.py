"""What all tests start from.

Whatever a script runs in its background (`tests/run &`) has Ctrl-C ignored and passes that on: no program that a test starts
would hear it.
"""

from __future__ import annotations

import signal

signal.signal(signal.SIGINT, signal.default_int_handler)
