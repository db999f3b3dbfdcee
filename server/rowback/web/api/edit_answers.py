"""A cache of answers about edits, each computed once: the bytes of `GET /api/v1/edits` by article, revision and range,
and of the wordings of an edit.

A revision of an article never changes, so what was told of it stays true: no expiry is needed, only a bound on memory.
From first version to latest, the store keeps what was told when the version was recorded (`ahead.py`).
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections import OrderedDict
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from rowback import __version__
from rowback.apart.lanes import ASKED, INCOMING, weight_of
from rowback.diff.telling.history import count_edits, tell
from rowback.diff.telling.step import RULES
from rowback.errors import BadInput, PageTooCostly
from rowback.model import Content, Origin, Paging, Version
from rowback.store.audience import Audience
from rowback.store.instants import from_text
from rowback.web.api import shapes
from rowback.web.api.bounds import Bounds, bounded, find, most_bytes, page_of_wordings
from rowback.web.api.prepared import FORM, Prepared, prepared
from rowback.web.numbering import MAX_ID_DIGITS, check_number, instant_in_url

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from rowback.apart.lanes import Lane
    from rowback.model import Article
    from rowback.store import Store
    from rowback.store.kept_answers import KeptAnswer, SeenVersion
    from rowback.told import History, SeenAside

MAX_CACHED_BYTES = 64 * 1024 * 1024
MAX_NAMED = 500  # questions of which the name is remembered; some kilobytes each


@dataclass(frozen=True, slots=True)
class Asked:
    """Which history is wanted, by whom: `from_`, `to` and `after` (the edit after which to go on) as in the query string."""

    article: Article
    from_: str
    to: str
    base: str
    audience: Audience = Audience.TRUSTED
    after: str | None = None

    @property
    def is_usual(self) -> bool:
        """Whether it is what readers ask for: all, from first version to latest."""
        return (self.from_, self.to, self.after) == ("first", "latest", None)

    @lru_cache(maxsize=MAX_NAMED)  # noqa: B019  # of questions, which are values; hashing one is a third of naming it
    def key(self) -> str:
        """Changes exactly when the answer may change."""
        parts = (__version__, self.audience, repr(self.article), self.from_, self.to, self.base, self.after)
        seed = "\x1e".join(map(str, parts))
        return digest(seed.encode("utf-8", "surrogatepass"))

    def key_of(self, edit_id: str, start: int) -> str:
        """The same for the wordings of an edit, from a place on; one for all ways to name the same two versions."""
        from_ = "0" if self.from_ == "first" else self.from_
        to = str(self.article.version_count - 1) if self.to == "latest" else self.to
        seed = f"{replace(self, from_=from_, to=to, after=None).key()}\x1e{edit_id}\x1e{start}"
        return digest(seed.encode("utf-8", "surrogatepass"))


class Histories:
    """Histories told from a store, within bounds. Safe for threads."""

    def __init__(self, store: Store, bounds: Bounds | None = None) -> None:
        self._store, self._bounds = store, bounds or Bounds()
        # All that an answer depends on besides the store.
        self.rules = digest(f"{__version__} {RULES} {FORM} {self._bounds!r}".encode())
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def tagged(self, asked: Asked) -> tuple[str, Callable[[], bytes]]:
        """The ETag of an answer, and what gives its body: the same question is named once for both."""
        key = asked.key()
        if not asked.audience.is_strangers:
            return key, lambda: self.body(asked, key)
        body = self.body(asked, key)
        return digest(body), lambda: body

    def etag(self, asked: Asked) -> str:
        """Changes when the answer may change. What strangers are told does not change when somebody reads the article, nor
        does its ETag: it is made of the answer."""
        return digest(self.body(asked)) if asked.audience.is_strangers else asked.key()

    def etag_of(self, asked: Asked, edit_id: str, start: int) -> str:
        """The same for the wordings of an edit."""
        is_told = asked.audience.is_strangers
        return digest(self.wordings(asked, edit_id, start)) if is_told else asked.key_of(edit_id, start)

    def body(self, asked: Asked, key: str | None = None) -> bytes:
        """The JSON answer; `key` is the question's, where that is known already. Raises `BadInput`, `UnknownVersion`."""
        key = key or asked.key()
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        ready = self._ready(asked)
        if ready is not None:
            self._keep(key, ready)
            return ready
        history = self.history(asked)
        told = bounded(self._bounds, history, self._seen_aside(asked), asked.after)
        body = _bytes(shapes.history(told, asked.article, asked.base))
        self._keep(key, body)
        self._keep_wordings(asked, history, told.cut)
        return body

    def wordings(self, asked: Asked, edit_id: str, start: int) -> bytes:
        """The JSON answer with an edit's wordings, from a place on. Raises `BadInput`, `UnknownVersion`, `UnknownEdit`."""
        key = asked.key_of(edit_id, start)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        history = self.history(asked)
        edit = find(history, edit_id)
        body = _bytes(shapes.wordings(edit, *page_of_wordings(self._bounds, edit.wordings, start)))
        self._keep_wordings(asked, history, {each.id for each in (*history.edits, *history.passing)})
        self._keep(key, body)
        return body

    def _keep_wordings(self, asked: Asked, history: History, ids: Collection[str]) -> None:
        """Keeps the wordings of some edits: whoever asks for those of one will ask for those of the next."""
        asked = replace(asked, from_=str(history.from_version), to=str(history.to_version))
        for edit in (*history.edits, *history.passing) if ids else ():
            if edit.id in ids:
                page = page_of_wordings(self._bounds, edit.wordings, 0)
                self._keep(asked.key_of(edit.id, 0), _bytes(shapes.wordings(edit, *page)))

    def _ready(self, asked: Asked) -> bytes | None:
        """The answer that was told before anybody asked, None where there is none."""
        if not asked.is_usual:
            return None
        kept = self._store.view(asked.audience).answers.of_article(asked.article.id, self.rules)
        if len(kept.versions) == 1:
            return self._alone(asked, kept)
        if kept.packed is None:
            return None
        made = Prepared.unpacked(kept.packed, kept.said)
        return None if made is None else made.filled(asked.article, asked.base, kept.versions, kept.aside, self._bounds)

    def _alone(self, asked: Asked, kept: KeptAnswer) -> bytes:
        """The answer about an article with one version, of whose text nothing is told but the headline."""
        (only,) = kept.versions
        origin, content = only.origin and Origin(only.origin), Content(only.title, (), Paging(only.paging))
        seen_at, last_seen_at = from_text(only.seen_at), from_text(only.last_seen_at)
        history = tell([Version(0, seen_at, last_seen_at, origin or None, content, only.is_day)], 0, 0)
        return _bytes(shapes.history(bounded(self._bounds, history, kept.aside), asked.article, asked.base))

    def prepare(self, article: Article) -> bool:
        """Tells an article's whole history for whoever asks first, and keeps it; False where the article has changed
        meanwhile. What is too costly is told when it is asked for."""
        asked = Asked(article, "first", "latest", "")
        answers = self._store.answers
        kept = answers.of_article(article.id, self.rules)
        texts = kept.texts
        try:
            history = self.history(asked, INCOMING)
        except PageTooCostly:
            return answers.keep(article, texts, self.rules, None, None)
        told = bounded(self._bounds, history, ())
        made = prepared(shapes.history(told, article, asked.base), most_bytes(history))
        is_same = self._is_same(asked, history, made, kept.versions)
        packed = made.packed(answers.said(article.id)) if is_same else None
        return answers.keep(article, texts, self.rules, len(history.edits), packed)

    def _is_same(self, asked: Asked, history: History, made: Prepared, versions: Sequence[SeenVersion]) -> bool:
        """Whether what was prepared gives the very answer that is told without it."""
        told = bounded(self._bounds, history, ())
        filled = made.filled(asked.article, asked.base, versions, (), self._bounds)
        return filled == _bytes(shapes.history(told, asked.article, asked.base))

    def history(self, asked: Asked, lane: Lane | None = None) -> History:
        """The history itself. Raises `BadInput`, `UnknownVersion`."""
        versions = self._store.view(asked.audience).versions.of_article(asked.article.id)
        to_version = _number(asked.to, "to", {"latest": len(versions) - 1}, versions)
        words = {"first": 0, "previous": max(0, to_version - 1)}
        from_version = _number(asked.from_, "from", words, versions)
        return (lane or ASKED).run_unless_refused(asked, _weight(versions), tell, versions, from_version, to_version)

    def _seen_aside(self, asked: Asked) -> list[SeenAside]:
        """What was seen of its texts without being an edit."""
        return self._store.view(asked.audience).notes.asides(asked.article.id)

    def edit_count(self, article: Article, noted: int | None) -> int:
        """The number of edits from the first version to the latest; kept in the store once counted."""
        if noted is not None:
            return noted
        count: int | None = 0
        if article.version_count > 1:
            count = self._store.answers.of_article(article.id, self.rules).edit_count
        if count is None:
            count = _counted(self._store.versions.of_article(article.id))
        self._store.articles.note_edit_count(article, count)
        return count

    def _keep(self, key: str, body: bytes) -> None:
        with self._lock:
            if key in self._kept or len(body) > MAX_CACHED_BYTES:
                return
            self._kept[key] = body
            self._size += len(body)
            while self._size > MAX_CACHED_BYTES:
                _, dropped = self._kept.popitem(last=False)
                self._size -= len(dropped)


