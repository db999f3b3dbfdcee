"""`rowback export`: histories out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from rowback import files
from rowback.archive.export import all_articles, lines
from rowback.cli.base import counted, db_option, open_store, told_plainly
from rowback.cli.printer import echo, print_json_lines
from rowback.errors import BadInput, UnknownArticle

if TYPE_CHECKING:
    from collections.abc import Iterable


MAX_TOLD_LINES = 20


@click.command(short_help="Write the versions of articles as JSON Lines.")
@click.argument("url", required=False)
@click.option(
    "--output",
    "-o",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write, or -.  [default: standard output]",
)
@click.option("--hidden", is_flag=True, help="With the articles that are hidden from readers.")
@db_option
@told_plainly
def export(url: str | None, output: Path | None, hidden: bool, db: Path | None) -> None:
    """Write an article's versions, or all articles', as JSON Lines that `rowback import` reads.

    Hidden articles are left out, unless one is named or --hidden asks for them: a copy does not say that they are hidden.
    """
    store = open_store(db, create=False)
    article = store.articles.find(url) if url else None
    if url and article is None:
        raise UnknownArticle(f"No version of {url} is stored.")
    found = lines(store, [article] if article else all_articles(store, with_hidden=hidden))
    if output is None or str(output) == "-":
        print_json_lines(found)
    else:
        _write(output, found)
    left_out = 0 if article or hidden else store.articles.hidden_count()
    if left_out:
        echo(f"Left out: {counted(left_out, 'hidden article')}. --hidden exports them, too.", err=True)


def _write(output: Path, found: Iterable[str]) -> None:
    try:
        out = files.open_to_write(output)
    except OSError as error:
        raise BadInput(f"{output} cannot be written: {error.strerror}.") from error
    with out:
        out.writelines(found)
