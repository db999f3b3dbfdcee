"""`rowback sources`: what is known of sources, and how closely each was watched."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from rowback.cli.base import base, counted, db_option, json_option, open_store, told_plainly
from rowback.cli.printer import echo, print_json
from rowback.clock import utc_now
from rowback.deferred import Deferred
from rowback.errors import UnknownSource
from rowback.text.elapsed import in_words
from rowback.text.plain import line
from rowback.web.periods import read_period

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rowback.store import Store
    from rowback.store.by_source import SourcePortrait, SourceTally
    from rowback.store.source_scope import Period
    from rowback.web.api import source_shapes
else:
    source_shapes = Deferred("rowback.web.api.source_shapes")

AT_ONCE = 500  # names that are read at once
MAX_NAME = 253  # characters of a name in the DNS


@click.command(short_help="Show what is known of sources, side by side.")
@click.argument("name", required=False)
@click.option("--since", default="", metavar="DAY | INSTANT", help="What was seen since then: 2026-01-31.")
@click.option("--until", default="", metavar="DAY | INSTANT", help="What was seen until then; a day is included.")
@json_option
@db_option
@told_plainly
def sources(name: str | None, since: str, until: str, as_json: bool, db: Path | None) -> None:
    """Show how much of each source was edited and how closely it was watched; with its NAME (example.com) all of one."""
    period = read_period(since, until)
    store = open_store(db, create=False)
    if name is not None:
        _show_one(store, name.strip().lower(), period, as_json)
        return
    now = utc_now()
    tallies = [store.by_source.tally(each, period, now) for each in _names(store)]
    if as_json:
        print_json(source_shapes.sources(tallies, period, None, base()))
        return
    for tally in tallies:
        _print(tally)
    if not tallies:
        echo("Nothing is stored yet: `rowback follow URL` begins with an article or a site.", err=True)


def _names(store: Store) -> Iterator[str]:
    after = ""
    while names := store.by_source.names(AT_ONCE, after):
        yield from names
        after = names[-1]


def _show_one(store: Store, name: str, period: Period, as_json: bool) -> None:
    if not store.by_source.has(name):
        raise UnknownSource(f"No article of {name} is stored. `rowback sources` lists those that are.")
    portrait = store.by_source.portrait(name, period, utc_now())
    if as_json:
        print_json(source_shapes.source(portrait, period, base()))
        return
    _print(portrait.tally)
    _print_more(portrait)


def _print(tally: SourceTally) -> None:
    """A source in some lines: each number with what it is of."""
    watch, median = tally.watch, tally.to_first_edit
    again = counted(tally.seen_again, "article")
    echo(line(tally.source, MAX_NAME), bold=True)
    echo(f"  {counted(tally.articles, 'article')}, {tally.followed} followed now")
    echo(f"  edited: {tally.edited} of {again} seen more than once{_share(tally.share_edited)}")
    edits = f"  {counted(tally.edits, 'edit')} in {counted(tally.steps, 'step')}"
    echo(edits if tally.edits_per_article is None else f"{edits}: {tally.edits_per_article:.2f} an article seen again")
    if median is not None:
        of = counted(tally.first_edited, "article")
        echo(f"  first edit after {in_words(median.total_seconds())}, the median of {of}")
    of = f"{counted(tally.substance, 'step')} of substance"
    echo(f"  unannounced: {tally.unannounced} of {of}{_share(tally.share_unannounced)}")
    echo(f"  headlines: {counted(tally.headline, 'step')}; taking turns in {counted(tally.headline_turns, 'article')}")
    gap = f", the longest gap {counted(watch.longest_gap_days, 'day')}" if watch.longest_gap_days else ""
    days = f"no check on {watch.days_unchecked} of {counted(watch.days, 'day')}"
    echo(f"  watched: {counted(watch.checks, 'check')}, {watch.checks_per_day or 0:.2f} a day; {days}{gap}", dim=True)


def _print_more(portrait: SourcePortrait) -> None:
    if portrait.labels:
        echo(f"  labels: {', '.join(f'{line(name, MAX_NAME)} {count}' for name, count in portrait.labels.items())}")
    for each in portrait.most_edited:
        title = line(each.article.title or each.article.url, MAX_NAME)
        echo(f"  {counted(each.steps, 'step')}: {title} (article {each.article.id})")


def _share(part: float | None) -> str:
    return "" if part is None else f" ({part:.0%})"