def _counted(versions: Sequence[Version]) -> int:
    """How many edits there are; where that is too costly to say, one for each step."""
    try:
        return ASKED.run(_weight(versions), count_edits, versions)
    except PageTooCostly:
        return len(versions) - 1


def _weight(versions: Sequence[Version]) -> int:
    return weight_of(*(version.content for version in versions))


def _bytes(answer: shapes.Json) -> bytes:
    return json.dumps(answer, ensure_ascii=False).encode()


def digest(of: bytes) -> str:
    """A short name of bytes."""
    return hashlib.blake2b(of, digest_size=12).hexdigest()


def _number(asked: str, name: str, words: dict[str, int], versions: Sequence[Version]) -> int:
    """The number of the version that `asked` names: a word, a number, or (for `from`) an instant at which it stood."""
    if asked in words:
        return words[asked]
    if asked.isascii() and asked.isdigit():
        number = int(asked.lstrip("0")[:MAX_ID_DIGITS] or "0")
        check_number(len(versions), number)
        return number
    if name != "from":
        raise BadInput("`to` is latest or a version's number.")
    try:
        at = instant_in_url(asked)
    except BadInput as error:
        raise BadInput("`from` is first, previous, a version's number, or an instant.") from error
    return max((version.number for version in versions if version.seen_at <= at), default=0)
