"""`rowback demo`."""

from __future__ import annotations

import click

from rowback.cli.base import told_plainly


@click.command()
@told_plainly
def demo() -> None:
    """Show Rowback on a small invented newspaper."""
    raise click.UsageError("the demo is being assembled")
