"""An article's history on a terminal: deletions struck through and red, insertions underlined and green."""

from __future__ import annotations

import html
import os
import sys
from typing import TYPE_CHECKING

import click
import regex

from rowback.cli.base import counted
from rowback.text.next_check import checked_again

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from rowback.model import Article, Edit, History, SeenAside

_PART = regex.compile(r"<(del|ins)>([^<]*)</\1>|<(/?)\w+>|([^<]+)")


# Why a text that is seen again is no edit, by `store.asides.Aside`.
ASIDE = {
    "alternating": "the site shows texts in turn.",
    "disagreement": "a reader's browser and the server are shown different copies.",
    "boilerplate": "only text differs that comes and goes in this source's articles.",
}


def title_line(article: Article) -> str:
    """An article's headline and address on one line."""
    return f"{article.title or 'an article without headline'} ({article.url})"


def print_history(article: Article, told: History, aside: Sequence[SeenAside], now: datetime) -> None:
    """The versions, then every edit with its earlier wordings."""
    click.secho(title_line(article), bold=True)
    click.echo(checked_again(article, now, "{:%Y-%m-%d %H:%M} UTC".format))
    for note in told.versions:
        later = f" ({note.later})" if note.later else ""
        words = f", {counted(note.words_inserted, 'word')} in, {note.words_deleted} out" if note.number else ""
        click.echo(f"  version {note.number}  {note.seen_at:%Y-%m-%d %H:%M} UTC{later}{words}")
    for seen in aside:
        why = ASIDE.get(seen.reason, seen.reason)
        when = f"{seen.times}×, last on {seen.last_seen_at:%Y-%m-%d %H:%M} UTC"
        click.echo(f"  version {seen.version} was seen again {when}, and that is no edit: {why}")
    click.echo(f"\n{counted(len(told.edits), 'edit')} from version {told.from_version} to {told.to_version}")
    for edit in told.edits:
        _print_edit(edit)
    if told.passing:
        click.echo(f"\n{counted(len(told.passing), 'edit')} in between that left no trace")
        for edit in told.passing:
            _print_edit(edit)


def _print_edit(edit: Edit) -> None:
    place = "headline" if edit.index == 0 else f"{edit.block_kind} {edit.index}"
    about = " · ".join((edit.kind.value, place, *(label for label in edit.labels if label != "headline")))
    click.secho(f"\n{about}", dim=True)
    click.echo(styled(edit.markup))
    if len(edit.wordings) > 1:
        for wording in edit.wordings:
            click.secho(f"  version {wording.version}, {wording.seen_at:%Y-%m-%d %H:%M} UTC: {wording.text}", dim=True)


def styled(markup: str) -> str:
    """Markup as text with terminal styles; without colours the changes stand in [-…-] and {+…+}."""
    plain = not _colours()
    parts = []
    for change, text, closing, kept in _PART.findall(markup):
        if change == "del":
            parts.append(f"[-{html.unescape(text)}-]" if plain else _style(text, "red", strikethrough=True))
        elif change == "ins":
            parts.append(f"{{+{html.unescape(text)}+}}" if plain else _style(text, "green", underline=True))
        elif kept:
            parts.append(html.unescape(kept))
        elif closing:
            parts.append("\n")
    return "".join(parts).rstrip("\n")


def _style(text: str, colour: str, **how: bool) -> str:
    return click.style(html.unescape(text), fg=colour, **how)


def _colours() -> bool:
    context = click.get_current_context(silent=True)
    if context is not None and context.color is not None:
        return context.color
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")  # https://no-color.org
