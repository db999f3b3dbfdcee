"""A cache of answers about edits, each computed once: the bytes of `GET /api/v1/edits` by article, revision and range,
and of the wordings of an edit.

A revision of an article never changes, so what was told of it stays true: no expiry is needed, only a bound on memory.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections import OrderedDict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rowback import __version__
from rowback.apart.lanes import ASKED, weight_of
from rowback.diff.telling.history import count_edits, tell
from rowback.errors import BadInput, PageTooCostly
from rowback.store.audience import Audience
from rowback.web.api import shapes
from rowback.web.api.bounds import Bounds, bounded, find, page_of_wordings
from rowback.web.numbering import MAX_ID_DIGITS, check_number, instant_in_url

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from rowback.model import Article, Version
    from rowback.store import Store
    from rowback.told import History, SeenAside

MAX_CACHED_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Asked:
    """Which history is wanted, by whom: `from_`, `to` and `after` (the edit after which to go on) as in the query string."""

    article: Article
    from_: str
    to: str
    base: str
    audience: Audience = Audience.TRUSTED
    after: str | None = None

    def key(self) -> str:
        """Changes exactly when the answer may change."""
        parts = (__version__, self.audience, repr(self.article), self.from_, self.to, self.base, self.after)
        seed = "\x1e".join(map(str, parts))
        return _digest(seed.encode("utf-8", "surrogatepass"))

    def key_of(self, edit_id: str, start: int) -> str:
        """The same for the wordings of an edit, from a place on; one for all ways to name the same two versions."""
        from_ = "0" if self.from_ == "first" else self.from_
        to = str(self.article.version_count - 1) if self.to == "latest" else self.to
        seed = f"{replace(self, from_=from_, to=to, after=None).key()}\x1e{edit_id}\x1e{start}"
        return _digest(seed.encode("utf-8", "surrogatepass"))


class Histories:
    """Histories told from a store, within bounds. Safe for threads."""

    def __init__(self, store: Store, bounds: Bounds | None = None) -> None:
        self._store, self._bounds = store, bounds or Bounds()
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def etag(self, asked: Asked) -> str:
        """Changes when the answer may change. What strangers are told does not change when somebody reads the article, nor
        does its ETag: it is made of the answer."""
        return _digest(self.body(asked)) if asked.audience.is_strangers else asked.key()

    def etag_of(self, asked: Asked, edit_id: str, start: int) -> str:
        """The same for the wordings of an edit."""
        is_told = asked.audience.is_strangers
        return _digest(self.wordings(asked, edit_id, start)) if is_told else asked.key_of(edit_id, start)

    def body(self, asked: Asked) -> bytes:
        """The JSON answer. Raises `BadInput`, `UnknownVersion`."""
        key = asked.key()
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
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

    def history(self, asked: Asked) -> History:
        """The history itself. Raises `BadInput`, `UnknownVersion`."""
        versions = self._store.view(asked.audience).versions.of_article(asked.article.id)
        to_version = _number(asked.to, "to", {"latest": len(versions) - 1}, versions)
        words = {"first": 0, "previous": max(0, to_version - 1)}
        from_version = _number(asked.from_, "from", words, versions)
        return ASKED.run_unless_refused(asked, _weight(versions), tell, versions, from_version, to_version)

    def _seen_aside(self, asked: Asked) -> list[SeenAside]:
        """What was seen of its texts without being an edit."""
        return self._store.view(asked.audience).notes.asides(asked.article.id)

    def edit_count(self, article: Article, noted: int | None) -> int:
        """The number of edits from the first version to the latest; kept in the store once counted."""
        if noted is not None:
            return noted
        count = 0
        if article.version_count > 1:
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


def _digest(of: bytes) -> str:
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
