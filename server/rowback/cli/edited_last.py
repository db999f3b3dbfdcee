"""`rowback latest`: what was edited last, or since an instant."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import click
import regex

from rowback.cli.base import base, counted, db_option, json_option, known_article, open_store, told_plainly
from rowback.cli.printer import echo, echo_styled, print_json
from rowback.cli.terminal import styled, title_line
from rowback.clock import utc_now
from rowback.deferred import Deferred
from rowback.errors import BadInput
from rowback.store.known_order import Since
from rowback.store.latest import Filters
from rowback.web.numbering import read_since, since_text

if TYPE_CHECKING:
    from pathlib import Path

    from rowback.diff.telling import markup
    from rowback.store.known_steps import KnownStep
    from rowback.web.api import known_shapes
else:
    known_shapes = Deferred("rowback.web.api.known_shapes")
    markup = Deferred("rowback.diff.telling.markup")

_AGO = regex.compile(r"([0-9]{1,5})(m|h|d|w)")
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
_DAY = regex.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@click.command(short_help="Show what was edited last, or since an instant.")
@click.option(
    "--since",
    metavar="INSTANT | 12h | NEXT",
    help="What became known since then, the oldest first: 2026-01-31, 2026-01-31T09:30:00Z, 90m, 12h, 7d, or the `next` "
    "that --json told before.",
)
@click.option("--source", "at_source", help="Edits of one source: example.com.")
@click.option("--label", help="Edits with a label: figure, headline, correction.")
@click.option("--article", "url", metavar="URL", help="Edits of one article.")
@click.option("--unannounced", is_flag=True, help="Edits of substance without a note to the reader.")
@click.option("--limit", type=click.IntRange(1, 500), default=20, show_default=True, help="The most to show.")
@json_option
@db_option
@told_plainly
def latest(
    since: str | None,
    at_source: str | None,
    label: str | None,
    url: str | None,
    unannounced: bool,
    limit: int,
    as_json: bool,
    db: Path | None,
) -> None:
    """Show what was edited last, the newest first; with --since all that became known since then, the oldest first."""
    start = None if since is None else _since(since)
    store = open_store(db, create=False)
    wanted = Filters(
        article_id=None if url is None else known_article(store, url).id,
        sources=() if at_source is None else (at_source.lower(),),
        labels=() if label is None else (label.lower(),),
        unannounced=unannounced,
    )
    page = store.known.newest(wanted, limit) if start is None else store.known.page(wanted, start, limit)
    if as_json:
        print_json(known_shapes.changes(page, base()))
        return
    for each in page.items:
        _print(each)
    if not page.items:
        echo("Nothing was edited." if start is None else "Nothing was edited since then.", err=True)
    if start is not None and len(page.items) == limit:
        echo(f"There are more: --since {since_text(page.next)} goes on.", err=True)


def _since(given: str) -> Since:
    """From where on somebody wants to know. Raises `BadInput`."""
    ago = _AGO.fullmatch(given)
    if ago is not None:
        return Since(recorded=utc_now() - int(ago[1]) * _UNITS[ago[2]])
    try:
        return read_since(f"{given}T00:00:00Z" if _DAY.fullmatch(given) else given)
    except BadInput:
        raise BadInput("--since is a day, an instant, 90m, 12h, 7d, or the `next` that --json told before.") from None


def _print(each: KnownStep) -> None:
    step = each.listed.step
    echo(title_line(each.listed.article), bold=True)
    labels = "".join(f" · {label}" for label in step.labels)
    words = f"{counted(step.words_inserted, 'word')} in, {step.words_deleted} out"
    echo(f"  version {step.number}  {step.seen_at:%Y-%m-%d %H:%M} UTC · {words}{labels}", dim=True)
    echo_styled([("  ", {}), *styled(markup.write("p", step.excerpt))])
