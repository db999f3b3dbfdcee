"""Sentences and formats that templates share: instants and counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from rowback.clock import format_instant
from rowback.command import as_typed, command
from rowback.model import Origin, Scope, Status
from rowback.store.alerts import Rhythm
from rowback.store.asides import Aside
from rowback.store.deliveries import DeliveryState
from rowback.text import tongue
from rowback.text.archive_words import backfill_word
from rowback.text.attributed import keeper, sentence
from rowback.text.dated import dated
from rowback.text.elapsed import apart, in_words
from rowback.text.next_check import checked_again, standing, status_word
from rowback.text.reasons import is_told, told
from rowback.text.runs import spans
from rowback.text.tongue import gettext, grouped, in_context, marked, ngettext, pgettext
from rowback.text.web_links import as_written
from rowback.told import EditKind
from rowback.web.edit_names import name_in, name_of
from rowback.web.guard import visibility
from rowback.web.pages import glossary
from rowback.web.pages.brought_words import brought_told
from rowback.web.pages.credited import credited
from rowback.web.sent import root

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, timedelta

    from flask import Flask

    from rowback.model import Article, Attribution
    from rowback.store.versions import Span
    from rowback.told import SeenAside, VersionNote

_EMBEDDED = (("li", "div", ' class="li"'), ("figcaption", "div", ' class="figcaption"'), ("h1", "h2", ""))
ASIDE_WORDS = {
    Aside.ALTERNATING: marked("The site alternates between two texts, so this counts as no edit."),
    Aside.DISAGREEMENT: marked(
        "Readers and the checks are shown different copies at the same time, so this counts as no edit."
    ),
    Aside.BOILERPLATE: marked(
        "It differs by a notice that comes and goes in this source’s articles, so this counts as no edit."
    ),
    Aside.COUNTING: marked(
        "Lines beside the text only count in this source’s articles, so their numbers are no edits."
    ),
}
THOUSAND = 1_000  # as disks are sold

# What a token or a session may do, the most first.
SCOPES = (
    (Scope.OWNER, marked("do everything, as the owner")),
    (Scope.CAPTURE, marked("read, store what is read, and follow articles")),
    (Scope.READ, marked("read only")),
)
# Words of the contract, as people read them.
_WORDS: dict[str, dict[Any, str]] = {
    "scope": {
        Scope.OWNER: in_context("scope", "owner"),
        Scope.CAPTURE: in_context("scope", "capture"),
        Scope.READ: in_context("scope", "read"),
    },
    "origin": {
        Origin.API: in_context("origin", "api"),
        Origin.BROWSER: in_context("origin", "browser"),
        Origin.IMPORT: in_context("origin", "import"),
        Origin.POLL: in_context("origin", "poll"),
        Origin.FEED: in_context("origin", "feed"),
        Origin.ARCHIVE: in_context("origin", "archive"),
        Origin.ROWBACK: in_context("origin", "rowback"),
        Origin.FETCH: in_context("origin", "fetch"),
        Origin.FILE: in_context("origin", "file"),
    },
    "rhythm": {
        Rhythm.AT_ONCE: in_context("rhythm", "at once"),
        Rhythm.HOURLY: in_context("rhythm", "hourly"),
        Rhythm.DAILY: in_context("rhythm", "daily"),
    },
    "delivery": {
        DeliveryState.WAITING: in_context("delivery", "waits"),
        DeliveryState.SENT: in_context("delivery", "sent"),
        DeliveryState.FAILED: in_context("delivery", "given up"),
        DeliveryState.DROPPED: in_context("delivery", "dropped"),
    },
    "job": {
        "article": in_context("job", "article"),
        "feed": in_context("job", "feed"),
        "find": in_context("job", "find"),
    },
    "kind": {
        EditKind.INSERT: in_context("kind", "insert"),
        EditKind.DELETE: in_context("kind", "delete"),
        EditKind.CHANGE: in_context("kind", "change"),
        EditKind.MOVE: in_context("kind", "move"),
        EditKind.SPLIT: in_context("kind", "split"),
        EditKind.MERGE: in_context("kind", "merge"),
    },
}


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
    app.add_template_filter(share, "share")
    app.add_template_filter(ratio, "ratio")
    app.add_template_filter(glossary.word, "label")
    app.add_template_filter(glossary.meaning, "meaning")
    app.add_template_test(glossary.is_listed, "listed")
    app.add_template_filter(came_back, "came_back")
    app.add_template_filter(dated, "dated")
    app.add_template_filter(seen_aside, "seen_aside")
    app.add_template_filter(embedded, "markup")
    app.add_template_filter(spans, "spans")
    app.add_template_global(later_than, "later_than")
    app.add_template_filter(credited, "credited")
    app.add_template_filter(as_written, "as_written")
    app.add_template_filter(keeper, "keeper")
    app.add_template_filter(backfill_word, "backfill_word")
    app.add_template_filter(standing, "standing")
    app.add_template_filter(status_word, "status_word")
    app.add_template_filter(brought_told, "brought")
    app.add_template_filter(reason_told, "reason")
    app.add_template_filter(worded, "worded")
    app.add_template_filter(begun, "begun")
    app.add_template_filter(attribution, "attribution")
    app.add_template_filter(listed_together, "listed_together")
    app.add_template_filter(tongue.grouped, "number")
    app.add_template_global(name_in, "name_in")
    app.add_template_global(name_of, "name_of")
    app.add_template_global(tongue.comma, "comma")
    app.add_template_global(root, "root")
    app.add_template_global(command, "command")
    app.add_template_filter(as_typed, "as_typed")


def embedded(markup: str) -> Markup:
    """Markup of `rowback.diff.telling.markup`, and no other, as part of a page: there an item without its list is none, nor a
    caption without its figure, and only the page itself has an `h1`. In it `<` begins nothing but a tag of ours."""
    for tag, element, given in _EMBEDDED:
        markup = markup.replace(f"<{tag}>", f"<{element}{given}>").replace(f"</{tag}>", f"</{element}>")
    return Markup(markup)  # noqa: S704


def worded(word: str, family: str) -> str:
    """What a word of the contract says to people: of the families `scope`, `origin`, `job` and `kind`."""
    words = _WORDS[family]
    return pgettext(family, words.get(word, str(word)))


def reason_told(reason: str) -> Markup:
    """Why something could not be read; in English, and marked so, where no sentence of ours says it."""
    language = Markup("") if is_told(reason) else Markup(' lang="en"')
    return Markup("<bdi{}>{}</bdi>").format(language, told(reason))


def listed_together(items: Sequence[str]) -> Markup:
    """`a`, `a and b`, `a, b and c`, of markup or text."""
    return Markup(tongue.listed([str(escape(item)) for item in items]))  # noqa: S704


def begun(text: str) -> str:
    """The text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def attribution(memento: Attribution, origin: Origin | None, link: Markup, time: Markup | str = "") -> Markup:
    """Who showed a version first, where `link` leads to their copy, and when, where a time is given."""
    return Markup(escape(sentence(memento, origin, has_time=bool(time)))) % {"name": link, "time": time}  # noqa: S704


