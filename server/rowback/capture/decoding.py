"""Unpacks compressed bodies, never more than the limit at a time: a small bomb must not become a large one.

Archives hand on what came to them: bodies that are packed though no header says so, and headers said twice, once empty.
"""

from __future__ import annotations

import zlib
from itertools import chain
from typing import TYPE_CHECKING

import brotli

from rowback.errors import FetchFailed, TooLarge

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ACCEPTED = "br, gzip, deflate"
_INFLATED = ("gzip", "x-gzip", "deflate")
_GZIP = b"\x1f\x8b\x08"  # RFC 1952, section 2.3.1: the mark, and the only packing there is
_STEP = 262_144  # bytes unpacked at a time; brotli may give twice as many
_GZIP_OR_ZLIB, _RAW = 47, -15  # `wbits` of zlib: both kinds of header are recognised; or none, as some servers send


def unpacked(chunks: Iterable[bytes], encoding: str, max_bytes: int, *, is_page: bool = False) -> bytes:
    """A whole body; one that `is_page` also without a gzip around it that no header spoke of. Raises `TooLarge`, and
    `FetchFailed` for what is cut off, broken, or packed in another way."""
    packing = [name for name in (part.strip().lower() for part in encoding.split(",")) if name not in ("", "identity")]
    if len(packing) > 1 or (packing and packing[0] not in (*_INFLATED, "br")):
        raise FetchFailed(f"The page is packed as {encoding[:40]!r}, which was not asked for.")
    try:
        packed = _at_most(chunks, max_bytes)
        came = packed if not packing else _inflated(packed) if packing[0] in _INFLATED else _unbrotlied(packed)
        return _joined(_unwrapped(_at_most(came, max_bytes)) if is_page else came, max_bytes)
    except (zlib.error, brotli.error) as error:
        raise FetchFailed("The packed page is broken.") from error


def told_encoding(values: Iterable[str]) -> str:
    """The packing that several Content-Encoding headers tell together (RFC 9110, section 5.3). Proxies repeat the same one;
    an archive adds an empty one to what it kept."""
    return ", ".join(dict.fromkeys(value.strip() for value in values if value.strip()))


def _unwrapped(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """A body that begins as gzip does, unpacked; any other as it is. No page begins so."""
    rest, begin = iter(chunks), b""
    for chunk in rest:
        begin += chunk
        if len(begin) >= len(_GZIP):
            break
    whole = chain((begin,), rest)
    return _inflated(whole) if begin.startswith(_GZIP) else whole


def _joined(chunks: Iterable[bytes], max_bytes: int) -> bytes:
    parts, size = [], 0
    for chunk in chunks:
        size += len(chunk)
        if size > max_bytes:
            raise TooLarge(f"The page has more than {max_bytes / 1024 / 1024:g} MB.")
        parts.append(chunk)
    return b"".join(parts)


def _at_most(chunks: Iterable[bytes], max_bytes: int) -> Iterator[bytes]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > max_bytes:
            raise TooLarge(f"The packed page has more than {max_bytes / 1024 / 1024:g} MB.")
        yield chunk


def _unbrotlied(chunks: Iterable[bytes]) -> Iterator[bytes]:
    machine, begun = brotli.Decompressor(), False
    for chunk in chunks:
        begun = begun or bool(chunk)
        yield machine.process(chunk, output_buffer_limit=_STEP)
        while not (machine.can_accept_more_data() or machine.is_finished()):
            yield machine.process(b"", output_buffer_limit=_STEP)
    if begun and not machine.is_finished():
        raise FetchFailed("The packed page is cut off.")


def _inflated(chunks: Iterable[bytes]) -> Iterator[bytes]:
    machine, begun, ended = zlib.decompressobj(_GZIP_OR_ZLIB), False, False
    for chunk in chunks:
        rest = chunk
        while rest:
            if ended:  # gzip allows several members one after the other; zero bytes may fill up the end
                rest = rest.lstrip(b"\0")
                if not rest:
                    break
                machine, ended = zlib.decompressobj(_GZIP_OR_ZLIB), False
            try:
                yield machine.decompress(rest, _STEP)
            except zlib.error:
                if begun:
                    raise
                machine = zlib.decompressobj(_RAW)
                yield machine.decompress(rest, _STEP)
            begun, ended = True, machine.eof
            rest = machine.unused_data if ended else machine.unconsumed_tail
    while not ended and begun and (more := machine.decompress(machine.unconsumed_tail, _STEP)):
        yield more
        ended = machine.eof
    if begun and not (ended or machine.eof):
        raise FetchFailed("The packed page is cut off.")
