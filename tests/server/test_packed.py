"""Bodies packed with gzip are read as what they hold, and cost no more than they would as they are."""

from __future__ import annotations

import gzip
import json
import tracemalloc
import zlib
from io import BytesIO, RawIOBase
from typing import TYPE_CHECKING

import pytest

from rowback.errors import BadInput, TooLarge
from rowback.web.app import MAX_REQUEST_BYTES
from rowback.web.guard.packed import MAX_MEMBERS, PIECE, unpacked

from . import backend as backends
from .samples import PARAGRAPHS, TITLE, URL
from .visitor import FORM

if TYPE_CHECKING:
    from pathlib import Path

    from .backend import Answer, Backend, Client

CAPTURES = "/api/v1/captures"
BLOCKS = [{"kind": "p", "text": text} for text in PARAGRAPHS]
BODY = json.dumps({"url": URL, "title": TITLE, "blocks": BLOCKS}).encode()
PACKED = gzip.compress(BODY)


def _sent(client: Client, body: bytes, coding: str = "gzip", path: str = CAPTURES) -> Answer:
    return client.send("POST", path, body, Content_Type="application/json", Content_Encoding=coding)


@pytest.mark.parametrize("coding", ["gzip", "GZip", " x-gzip "])
@pytest.mark.parametrize(
    "packed",
    [PACKED, gzip.compress(BODY, 0), gzip.compress(BODY[:90]) + gzip.compress(b"") + gzip.compress(BODY[90:])],
    ids=["packed", "not made smaller", "of three members"],
)
def test_a_packed_capture_is_stored_like_any_other(client: Client, packed: bytes, coding: str) -> None:
    assert _sent(client, packed, coding).status == 201
    again = client.capture()
    assert (again.status, again.json["new_version"]) == (200, False)


def test_what_says_that_it_is_as_it_is_is_read_so(client: Client) -> None:
    assert _sent(client, BODY, "identity").status == 201


SPOILT = {
    "none at all": BODY,
    "cut off": PACKED[:-20],
    "without its last byte": PACKED[:-1],
    "with a wrong checksum": PACKED[:-8] + bytes(4) + PACKED[-4:],
    "that is longer than it says": PACKED[:-4] + (5).to_bytes(4, "little"),
    "that is shorter than it says": PACKED[:-4] + (1 << 31).to_bytes(4, "little"),
    "with something behind it": PACKED + b"{}",
    "with nothing behind it": PACKED + bytes(64),
    "by another format": zlib.compress(BODY),
    "packed twice": gzip.compress(PACKED),
    "of too many members": PACKED + gzip.compress(b"") * MAX_MEMBERS,
    "empty": b"",
    "of nothing": gzip.compress(b""),
}


@pytest.mark.parametrize("kind", SPOILT)
def test_gzip_that_is_spoilt_is_malformed(client: Client, kind: str) -> None:
    answer = _sent(client, SPOILT[kind])
    assert (answer.status, answer.code) == (400, "bad-input")
    assert client.get("/api/v1/articles").json["articles"] == []


def test_no_more_is_unpacked_than_may_come_as_it_is(client: Client) -> None:
    room = MAX_REQUEST_BYTES - len(BODY)
    assert _sent(client, gzip.compress(BODY + b" " * room)).status == 201
    for more in (room + 1, 20 * MAX_REQUEST_BYTES):
        answer = _sent(client, gzip.compress(BODY + b" " * more))
        assert (answer.status, answer.code) == (413, "too-large"), more


class _Endless(RawIOBase):
    """Zeros without end, packed as they are read; in one member, or each piece in its own."""

    def __init__(self, *, is_one: bool) -> None:
        self._one = zlib.compressobj(9, zlib.DEFLATED, 31) if is_one else None
        self._made, self.read_bytes = b"", 0

    def read(self, size: int = -1, /) -> bytes:
        zeros = bytes(1 << 20)
        while len(self._made) < size:
            self._made += self._one.compress(zeros) if self._one else gzip.compress(zeros)
        piece, self._made = self._made[:size], self._made[size:]
        self.read_bytes += len(piece)
        return piece


@pytest.mark.parametrize("is_one", [True, False])
def test_an_endless_bomb_is_left_as_soon_as_it_is_too_large(is_one: bool) -> None:
    bomb, most = _Endless(is_one=is_one), 3_000_000
    tracemalloc.start()
    with pytest.raises(TooLarge):
        unpacked(bomb, most)  # type: ignore[arg-type]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert bomb.read_bytes <= 2 * PIECE
    assert peak < 5 * most, "a piece alone unpacks to twenty times as much"


def test_members_without_end_are_left_though_they_hold_nothing() -> None:
    packed = BytesIO(gzip.compress(b"") * 200_000)
    with pytest.raises(BadInput):
        unpacked(packed, 1_000)
    assert packed.tell() <= PIECE


@pytest.mark.parametrize("coding", ["br", "deflate", "zstd", "gzip, gzip", "gzip,identity", "gzip;q=1", "*", "none"])
def test_other_ways_of_packing_are_told_as_such(client: Client, coding: str) -> None:
    answer = _sent(client, PACKED, coding)
    assert (answer.status, answer.code, answer.headers["accept-encoding"]) == (415, "wrong-coding", "gzip")


def test_strangers_may_have_nothing_unpacked(tmp_path: Path) -> None:
    backend = backends.start(tmp_path / "rowback.db", is_public=True)
    name, urls = gzip.compress(b'{"name": "A program"}'), gzip.compress(b'{"urls": []}')
    assert backend.anyone.post("/api/v1/lookup", {"urls": []}).status == 200
    assert _sent(backend.anyone, name, path="/api/v1/pair").code == "wrong-coding"
    assert _sent(backend.anyone, urls, path="/api/v1/lookup").code == "wrong-coding"
    assert _sent(backend.anyone, PACKED).code == "no-token", "whoever may not write at all is told that"
    assert _sent(backend.client, urls, path="/api/v1/lookup").status == 200
    backend.server.stop()
    backend.store.close()


def test_forms_come_as_they_are(backend: Backend) -> None:
    for who, path in ((backend.anyone, "/login"), (backend.client, "/login"), (backend.client, "/access")):
        sent = who.send("POST", path, gzip.compress(b"token=x"), Content_Type=FORM, Content_Encoding="gzip")
        assert sent.code == "wrong-coding"


def test_a_paired_extension_may_say_how_it_packs(backend: Backend) -> None:
    origin = f"chrome-extension://{'a' * 32}"
    backend.store.access.new_token("extension", backend.clock(), origin)
    asked = {"Origin": origin, "Access_Control_Request_Method": "POST"}
    told = backend.anyone.send(
        "OPTIONS", CAPTURES, None, **asked, Access_Control_Request_Headers="authorization, content-encoding"
    )
    assert "content-encoding" in told.headers["access-control-allow-headers"].lower()
