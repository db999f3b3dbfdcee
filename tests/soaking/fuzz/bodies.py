"""Bodies for `POST /api/v1/captures`: of stories edited and spoilt, with fields of the wrong kind, and broken JSON."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from rowback.model import BLOCK_KINDS
from tests.soaking.fuzz.documents import documents
from tests.soaking.fuzz.mutations import CHARACTERS, mutated

JSON = "application/json"
DOMAINS = ("packet.example", "www.packet.example", "echo.example", "例え.テスト", "sub.news.example:8080")
URLS = (
    "", " ", "packet.example/a", "//packet.example/a", "http://", "http:///a", "ftp://packet.example/a",
    "file:///etc/passwd", "javascript:alert(1)", "data:text/html,a", "about:blank", "http://[::1]/a", "http://[::1",
    "http://127.0.0.1/a", "http://1/a", "http://packet.example:0/a", "http://packet.example:99999/a",
    "http://packet.example:x/a", "http://user:pass@packet.example/a", "http://packet.example\\@elsewhere.example/",
    "http://pack et.example/a", "http://packet.example/a b\tc\nd", "http://ｐacket.example/a", "http://xn--/a",
    "http://" + "a" * 300 + ".example/", "http://packet.example/" + "a" * 5_000, "http://packet.example/%",
    "HTTP://PACKET.EXAMPLE./A/../b", "http://packet.example/%00%ff%d8",
    "http://packet.example/?a=1&a=1&utm_source=x#b", "http://packet.example/\ud800", "http://\ud800.example/",
    "http://packet.example/\u202e/a", "http://packet.example/?q=" + "%25" * 900, "http://a.b..c/", "http://-/",
    "https://cdn.ampproject.org/c/s/packet.example/a", "https://www.google.com/amp/s/packet.example/a",
    "view-source:http://packet.example/", "http://packet.example?a", "http://localhost/a",
)  # fmt: skip
INSTANTS = (
    "", "now", "2026-01-10", "2026-01-10T08:00:00", "2026-01-10T08:00:00+25:00", "2026-13-40T08:00:00Z",
    "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "1969-12-31T23:59:59Z", "2026-01-10t08:00:00z",
    "2026-01-10T08:00:60Z", "20260110T080000Z", "2026-W02-6T08:00:00Z", "2026-01-10T08:00:00.123456789Z",
    "+002026-01-10T08:00:00Z", "1768032000", "2026-01-10T08:00:00\u0000Z", "２０２６-01-10T08:00:00Z", "9" * 400,
    "\ud800",
)  # fmt: skip
ORIGINS = ("api", "browser", "import", "poll", "feed", "archive", "rowback", "", "API", "a" * 60, "b\nc", "\ud800")
VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1.5, 10**400, "", "x", "\u0000", "\ud800", "x" * 50_000, [], {}, [[]], [None], [1, "a"],
    {"a": {"b": 1}}, ["p", "text"], [{"kind": "p"}], [{"text": "t"}], [{"kind": 1, "text": 2}],
    [{"kind": "script", "text": "t"}], [{"kind": "p", "text": ""}] * 9,
)  # fmt: skip
WORDS = (
    "ferry harbour office Monday 400 1,250 12.5% $3.50 said not never may the a of captain Ruiz "
    "“quoted” 'single' caf\u00e9 cafe\u0301 <b>bold</b> &amp; </p> <ins> <del>x</del> x&y 船は月曜日に出る نهر "
    "https://echo.example/a?x=1&y=2 U.S. well-known ]]> <!-- -->"
).split(" ")
STEADY = ("application/json", "application/json; charset=utf-8", "application/json; charset=utf-16")
MEDIA_TYPES = (
    *STEADY,
    "text/plain",
    "",
    "application/x-www-form-urlencoded",
    "application/problem+json",
    "multipart/form-data; boundary=x",
)


@dataclass
class Story:
    """One article and what was sent of it, so that a failure can be told from its beginning."""

    url: str
    html: str
    blocks: list[dict[str, str]]
    sent: list[bytes] = field(default_factory=list)


def new_story(number: int, chance: random.Random) -> Story:
    """A story that was not sent yet."""
    url = f"https://{chance.choice(DOMAINS)}/{chance.choice(('news', 'sport', 'a/b'))}/story-{number}"
    return Story(url, chance.choice(documents()), [_block(chance) for _ in range(chance.randint(1, 12))])


def next_body(story: Story, chance: random.Random) -> tuple[bytes, str]:
    """The next capture of a story, and its media type."""
    item = _as_blocks(story, chance) if chance.random() < 0.3 else _as_page(story, chance)
    if chance.random() < 0.1:
        item = _with_wrong_kinds(item, chance)
    data = json.dumps(item, ensure_ascii=chance.random() < 0.8).encode("utf-8", "surrogatepass")
    if chance.random() < 0.04:
        return _broken(data, chance), chance.choice(MEDIA_TYPES)
    return data, JSON


def _as_page(story: Story, chance: random.Random) -> dict[str, Any]:
    changed = mutated(story.html, chance)
    if len(changed) < 3 * len(story.html) + 1_000 and chance.random() < 0.7:
        story.html = changed  # what comes next is an edit of this
    return _frame(story, chance) | {"html": changed}


def _as_blocks(story: Story, chance: random.Random) -> dict[str, Any]:
    blocks = story.blocks
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(blocks) + 1)
        how = chance.choice(("word", "word", "word", "in", "out", "move", "split"))
        if how == "in" or at == len(blocks):
            blocks.insert(at, _block(chance))
        elif how == "out" and len(blocks) > 1:
            del blocks[at]
        elif how == "move":
            blocks.insert(chance.randrange(len(blocks)), blocks.pop(at))
        else:
            words = blocks[at]["text"].split(" ")
            words[chance.randrange(len(words))] = _word(chance)
            middle = len(words) // 2 if how == "split" else len(words)
            parts = [" ".join(words[:middle]), " ".join(words[middle:])]
            blocks[at : at + 1] = [{"kind": blocks[at]["kind"], "text": part} for part in parts if part] or [
                _block(chance)
            ]
    return _frame(story, chance) | {"title": _text(chance) if chance.random() < 0.3 else "A ferry", "blocks": blocks}


def _frame(story: Story, chance: random.Random) -> dict[str, Any]:
    """The fields beside the text: mostly plain ones."""
    item: dict[str, Any] = {"url": story.url}
    if chance.random() < 0.05:
        item["url"] = chance.choice(URLS)
    if chance.random() < 0.3:
        at = datetime.now(UTC) - timedelta(seconds=chance.randint(-100, 10_000_000))
        item["seen_at"] = chance.choice(INSTANTS) if chance.random() < 0.3 else at.isoformat()
    if chance.random() < 0.05:
        item["canonical_url"] = chance.choice((*URLS, story.url + "?x=1"))
    if chance.random() < 0.15:
        item["origin"] = chance.choice(ORIGINS)
    return item


def _with_wrong_kinds(item: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    names = [*item, "title", "blocks", "html", "paragraphs", "seen_at", "origin", "canonical_url", "more", "\ud800"]
    for name in chance.sample(names, chance.randint(1, 3)):
        if chance.random() < 0.2:
            item.pop(name, None)
        else:
            item[name] = chance.choice(VALUES)
    return item


def _broken(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return chance.choice(
        (
            data[:at],
            data[at:],
            b"\xef\xbb\xbf" + data,
            data.replace(b'"', b"'", 3),
            data[:at] + bytes([chance.randrange(256)]) + data[at:],
            data.decode("utf-8", "replace").encode("utf-16"),
            b"[" * 100_000,
            b'{"url":' * 50_000,
            b'{"url": NaN, "html": Infinity}',
            b"",
            b"null",
            b"1" * 10_000,
            json.dumps([json.loads(data)]).encode(),
        )
    )


def _block(chance: random.Random) -> dict[str, str]:
    return {"kind": chance.choice(("p", "p", "p", *BLOCK_KINDS)), "text": _text(chance)}


def _text(chance: random.Random) -> str:
    return " ".join(_word(chance) for _ in range(chance.randint(1, 40)))


def _word(chance: random.Random) -> str:
    return chance.choice(CHARACTERS) * chance.randint(1, 3) if chance.random() < 0.03 else chance.choice(WORDS)
