"""What a person types to run Rowback here: texts that name a command name it so.

A checkout is run with `server/run`, an installed package with `rowback`, a container through its engine. Who starts the
program knows; what starts it says so in the environment.
"""

from __future__ import annotations

import os

NAME = "rowback"
VARIABLE = "ROWBACK_COMMAND"


def command() -> str:
    """The command, as it is typed before a name such as `serve`."""
    return os.environ.get(VARIABLE, "").strip() or NAME


def as_typed(text: str) -> str:
    """A text of ours with each command in backquotes, such as `rowback serve`, as it is typed here."""
    return text.replace(f"`{NAME} ", f"`{command()} ")
