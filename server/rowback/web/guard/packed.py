"""Bodies that come packed (RFC 9110, section 8.4): gzip, on the API, of whoever brought a token that holds.

A few kilobytes can unpack to gigabytes: no more is unpacked than a body may have that comes as it is, and what the packing
says of its length is not asked. Strangers may not have anything unpacked, and forms are small.
"""

from __future__ import annotations

import zlib
from io import BytesIO
from typing import IO, TYPE_CHECKING

import flask
from werkzeug.utils import cached_property

from rowback.errors import BadInput, TooLarge, WrongCoding
from rowback.web.guard.sessions import API

if TYPE_CHECKING:
    from werkzeug.wrappers import Request as AnyRequest

GZIP = frozenset({"gzip", "x-gzip"})  # RFC 9110, section 8.4.1.3: the second is the first by an older name
PIECE = 64 * 1024  # bytes, read at once: what stands behind a member's end is copied for the next one
# A gzip file is a series of members (RFC 1952, section 2.2). Tools that make many put 64 kB into each: 256 of a large body.
MAX_MEMBERS = 1_000
_FORMAT = 16 + zlib.MAX_WBITS  # zlib's word for gzip alone, its checksum and length compared


def coding(asked: AnyRequest) -> str:
    """How a request's body is packed; empty where it is not."""
    named = asked.headers.get("Content-Encoding", "").strip().lower()
    return "" if named == "identity" else named


def check_coding(asked: AnyRequest, *, is_trusted: bool) -> None:
    """Raises `WrongCoding` for a body that is packed otherwise, elsewhere or by someone else than told above."""
    named = coding(asked)
    if named and not (named in GZIP and is_trusted and asked.path.startswith(API)):
        raise WrongCoding("Send the body as it is, or, to the API and with a token, with `Content-Encoding: gzip`.")


class Request(flask.Request):
    """A request whose body is read unpacked. The guard has let it in (`check_coding`) before anyone reads it."""

    @cached_property
    def stream(self) -> IO[bytes]:
        """The body, unpacked. Raises `BadInput`, `TooLarge`."""
        body: IO[bytes] = super().stream
        if coding(self) not in GZIP:
            return body
        return BytesIO(unpacked(body, self.max_content_length or 0))


def unpacked(packed: IO[bytes], most: int) -> bytes:
    """What gzip packed, of at most so many bytes. Raises `TooLarge`; `BadInput` where it is none, broken or cut off."""
    whole, members, unzip, waiting = bytearray(), 0, None, b""
    while waiting or (waiting := packed.read(PIECE)):
        if unzip is None:
            members, unzip = members + 1, zlib.decompressobj(_FORMAT)
        if members > MAX_MEMBERS:
            raise BadInput(f"The body is packed in more than {MAX_MEMBERS:,} pieces.")
        try:
            whole += unzip.decompress(waiting, most + 1 - len(whole))
        except zlib.error as error:
            raise BadInput("The body says that it is gzip, and is none, or broken.") from error
        if len(whole) > most:
            raise TooLarge(f"Unpacked, the body has more than {most:,} bytes.")
        waiting, unzip = (unzip.unused_data, None) if unzip.eof else (unzip.unconsumed_tail, unzip)
    if unzip is not None:
        raise BadInput("The body is gzip that is cut off.")
    return bytes(whole)
