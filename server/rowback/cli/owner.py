"""`rowback hide`, `pause`, `forget`: what only the owner does with an article."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from rowback.cli.base import db_option, known_article, open_store, told_plainly
from rowback.cli.printer import confirm, echo
from rowback.cli.terminal import title_line
from rowback.clock import utc_now
from rowback.store.owner import LOG_HELD

if TYPE_CHECKING:
    from pathlib import Path


@click.command(short_help="Hide an article from readers, who are told the reason.")
@click.argument("url")
@click.option("--reason", metavar="TEXT", help="What readers are told in its place; needed, but for --undo.")
@click.option("--undo", is_flag=True, help="Show it again.")
@db_option
@told_plainly
def hide(url: str, reason: str | None, undo: bool, db: Path | None) -> None:
    """Hide an article from readers, who are told the reason; its versions are kept."""
    if undo == (reason is not None):
        raise click.UsageError("Give either --reason TEXT or --undo.")
    store = open_store(db, create=False)
    article = known_article(store, url)
    if reason is None:
        store.owner.show(article.id)
        echo(f"Shown again: {title_line(article)}.")
    else:
        store.owner.hide(article.id, reason)
        echo(f"Hidden: {title_line(article)}.")


@click.command("list", short_help="Let strangers see an article where reading is public.")
@click.argument("url")
@db_option
@told_plainly
def list_(url: str, db: Path | None) -> None:
    """Let strangers see an article where reading is public: also one that only a reader's browser brought."""
    _set_listed(url, db, listed=True)


@click.command(short_help="Keep an article from strangers where reading is public.")
@click.argument("url")
@db_option
@told_plainly
def unlist(url: str, db: Path | None) -> None:
    """Keep an article from strangers where reading is public, whatever brings it later."""
    _set_listed(url, db, listed=False)


def _set_listed(url: str, db: Path | None, *, listed: bool) -> None:
    store = open_store(db, create=False)
    article = known_article(store, url)
    store.owner.set_listed(article.id, listed=listed)
    echo(f"{'Listed' if listed else 'No longer listed'}: {title_line(article)}.")


@click.command()
@click.argument("url")
@click.option("--undo", is_flag=True, help="Check it again.")
@db_option
@told_plainly
def pause(url: str, undo: bool, db: Path | None) -> None:
    """Stop checking an article for edits; what is stored stays."""
    store = open_store(db, create=False)
    article = known_article(store, url)
    store.set_followed(article.id, utc_now() if undo else None)
    echo(f"{'Checked again' if undo else 'No longer checked'}: {title_line(article)}.")


@click.command()
@click.argument("url")
@click.option("--yes", is_flag=True, help="Do not ask.")
@db_option
@told_plainly
def forget(url: str, yes: bool, db: Path | None) -> None:
    """Delete an article with all its versions, for good. Backups keep what they have."""
    store = open_store(db, create=False)
    article = known_article(store, url)
    if not yes:
        confirm(f"Delete {article.version_count} versions of {title_line(article)} for good?")
    is_done = store.owner.forget(article.id)
    echo(f"Forgotten: {title_line(article)}.")
    if not is_done:
        echo(LOG_HELD, err=True)
