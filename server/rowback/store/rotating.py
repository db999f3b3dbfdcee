"""Boxes between an article's paragraphs that say something else at every look: a letter that is offered, a card of another
story. Learned for each article and each kind of box. Runs in others' transactions.

What is exchanged has nothing in common with what stood there, otherwise somebody edited it. After two exchanges a third makes
no edit: the box stays as it stood. A box that leads to other pages at each exchange is another story's, whatever its figures;
one that only says something is believed to rotate only while every look brings wholly other words, and never keeps a figure.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from rowback.store.instants import from_text, to_text
from rowback.store.putting import put
from rowback.text.exchanged import Inlaid, exchanged, leads_elsewhere
from rowback.text.loose import has_number
from rowback.text.normalize import comparable
from rowback.text.settled import settled

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import datetime

    from rowback.model import Capture, Content
    from rowback.store.engine import Db

EXCHANGES = 2  # seen, before a kind of box counts as one that rotates
TOGETHER = timedelta(hours=12)  # between looks at a box without a link: what changes more rarely may be an editor's
REMEMBERED = 60  # lines of a kind of box
MAX_KINDS = 12  # of boxes of an article
MAX_CHANGED = 20  # texts that came and went; more is a rewriting


@dataclass(frozen=True, slots=True)
class Turns:
    """The boxes of one look: whether they ask for an address, how often they were exchanged, what stands in them now, and by
    its digest where each line that stood in them led."""

    asks: bool
    exchanges: int
    now: tuple[Inlaid, ...]
    pages: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Boxes:
    """An article's boxes after a look, by their look. `rotating` are those that had been exchanged often enough before it."""

    kinds: Mapping[str, Turns]
    rotating: frozenset[str]
    stored: str = ""

    def settle(self, said: Content, found: Content) -> Content:
        """`found` with boxes that rotate as they stood in `said`."""
        if not self.rotating:
            return found
        old = {n: comparable(block.text) for n, block in enumerate(said.blocks)}
        new = {n: comparable(block.text) for n, block in enumerate(found.blocks)}
        were, are = frozenset(old.values()), frozenset(new.values())
        came = {n: text for n, text in new.items() if text not in were}
        went = {n: text for n, text in old.items() if text not in are}
        if not 0 < len(came) + len(went) <= MAX_CHANGED:
            return found
        foreign = self._foreign(old.values(), new.values(), frozenset(came.values()), frozenset(went.values()))
        gone = {n for n, text in came.items() if text in foreign}
        kept = {n for n, text in went.items() if text in foreign}
        if not gone and not kept:
            return found
        return replace(found, blocks=settled(said.blocks, found.blocks, gone=gone, kept=kept))

    def _foreign(self, old: Iterable[str], new: Iterable[str], came: frozenset[str], went: frozenset[str]) -> set[str]:
        """The texts of boxes that rotate which came or went, and are no other wording of anything that went or came."""
        found = set[str]()
        for turns in (self.kinds[look] for look in self.rotating):
            lines = {line.text: line for line in turns.now}
            before = [Inlaid(text, turns.pages[digest]) for text in old if (digest := _digest(text)) in turns.pages]
            after = [lines[text] for text in new if text in lines]
            elsewhere = went - {line.text for line in before}
            foreign = exchanged(before, after, (came - lines.keys(), elsewhere), asks=turns.asks)
            if turns.asks or leads_elsewhere(before, after) or not any(map(has_number, foreign)):
                found |= foreign
        return found


def look_at_boxes(db: Db, article_id: int | None, capture: Capture) -> Boxes:
    """What is known of an article's boxes with what a page's capture says of them."""
    query = "select seen_at, boxes from inlays where article_id = ?"
    row = None if article_id is None else db.execute(query, [article_id]).fetchone()
    known = {} if row is None else _read(row[1])
    is_near = row is not None and abs(capture.seen_at - from_text(row[0])) <= TOGETHER
    lines: dict[str, list[Inlaid]] = defaultdict(list)
    for inlay in capture.inlays:
        lines[_digest(inlay.look)].append(Inlaid(inlay.text, _page(inlay.href)))
    inlaid = {inlay.text for inlay in capture.inlays}
    texts = {comparable(block.text) for block in capture.content.blocks} - inlaid
    own = {_digest(text) for text in texts} if known else set[str]()
    asking = {_digest(inlay.look) for inlay in capture.inlays if inlay.asks}
    looks = list(dict.fromkeys([*lines, *known]))[:MAX_KINDS]
    kinds = {
        look: _after(
            _less(known.get(look), own, asks=look in asking), tuple(lines[look]), is_first=row is None, is_near=is_near
        )
        for look in looks
    }
    rotating = frozenset(
        look
        for look, kind in kinds.items()
        if look in known and min(known[look].exchanges, kind.exchanges) >= EXCHANGES
    )
    return Boxes(kinds, rotating, "" if row is None else row[1])


def note_boxes(db: Db, article_id: int, boxes: Boxes, seen_at: datetime) -> None:
    """Remembers what stands in an article's boxes, where that is anything new."""
    kinds = {
        look: [k.asks, k.exchanges, [[line.text, line.page] for line in k.now], k.pages]
        for look, k in boxes.kinds.items()
    }
    told = json.dumps(kinds, ensure_ascii=False, sort_keys=True)
    if told == boxes.stored:
        return
    put(db, "inlays", {"article_id": article_id, "seen_at": to_text(seen_at), "boxes": told}, key="article_id")


def _read(stored: str) -> dict[str, Turns]:
    return {
        look: Turns(asks, exchanges, tuple(Inlaid(*line) for line in now), pages)
        for look, (asks, exchanges, now, pages) in json.loads(stored).items()
    }


def _less(kind: Turns | None, own: Collection[str], *, asks: bool) -> Turns:
    """A kind of box without the lines that are paragraphs of the text by now."""
    if kind is None:
        return Turns(asks, 0, (), {})
    return replace(kind, pages={digest: page for digest, page in kind.pages.items() if digest not in own})


def _after(before: Turns, now: tuple[Inlaid, ...], *, is_first: bool, is_near: bool) -> Turns:
    """What is known of a kind of box after a look that found `now`."""
    is_other = not is_first and bool(exchanged(before.now, now, asks=before.asks))
    pages = dict(list(({_digest(line.text): line.page for line in now} | dict(before.pages)).items())[:REMEMBERED])
    is_leading = len(set(pages.values()) - {""}) > 1
    exchanges = before.exchanges if before.asks or is_leading or (is_near and is_other) else 0
    return Turns(before.asks, min(exchanges + is_other, EXCHANGES), now, pages)


def _page(href: str) -> str:
    """Which page a link names: without what only counts or tracks."""
    page = href.split("?")[0].split("#")[0]
    return _digest(page) if page else ""


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()
