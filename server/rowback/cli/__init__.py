"""The command line: `rowback …`. One module for each group of commands, named in `rowback.cli.roster`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from rowback import __version__
from rowback.cli.roster import ALL, Listing, Roster
from rowback.deferred import Deferred

if TYPE_CHECKING:
    from rowback.capture import log
else:
    log = Deferred("rowback.capture.log")


@click.group(cls=Listing, commands=Roster(ALL), context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="rowback")
def main() -> None:
    """See, on the news page you are reading, what the article used to say.

    Settings come from rowback.toml, from ROWBACK_* in the environment, and from flags, each overruling the one before.
    """
    log.warn_plainly()
