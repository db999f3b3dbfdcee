"""Sentences and formats that templates share: instants and counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from rowback.clock import format_instant
from rowback.command import as_typed, command
from rowback.model import Scope, Status
from rowback.store.asides import Aside
from rowback.text.archive_words import backfill_word
from rowback.text.attributed import keeper, kept_by
from rowback.text.dated import dated
from rowback.text.elapsed import in_words
from rowback.text.next_check import checked_again, standing, status_word
from rowback.text.runs import spans
from rowback.text.web_links import as_written
from rowback.web.guard import visibility
from rowback.web.pages import glossary
from rowback.web.pages.credited import credited
from rowback.web.sent import root

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from flask import Flask

    from rowback.model import Article
    from rowback.store.versions import Span
    from rowback.told import SeenAside, VersionNote

_EMBEDDED = (("li", "div", ' class="li"'), ("figcaption", "div", ' class="figcaption"'), ("h1", "h2", ""))
ASIDE_WORDS = {
    Aside.ALTERNATING: "The site alternates between two texts, so this counts as no edit.",
    Aside.DISAGREEMENT: "Readers and the checks are shown different copies at the same time, so this counts as no edit.",
    Aside.BOILERPLATE: "It differs by a notice that comes and goes in this source’s articles, so this counts as no edit.",
    Aside.COUNTING: "Lines beside the text only count in this source’s articles, so their numbers are no edits.",
}
THOUSAND = 1_000  # as disks are sold

# What a token or a session may do, the most first.
SCOPES = (
    (Scope.OWNER, "do everything, as the owner"),
    (Scope.CAPTURE, "read, store what is read, and follow articles"),
    (Scope.READ, "read only"),
)


def install(app: Flask) -> None:
    """Makes the filters known to all templates of `app`."""
    app.add_template_filter(shown, "instant")
    app.add_template_filter(day, "day")
    app.add_template_filter(clock, "clock")
    app.add_template_filter(format_instant, "rfc3339")
    app.add_template_filter(http_date, "http_date")
    app.add_template_filter(count, "count")
    app.add_template_filter(lasting, "lasting")
    app.add_template_filter(size, "bytes")
    app.add_template_filter(glossary.word, "label")
    app.add_template_filter(glossary.meaning, "meaning")
    app.add_template_test(glossary.is_listed, "listed")
    app.add_template_filter(came_back, "came_back")
    app.add_template_filter(dated, "dated")
    app.add_template_filter(seen_aside, "seen_aside")
    app.add_template_filter(embedded, "markup")
    app.add_template_filter(spans, "spans")
    app.add_template_filter(credited, "credited")
    app.add_template_filter(as_written, "as_written")
    app.add_template_filter(keeper, "keeper")
    app.add_template_filter(kept_by, "kept_by")
    app.add_template_filter(backfill_word, "backfill_word")
    app.add_template_filter(standing, "standing")
    app.add_template_filter(status_word, "status_word")
    app.add_template_global(root, "root")
    app.add_template_global(command, "command")
    app.add_template_filter(as_typed, "as_typed")


def embedded(markup: str) -> Markup:
    """Markup of `rowback.diff.telling.markup`, and no other, as part of a page: there an item without its list is none, nor a
    caption without its figure, and only the page itself has an `h1`. In it `<` begins nothing but a tag of ours."""
    for tag, element, given in _EMBEDDED:
        markup = markup.replace(f"<{tag}>", f"<{element}{given}>").replace(f"</{tag}>", f"</{element}>")
    return Markup(markup)  # noqa: S704


def shown(at: datetime) -> str:
    """`24 November 2026, 09:05 UTC`."""
    return f"{day(at)}, {clock(at)} UTC"


def next_check(article: Article, now: datetime) -> str:
    """Whether and when an article is checked again; to strangers only whether."""
    if visibility.audience().is_strangers and article.status is Status.WATCHING:
        return "Followed: it is checked for edits."
    return checked_again(article, now, shown)


def day(at: datetime) -> str:
    """`24 November 2026`."""
    return f"{at.day} {at.strftime('%B %Y')}"


def clock(at: datetime) -> str:
    """`09:05`."""
    return at.strftime("%H:%M")


def http_date(at: datetime) -> str:
    """An HTTP date: RFC 9110, section 5.6.7."""
    days, months = "Mon Tue Wed Thu Fri Sat Sun".split(), "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
    return f"{days[at.weekday()]}, {at.day:02} {months[at.month - 1]} {at.year:04} {at.strftime('%H:%M:%S')} GMT"


def count(number: int, noun: str, plural: str = "") -> str:
    """`1 edit`, `2 edits`; large numbers in groups of three."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def came_back(version: VersionNote | Span) -> str:
    """A sentence on a version whose text or change was there before; empty for any other."""
    said = (
        f"It reads as version {version.restores} did: what had changed since was restored."
        if version.restores is not None
        else ""
    )
    return (
        f"{said} The same change was made before: the text goes back and forth.".strip() if version.flapping else said
    )


def seen_aside(found: SeenAside) -> str:
    """A sentence on captures that saw an earlier text again and made no version."""
    seen = f"Version {found.version} was seen {count(found.times, 'more time')}, last on {shown(found.last_seen_at)}"
    lines = f" Last seen: {' · '.join(f'“{line}”' for line in found.lines)}." if found.lines else ""
    return f"{seen}. {ASIDE_WORDS[Aside(found.reason)]}{lines}"


def lasting(time: timedelta) -> str:
    """`about 2 hours`."""
    return in_words(time.total_seconds())


def size(number: float) -> str:
    """A size in bytes: `12 MB`."""
    for unit in ("bytes", "KB", "MB", "GB"):
        if number < THOUSAND:
            return f"{number:.0f} {unit}" if number >= 10 or unit == "bytes" else f"{number:.1f} {unit}"
        number /= THOUSAND
    return f"{number:,.1f} TB"
