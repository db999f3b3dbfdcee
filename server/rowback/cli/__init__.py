"""The command line: `rowback …`. One module for each group of commands."""

from __future__ import annotations

import click

from rowback import __version__
from rowback.capture.log import warn_plainly
from rowback.cli import access, articles, backups, demo, exchange, extension, feeds, health, owner, poll, serve, status
from rowback.cli.printer import Plain


@click.group(cls=Plain, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="rowback")
def main() -> None:
    """See, on the news page you are reading, what the article used to say.

    Settings come from rowback.toml, from ROWBACK_* in the environment, and from flags, each overruling the one before.
    """
    warn_plainly()


for _command in (
    serve.serve,
    demo.demo,
    articles.capture,
    feeds.follow,
    feeds.unfollow,
    feeds.feeds,
    poll.poll,
    status.status,
    articles.edits,
    articles.merge,
    articles.split,
    articles.search,
    owner.hide,
    owner.list_,
    owner.unlist,
    owner.pause,
    owner.forget,
    exchange.import_,
    exchange.export,
    backups.backup,
    backups.restore,
    extension.extension,
    access.pair,
    access.sign_in,
    access.sign_out,
    access.tokens,
    health.doctor,
):
    main.add_command(_command)
