"""Unpacks compressed bodies, never more than the limit at a time: a small bomb must not become a large one."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

import brotli

from rowback.errors import FetchFailed, TooLarge

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ACCEPTED = "br, gzip, deflate"
_INFLATED = ("gzip", "x-gzip", "deflate")
_STEP = 262_144  # bytes unpacked at a time; brotli may give twice as many
_GZIP_OR_ZLIB, _RAW = 47, -15  # `wbits` of zlib: both kinds of header are recognised; or none, as some servers send


def unpacked(chunks: Iterable[bytes], encoding: str, max_bytes: int) -> bytes:
    """A whole body. Raises `TooLarge`, and `FetchFailed` for what is cut off, broken, or packed in another way."""
    packing = [name for name in (part.strip().lower() for part in encoding.split(",")) if name not in ("", "identity")]
    if not packing:
        return _joined(chunks, max_bytes)
    if len(packing) > 1 or packing[0] not in (*_INFLATED, "br"):
        raise FetchFailed(f"The page is packed as {encoding[:40]!r}, which was not asked for.")
    try:
        packed = _at_most(chunks, max_bytes)
        return _joined(_inflated(packed) if packing[0] in _INFLATED else _unbrotlied(packed), max_bytes)
    except (zlib.error, brotli.error) as error:
        raise FetchFailed("The packed page is broken.") from error


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
