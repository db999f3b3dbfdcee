"""An answer from first version to latest that waits for its reader: what does not follow from the texts is left open.

Instants, origins, the article and what was seen aside change with every look at a page and differ by who asks. They are
filled in when somebody asks; all else stands there as bytes.
"""

from __future__ import annotations

import json
import re
import secrets
import zlib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from rowback.model import Origin
from rowback.store.instants import from_text
from rowback.text.elapsed import later
from rowback.web.api import past_shapes, shapes
from rowback.web.api.bounds import Bounds, aside_bytes, newest_aside, titled

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from rowback.model import Article
    from rowback.store.kept_answers import SeenVersion
    from rowback.told import SeenAside

FORM = 6  # grows whenever what is packed here comes to mean something else
_ARTICLE, _ASIDE, _LEFT_OUT, _PAGES = "article", "aside", "left", "pages"
_FIRST, _LAST, _ORIGIN, _LATER, _MEMENTO = "f", "l", "o", "d", "m"  # each before a version's number
_NULL = b"null"
_ORIGINS = {None: _NULL} | {origin.value: f'"{origin.value}"'.encode() for origin in Origin}
MAX_NAMED = 200  # versions of which is remembered what their places are called; few articles have more

# What answers have in common, so that it need not be kept with each. A change of it is another form.
_EVERY_ANSWER = (
    b'"quote", "name", "date", "negation", "hedge", "correction", "typo", "punctuation", "minor": true, "near": "before"}, '
    b'"kind": "delete", "kind": "insert", "kind": "move", "more_wordings": true, "moved_from": 1, "near": "after"}, '
    b'{"left_out": {"versions": 0, "edits": 0, "passing": 0, "aside": 0}, "markup": "<p><del></del></p>", "restores": null, '
    b'"flapping": false}, {"version": 1, "seen_at": %(f1)b, "last_seen_at": %(l1)b, "title": "", '
    b'"origin": %(o1)b, "memento": %(m1)b, "later": %(d1)b, "words_inserted": 1, "words_deleted": 1, "restores": null, '
    b'"flapping": false}], "edits": [{"id": "e", "kind": "change", "block": {"kind": "h1", "index": 0}, "anchor": '
    b'{"exact": "", "prefix": "", "suffix": "", "near": null}, "markup": "<h1><del></del><ins></ins></h1>", '
    b'"wordings": [{"version": 0, "last_version": 0, "seen_at": %(f0)b, "last_seen_at": %(l0)b, "text": "."}, '
    b'{"version": 1, "last_version": 1, "seen_at": %(f1)b, "last_seen_at": %(l1)b, "text": "."}], '
    b'"more_wordings": false, "labels": ["headline", "figure", "rewritten"], "minor": false, "moved_from": null, '
    b'"changed_in": 1, "times": [{"what": "reworded", "count": 1, "first": {"version": 1, "after": %(l0)b, '
    b'"seen_at": %(f1)b}, "last": {"version": 1, "after": %(l0)b, "seen_at": %(f1)b}}], "page": null}, {"id": "e", "kind": '
    b'"change", "block": {"kind": "p", "index": 1}, "anchor": {"exact": "'
)
_BEGUN = b'{"article": %(article)b, "from": 0, "to": 3, "versions": [{"version": 0, "seen_at": %(f0)b'
_ONE_VERSION = (
    b'"flapping": false}, {"version": @, "seen_at": %(f@)b, "last_seen_at": %(l@)b, "title": "", "origin": %(o@)b, '
    b'"later": %(d@)b, "words_inserted": @, "words_deleted": @, "restores": null, '
)
_ONE_EDIT = (
    b'.</p>", "wordings": [{"version": 0, "last_version": #, "seen_at": %(f0)b, "last_seen_at": %(l#)b, "text": "."}], '
    b'"more_wordings": false, "labels": [], "minor": false, "moved_from": null, "changed_in": @, "times": [{"what": '
    b'"reworded", "count": 1, "first": {"version": @, "after": %(l#)b, "seen_at": %(f@)b}, "last": {"version": @, '
    b'"after": %(l#)b, "seen_at": %(f@)b}}], "page": "%(pages)b"}, {"id": "e'
)
_BLOCK = (
    b'", "kind": "change", "block": {"kind": "p", "index": 1}, "anchor": {"exact": "", "prefix": "", "suffix": " ", '
    b'"near": null}, "markup": "<p></del></ins> <del></del><ins>'
)


def _of_few(form: bytes, most: int) -> bytes:
    """What is said of a version or an edit, for the first few versions: the last of them first, the commonest at the end."""
    return b"".join(form.replace(b"@", b"%d" % n).replace(b"#", b"%d" % (n - 1)) for n in range(most, 0, -1))


_COMMON = _EVERY_ANSWER + _BEGUN + _of_few(_ONE_VERSION, 3) + _of_few(_ONE_EDIT, 4) + _BLOCK