def later_than(earlier: VersionNote | Span, version: VersionNote | Span) -> str:
    """How long after another a version was seen: `2 days later`."""
    seconds = apart(earlier.seen_at, version.seen_at, by_day=earlier.is_day or version.is_day)
    if seconds is None:
        return gettext("on the same day")
    time = in_words(abs(seconds), ngettext)
    return gettext("%(time)s later", time=time) if seconds >= 0 else gettext("%(time)s earlier", time=time)


def shown(at: datetime) -> str:
    """`24 November 2026, 09:05 UTC`."""
    return gettext("%(day)s, %(time)s UTC", day=day(at), time=clock(at))


def next_check(article: Article, now: datetime) -> str:
    """Whether and when an article is checked again; to strangers only whether."""
    if visibility.audience().is_strangers and article.status is Status.WATCHING:
        return gettext("Followed: it is checked for edits.")
    return checked_again(article, now, shown)


def day(at: datetime) -> str:
    """`24 November 2026`."""
    return tongue.day(at)


def clock(at: datetime) -> str:
    """`09:05`."""
    return f"{at.hour:02}:{at.minute:02}"


def http_date(at: datetime) -> str:
    """An HTTP date: RFC 9110, section 5.6.7."""
    days, months = "Mon Tue Wed Thu Fri Sat Sun".split(), "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
    return f"{days[at.weekday()]}, {at.day:02} {months[at.month - 1]} {at.year:04} {at.strftime('%H:%M:%S')} GMT"


def count(number: int, noun: str, several: str = "") -> str:
    """`1 edit`, `2 edits`, in English: for feeds."""
    return f"{number:,} {noun if number == 1 else several or noun + 's'}"


def came_back(version: VersionNote | Span) -> str:
    """A sentence on a version whose text or change was there before; empty for any other."""
    said = []
    if version.restores is not None:
        said.append(
            gettext("It reads as version %(number)s did: what had changed since was restored.", number=version.restores)
        )
    if version.flapping:
        said.append(gettext("The same change was made before: the text goes back and forth."))
    return " ".join(said)


def seen_aside(found: SeenAside) -> str:
    """A sentence on captures that saw an earlier text again and made no version."""
    if found.first_seen_at is not None:
        return _called_elsewhere(found, found.first_seen_at)
    seen = ngettext(
        "Version %(number)s was seen %(num)s more time, last on %(at)s.",
        "Version %(number)s was seen %(num)s more times, last on %(at)s.",
        found.times,
        number=found.version,
        at=shown(found.last_seen_at),
    )
    said = [seen, gettext(ASIDE_WORDS[Aside(found.reason)])]
    if found.lines:
        lines = " · ".join(gettext("“%(text)s”", text=line) for line in found.lines)
        said.append(gettext("Last seen: %(lines)s.", lines=lines))
    return " ".join(said)


def _called_elsewhere(found: SeenAside, first_seen_at: datetime) -> str:
    values = {"headline": found.lines[0], "first": shown(first_seen_at), "last": shown(found.last_seen_at)}
    if found.reason == Aside.FRONT:
        return gettext(
            "A front page of its site called it “%(headline)s”: seen first on %(first)s, last on %(last)s.", **values
        )
    return gettext("A feed of its site called it “%(headline)s”: seen first on %(first)s, last on %(last)s.", **values)


def lasting(time: timedelta) -> str:
    """`about 2 hours`."""
    return in_words(time.total_seconds(), ngettext)


def share(part: float) -> str:
    """A share of a whole: `30%`."""
    hundredths = 100 * part
    return gettext("%(num)s%%", num=grouped(round(hundredths, 1) if 0 < hundredths < 10 else round(hundredths)))


def ratio(number: float) -> str:
    """A number on the whole, with a digit or two behind its point: `2.4`."""
    return grouped(round(number, 1 if number >= 1 else 2) if number else 0)


def size(number: float) -> str:
    """A size in bytes: `12 MB`."""
    for unit in (
        marked("%(number)s bytes"),
        marked("%(number)s KB"),
        marked("%(number)s MB"),
        marked("%(number)s GB"),
    ):
        if number < THOUSAND:
            whole = number >= 10 or "bytes" in unit
            return gettext(unit, number=grouped(round(number) if whole else round(number, 1)))
        number /= THOUSAND
    return gettext("%(number)s TB", number=grouped(round(number, 1)))
