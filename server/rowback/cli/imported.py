"""`rowback imports`: what came by which import or backfill, and taking it back."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from rowback.cli.base import counted, db_option, json_option, open_store, told_plainly
from rowback.cli.printer import confirm, echo, print_json, progress, row
from rowback.clock import format_instant, utc_now
from rowback.errors import BadInput
from rowback.store.imports import ImportKind, Undone
from rowback.text.plain import line

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from rowback.store import Store
    from rowback.store.imports import Import

MAX_NAMED = 200  # characters of its name in a question
NONE_YET = "Nothing was imported yet. `rowback import` and `rowback backfill` bring histories."


@click.group(invoke_without_command=True, short_help="List imports and backfills; take them back.")
@json_option
@db_option
@click.pass_context
@told_plainly
def imports(context: click.Context, as_json: bool, db: Path | None) -> None:
    """List what came by which import or backfill, by number; take it back."""
    context.obj = db
    if context.invoked_subcommand is not None:
        return
    found = open_store(db, create=False).imports.all()
    if as_json:
        print_json([_as_json(each) for each in found])
        return
    for each in found:
        of = f"{each.what}: {each.url}" if each.kind is ImportKind.BACKFILL and each.url else each.what
        row(str(each.number), f"{each.began_at:%Y-%m-%d %H:%M}", each.kind.value, _told(each), of)
    if not found:
        echo(NONE_YET)


@imports.command(short_help="Take back what one of them alone brought.")
@click.argument("number", type=int, required=False)
@click.option(
    "--source", "site", metavar="NAME", help="All that web archives brought of a site, or that one archive brought."
)
@click.option("--article", metavar="URL", help="All that web archives brought of an article.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option
@db_option
@click.pass_obj
@told_plainly
def undo(
    group_db: Path | None,
    number: int | None,
    site: str | None,
    article: str | None,
    yes: bool,
    as_json: bool,
    db: Path | None,
) -> None:
    """Take back what an import, by its NUMBER, or a backfill alone brought: all is as if it had never been.

    What was also seen otherwise stays, and so does an article that somebody follows until its own page was read. Ctrl-C
    loses nothing: the same command goes on. Importing or looking again brings the same again.
    """
    if sum(each is not None for each in (number, site, article)) != 1:
        raise click.UsageError("Give a NUMBER, --source NAME or --article URL.")
    store = open_store(db or group_db, create=False)
    numbers = _numbers(store, number, site, article)
    left = store.imports.left_of(numbers)
    if not yes and left.articles:
        confirm(_question(store, numbers, left))
    done = _taken_back(store, numbers, left.articles)
    if as_json:
        told = {"articles": done.articles, "gone": done.gone, "followed": done.followed}
        print_json({"imports": list(numbers), **told})
    else:
        echo(_said(done))


def _numbers(store: Store, number: int | None, site: str | None, article: str | None) -> Sequence[int]:
    """Raises `BadInput` where there is nothing to be taken back."""
    if number is not None:
        store.imports.check(number)
        return [number]
    found = store.imports.of_source(site) if site is not None else store.imports.of_article(article or "")
    if not found:
        what = "this source" if site is not None else "this article"
        raise BadInput(f"Nothing that archives brought of {what} is stored. `rowback imports` lists what there is.")
    return found


def _taken_back(store: Store, numbers: Sequence[int], articles: int) -> Undone:
    done = Undone()
    try:
        with progress(max(1, articles), "Taking back") as bar:
            for each in numbers:
                done += store.imports.undo(each, utc_now(), bar.update)
    except KeyboardInterrupt:
        echo("Stopped. The same command goes on.", err=True)
        sys.exit(1)
    return done


def _question(store: Store, numbers: Sequence[int], left: Undone) -> str:
    first = store.imports.get(numbers[0])
    what = f"import {numbers[0]}" if len(numbers) == 1 else counted(len(numbers), "backfill")
    name = f" ({line(first.what, MAX_NAMED)})" if first is not None and len(numbers) == 1 else ""
    gone = f", of which {left.gone} go altogether" if left.gone else ""
    return f"Take back {what}{name}? It has a part in {counted(left.articles, 'article')}{gone}."


def _said(done: Undone) -> str:
    told = f"Taken back from {counted(done.articles, 'article')}; {done.gone} of them had nothing else and are gone."
    if done.followed:
        told += (
            f" {counted(done.followed, 'article')} stayed: somebody follows them, and their own pages were not read yet. "
            "The same command takes them back later."
        )
    return told


def _told(found: Import) -> str:
    if found.undone_at is not None:
        return f"taken back on {found.undone_at:%Y-%m-%d}" + (f", {found.articles} left" if found.articles else "")
    if found.undo_began_at is not None:
        return f"half taken back: `rowback imports undo {found.number}` goes on"
    told = f"{counted(found.articles, 'article')}, {counted(found.versions, 'new version')}"
    return told if found.ended_at is not None else f"{told}, not at its end"


def _as_json(found: Import) -> dict[str, Any]:
    def at(instant: datetime | None) -> str | None:
        return None if instant is None else format_instant(instant)

    return {
        "number": found.number,
        "kind": found.kind.value,
        "what": found.what,
        "source": found.source,
        "url": found.url if found.kind is ImportKind.BACKFILL else None,
        "began_at": at(found.began_at),
        "ended_at": at(found.ended_at),
        "captures": found.captures,
        "versions": found.versions,
        "articles": found.articles,
        "undone_at": at(found.undone_at),
    }
