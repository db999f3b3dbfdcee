"""What an alert says: the edits that fit a search, as plain text for people and as JSON for programs. It knows no clock and
no network. Texts are a publisher's: each stands in a line of its own, with what would mean something to who shows it taken
out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from rowback.alerts.targets import KINDS, WEBHOOK
from rowback.clock import format_instant
from rowback.deferred import Deferred
from rowback.text.plain import line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rowback.diff.words import compare
    from rowback.store.alerts import Alert
    from rowback.store.known_steps import KnownStep
else:
    compare = Deferred("rowback.diff.words.compare")

MAX_WORDS = 280  # characters of an excerpt
MAX_HEADLINE = 160
MAX_POSTED_HEADLINE, MAX_POSTED_ABOUT = 100, 60  # with an address of 100 characters they fit into 280
_APART = "\u2060"  # joins words, is not seen, and keeps `@name` from calling anybody
_CALLS_NOBODY = ("mail", WEBHOOK)


@dataclass(frozen=True, slots=True)
class Message:
    """A title and a text for people, and the same as an object for programs."""

    title: str
    text: str
    told: dict[str, Any]


def compose(alert: Alert, steps: Sequence[KnownStep], base: str) -> Message:
    """A message about edits. `base` is where readers reach the backend."""
    kind, name = KINDS[alert.target.kind], alert.search.name
    entries = [_entry(each, base, is_short=kind.is_posted) for each in steps]
    # Who reads what is posted for all has no access to the search's page.
    title, text = _title(name, steps), _fitting(entries, kind.room, "" if kind.is_posted else f": {_own(base, alert)}")
    if kind.name not in _CALLS_NOBODY:
        title, text = (told.replace("@", f"@{_APART}") for told in (title, text))
    told = {"test": False, "search": _search(alert), "changes": [_change(each, base) for each in steps]}
    return Message("" if kind.is_posted else title, text, told)


def compose_test(alert: Alert, base: str) -> Message:
    """A message that tells of no edit: whether the target takes any."""
    name = line(alert.search.name, MAX_HEADLINE)
    text = f"This is a test. Edits that fit your search “{name}” are told here.\n{_own(base, alert)}"
    title = "" if KINDS[alert.target.kind].is_posted else f"Rowback: a test of “{name}”"
    return Message(title, text, {"test": True, "search": _search(alert), "changes": []})


def _title(name: str, steps: Sequence[KnownStep]) -> str:
    if len(steps) == 1:
        return f"Edited: {_headline(steps[0])}"
    return f"{len(steps):,} edits fit “{line(name, MAX_HEADLINE)}”"


def _entry(known: KnownStep, base: str, *, is_short: bool) -> str:
    step, article = known.listed.step, known.listed.article
    labels = ", ".join(step.labels)
    words = f"{step.words_inserted} words in, {step.words_deleted} out"
    about = " · ".join(each for each in (article.source, labels, "" if is_short else words) if each)
    before, after = _before(known), _after(known)
    if is_short:
        lines = [line(_headline(known), MAX_POSTED_HEADLINE), line(about, MAX_POSTED_ABOUT)]
    else:
        told = [f"Before: {before}" if before else "", f"Now: {after}" if after else ""]
        lines = [_headline(known), about, *(each for each in told if each)]
    return "\n".join([*lines, _link(known, base)])


def _fitting(entries: Sequence[str], room: int, where: str) -> str:
    """As many entries as there is room for, the first at any rate, and how many are left out, and where they are."""
    text = entries[0]
    for number, entry in enumerate(entries[1:], 1):
        more = f"\n\nand {len(entries) - number:,} more{where}"
        if len(text) + len(entry) + 2 + len(more) > room:
            return text + more
        text = f"{text}\n\n{entry}"
    return text


def _headline(known: KnownStep) -> str:
    return line(known.listed.title or known.listed.article.url, MAX_HEADLINE)


def _before(known: KnownStep) -> str:
    """The edited passage as it stood before."""
    return line("".join(each.text for each in known.listed.step.excerpt if each.op != compare.INSERT), MAX_WORDS)


def _after(known: KnownStep) -> str:
    return line("".join(each.text for each in known.listed.step.excerpt if each.op != compare.DELETE), MAX_WORDS)


def _link(known: KnownStep, base: str) -> str:
    number = known.listed.step.number
    return f"{base}/articles/{known.listed.article.id}/diff/{number - 1}/{number}"


def _own(base: str, alert: Alert) -> str:
    return f"{base}/searches/{quote(alert.search.name, safe='')}"


def _search(alert: Alert) -> dict[str, str]:
    return {"name": alert.search.name, "query": alert.search.query}


def _change(known: KnownStep, base: str) -> dict[str, Any]:
    step, article = known.listed.step, known.listed.article
    return {
        "article": {
            "id": article.id,
            "url": article.url,
            "source": article.source,
            "title": known.listed.title,
            "links": {"html": f"{base}/articles/{article.id}"},
        },
        "version": step.number,
        "seen_at": format_instant(step.seen_at),
        "labels": list(step.labels),
        "minor": step.minor,
        "headline": step.headline,
        "unannounced": step.unannounced,
        "words_inserted": step.words_inserted,
        "words_deleted": step.words_deleted,
        "before": _before(known),
        "after": _after(known),
        "link": _link(known, base),
    }