@dataclass(frozen=True, slots=True)
class Prepared:
    """`form` is JSON with `%(name)b` for what belongs there; `most` is what `bounds.most_bytes` says of it without what was
    seen aside."""

    most: int
    form: bytes

    def packed(self, said: bytes) -> bytes:
        """As it is kept: as what differs from what the article says, and from what every answer says."""
        packing = zlib.compressobj(zlib.Z_BEST_COMPRESSION, zdict=said + _COMMON)
        return packing.compress(b"%d %b" % (self.most, self.form)) + packing.flush()

    @classmethod
    def unpacked(cls, packed: bytes, said: bytes) -> Prepared | None:
        """What `packed` made by the same; None where it was made by something else."""
        try:
            whole = zlib.decompressobj(zdict=said + _COMMON).decompress(packed)
        except zlib.error:
            return None
        most, _, form = whole.partition(b" ")
        return cls(int(most), form)

    def filled(
        self, article: Article, base: str, versions: Sequence[SeenVersion], aside: Sequence[SeenAside], bounds: Bounds
    ) -> bytes | None:
        """The whole answer; None where so much was seen aside that it has to be measured anew."""
        found = titled(versions, aside)
        if self.most <= bounds.small:
            if self.most + aside_bytes(found) > bounds.small:
                return None
            told = found
        else:
            told = newest_aside(bounds, found)
        values = {
            _ARTICLE: shapes.article(article, base),
            _ASIDE: [shapes.aside(each.title, each.seen) for each in told],
            _LEFT_OUT: len(found) - len(told),
        }
        places = _of_versions(versions)
        places.update((name.encode(), _json(value)) for name, value in values.items())
        places[_PAGES.encode()] = _json(f"{base}/articles/{article.id}/edits/")[1:-1]
        return self.form % places


def prepared(answer: shapes.Json, most: int) -> Prepared:
    """Leaves open in an answer what does not follow from the texts. The answer is used up."""
    mark = secrets.token_hex(12)  # stands in no page
    answer["article"], answer["aside"] = mark + _ARTICLE, mark + _ASIDE
    answer["left_out"]["aside"] = mark + _LEFT_OUT
    for note in answer["versions"]:
        number = note["version"]
        note |= {"seen_at": f"{mark}{_FIRST}{number}", "last_seen_at": f"{mark}{_LAST}{number}"}
        note |= {"origin": f"{mark}{_ORIGIN}{number}", "later": f"{mark}{_LATER}{number}"}
        note["memento"] = f"{mark}{_MEMENTO}{number}"
    for edit in (*answer["edits"], *answer["passing"]):
        for wording in edit["wordings"]:
            wording["seen_at"] = f"{mark}{_FIRST}{wording['version']}"
            wording["last_seen_at"] = f"{mark}{_LAST}{wording['last_version']}"
        for moment in (times[end] for times in edit["times"] for end in ("first", "last")):
            moment["after"] = f"{mark}{_LAST}{moment['version'] - 1}"
            moment["seen_at"] = f"{mark}{_FIRST}{moment['version']}"
        if edit["page"] is not None:  # its name follows from the texts, where it is does not
            edit["page"] = f"{mark}-{edit['page'].rpartition('/')[2]}"
    form = _json(answer).replace(b"%", b"%%").replace(f"{mark}-".encode(), f"%({_PAGES})b".encode())
    return Prepared(most, re.sub(rf'"{mark}([a-z0-9]+)"'.encode(), rb"%(\1)b", form))


def _of_versions(versions: Sequence[SeenVersion]) -> dict[bytes, bytes]:
    """What is told of each version that is not its text."""
    places: dict[bytes, bytes] = {}
    before_at: datetime | None = None
    was_day = False
    for n, (*_, first_text, last_text, origin, is_day, memento) in enumerate(versions):
        at = from_text(first_text)
        first, last, came_by, since, copy = _names(n)
        places[copy] = _NULL if memento is None else _json(past_shapes.memento(memento))
        places[first], places[last] = _instant(first_text), _instant(last_text)
        places[came_by] = _ORIGINS[origin]
        places[since] = _NULL if before_at is None else _text(later(before_at, at, by_day=was_day or is_day))
        before_at, was_day = at, is_day
    return places


@lru_cache(maxsize=MAX_NAMED)
def _names(number: int) -> tuple[bytes, bytes, bytes, bytes, bytes]:
    """What the places of a version are called."""
    names = (_FIRST, _LAST, _ORIGIN, _LATER, _MEMENTO)
    first, last, origin, since, copy = (f"{name}{number}".encode() for name in names)
    return first, last, origin, since, copy


def _instant(stored: str) -> bytes:
    """JSON of an instant as it is stored: as `format_instant` writes it, of the same text."""
    return _text(stored.replace(".000000Z", "Z"))


def _text(plain: str) -> bytes:
    """JSON of a text in which nothing is escaped."""
    return f'"{plain}"'.encode()


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()
