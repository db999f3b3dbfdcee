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
from typing import TYPE_CHECKING, Any

from rowback.clock import format_instant
from rowback.text.elapsed import later
from rowback.web.api import shapes
from rowback.web.api.bounds import Bounds, aside_bytes, newest_aside, titled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rowback.model import Article
    from rowback.store.versions import Span
    from rowback.told import SeenAside

FORM = 1  # grows whenever what is packed here comes to mean something else
_BETWEEN = b"\x00"  # JSON has none: it escapes control characters
_ARTICLE, _ASIDE, _LEFT_OUT = "article", "aside", "left"
_FIRST, _LAST, _ORIGIN, _LATER = "f", "l", "o", "d"  # each before a version's number


@dataclass(frozen=True, slots=True)
class Prepared:
    """`pieces` are bytes of JSON and, between each two, the name of what belongs there; `most` is what `bounds.most_bytes`
    says of it without what was seen aside."""

    most: int
    pieces: tuple[bytes, ...]

    def packed(self) -> bytes:
        """As it is kept."""
        return zlib.compress(_BETWEEN.join((str(self.most).encode(), *self.pieces)))

    @classmethod
    def unpacked(cls, packed: bytes) -> Prepared:
        """What `packed` made."""
        most, *pieces = zlib.decompress(packed).split(_BETWEEN)
        return cls(int(most), tuple(pieces))

    def filled(
        self, article: Article, base: str, spans: Sequence[Span], aside: Sequence[SeenAside], bounds: Bounds
    ) -> bytes | None:
        """The whole answer; None where so much was seen aside that it has to be measured anew."""
        found = titled(spans, aside)
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
        places = {name.encode(): _json(value) for name, value in values.items()} | _of_versions(spans)
        pieces = list(self.pieces)
        pieces[1::2] = [places[name] for name in pieces[1::2]]
        return b"".join(pieces)


def prepared(answer: shapes.Json, most: int) -> Prepared:
    """Leaves open in an answer what does not follow from the texts. The answer is used up."""
    mark = secrets.token_hex(12)  # stands in no page
    answer["article"], answer["aside"] = mark + _ARTICLE, mark + _ASIDE
    answer["left_out"]["aside"] = mark + _LEFT_OUT
    for note in answer["versions"]:
        number = note["version"]
        note |= {"seen_at": f"{mark}{_FIRST}{number}", "last_seen_at": f"{mark}{_LAST}{number}"}
        note |= {"origin": f"{mark}{_ORIGIN}{number}", "later": f"{mark}{_LATER}{number}"}
    for edit in (*answer["edits"], *answer["passing"]):
        for wording in edit["wordings"]:
            wording["seen_at"] = f"{mark}{_FIRST}{wording['version']}"
            wording["last_seen_at"] = f"{mark}{_LAST}{wording['last_version']}"
        for moment in (times[end] for times in edit["times"] for end in ("first", "last")):
            moment["after"] = f"{mark}{_LAST}{moment['version'] - 1}"
            moment["seen_at"] = f"{mark}{_FIRST}{moment['version']}"
    pieces = re.split(f'"{mark}([a-z0-9]+)"'.encode(), _json(answer))
    return Prepared(most, tuple(pieces))


def _of_versions(spans: Sequence[Span]) -> dict[bytes, bytes]:
    """What is told of each version that is not its text."""
    places: dict[bytes, bytes] = {}
    before: Span | None = None
    for span in spans:
        n = span.number
        origin = span.origin and span.origin.value
        since = before and later(before.seen_at, span.seen_at, by_day=before.is_day or span.is_day)
        places[b"%s%d" % (_FIRST.encode(), n)] = b'"%s"' % format_instant(span.seen_at).encode()
        places[b"%s%d" % (_LAST.encode(), n)] = b'"%s"' % format_instant(span.last_seen_at).encode()
        places[b"%s%d" % (_ORIGIN.encode(), n)] = b'"%s"' % origin.encode() if origin else b"null"
        places[b"%s%d" % (_LATER.encode(), n)] = b'"%s"' % since.encode() if since else b"null"
        before = span
    return places


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()
