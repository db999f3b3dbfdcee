"""An article's history on a terminal: deletions struck through and red, insertions underlined and green."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

import regex

from rowback.cli.base import counted
from rowback.cli.printer import Styled, address, echo, echo_styled, has_colours
from rowback.text.attributed import attributed
from rowback.text.dated import dated
from rowback.text.next_check import checked_again
from rowback.text.plain import line

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from rowback.model import Article
    from rowback.told import Edit, History, Moment, SeenAside

_PART = regex.compile(r"<(del|ins)>([^<]*)</\1>|<(/?)\w+>|([^<]+)")

_DELETED = {"fg": "red", "strikethrough": True}
_INSERTED = {"fg": "green", "underline": True}
# Why a text that is seen again is no edit, by `store.asides.Aside`.
ASIDE = {
    "alternating": "the site shows texts in turn.",
    "disagreement": "a reader's browser and the server are shown different copies.",
    "boilerplate": "only text differs that comes and goes in this source's articles.",
    "counting": "lines beside the text only count.",
}


def title_line(article: Article) -> str:
    """An article's headline and address on one line."""
    return f"{line(article.title) or 'an article without headline'} ({address(article.url)})"


def print_history(article: Article, told: History, aside: Sequence[SeenAside], now: datetime) -> None:
    """The versions, then every edit with its earlier wordings."""
    echo(title_line(article), bold=True)
    echo(checked_again(article, now, "{:%Y-%m-%d %H:%M} UTC".format))
    for note in told.versions:
        later = f" ({note.later})" if note.later else ""
        words = f", {counted(note.words_inserted, 'word')} in, {note.words_deleted} out" if note.number else ""
        echo(f"  version {note.number}  {note.seen_at:%Y-%m-%d %H:%M} UTC{later}{words}")
        if note.memento is not None:
            echo(f"    {line(attributed(note.memento, note.origin))}: {address(note.memento.href)}")
    for seen in aside:
        why = ASIDE.get(seen.reason, line(seen.reason))
        when = f"{seen.times}×, last on {seen.last_seen_at:%Y-%m-%d %H:%M} UTC"
        echo(f"  version {seen.version} was seen again {when}, and that is no edit: {why}")
        for text in seen.lines:
            echo(f"    {line(text)}")
    echo(f"\n{counted(len(told.edits), 'edit')} from version {told.from_version} to {told.to_version}")
    for edit in told.edits:
        _print_edit(edit)
    if told.passing:
        echo(f"\n{counted(len(told.passing), 'edit')} in between that left no trace")
        for edit in told.passing:
            _print_edit(edit)


def _print_edit(edit: Edit) -> None:
    place = "headline" if edit.index == 0 else f"{edit.block_kind} {edit.index}"
    about = " · ".join((edit.kind.value, place, *(label for label in edit.labels if label != "headline")))
    echo(f"\n{about}", dim=True)
    if edit.times:
        echo("".join(piece if isinstance(piece, str) else _shown(piece) for piece in dated(edit.times)), dim=True)
    echo_styled(styled(edit.markup))
    if len(edit.wordings) > 1:
        for wording in edit.wordings:
            echo(f"  version {wording.version}, {wording.seen_at:%Y-%m-%d %H:%M} UTC: {wording.text}", dim=True)


def _shown(moment: Moment) -> str:
    return f"{moment.seen_at:%Y-%m-%d}" if moment.is_day else f"{moment.seen_at:%Y-%m-%d %H:%M} UTC"


def styled(markup: str) -> list[Styled]:
    """Markup as texts with terminal styles; without colours the changes stand in [-…-] and {+…+}."""
    signs, pieces = (("", "", "", "") if has_colours() else ("[-", "-]", "{+", "+}")), list[Styled]()
    is_plain = bool(signs[0])
    for change, text, closing, kept in _PART.findall(markup.rstrip()):
        if change == "del":
            pieces.append((f"{signs[0]}{html.unescape(text)}{signs[1]}", {} if is_plain else _DELETED))
        elif change == "ins":
            pieces.append((f"{signs[2]}{html.unescape(text)}{signs[3]}", {} if is_plain else _INSERTED))
        elif kept:
            pieces.append((html.unescape(kept), {}))
        elif closing:
            pieces.append(("\n", {}))
    while pieces and pieces[-1][0] == "\n":
        pieces.pop()
    return pieces
