"""Which character set a page is in, told as browsers tell it."""

from __future__ import annotations

import codecs
import re

import charset_normalizer
from w3lib.encoding import html_body_declared_encoding, read_bom

from rowback.errors import NotAnArticle
from rowback.text.received import codec

_SAMPLE_BYTES = 32_768  # enough to tell an undeclared encoding
# What pages that declare nothing are written in: the WHATWG Encoding Standard's, without those that are hardly met.
_LEGACY = "cp1252 cp1250 cp1251 koi8_r cp1253 cp1254 cp1255 cp1256 cp1257 cp874 cp932 euc_jp gb18030 big5 cp949".split()
# Latin alphabets look alike to statistics. The page's language tells them apart, as the reader's does in browsers (HTML
# standard, "fallback encoding"); all others are written in the first.
_WESTERN, _LATIN = "cp1252", frozenset(("cp1252", "cp1250", "cp1254", "cp1257"))
_LATIN_OF = {
    **dict.fromkeys((b"cs", b"hr", b"hu", b"pl", b"ro", b"sk", b"sl"), "cp1250"),
    **dict.fromkeys((b"az", b"tr"), "cp1254"),
    **dict.fromkeys((b"et", b"lt", b"lv"), "cp1257"),
}
_LANGUAGE = re.compile(rb"<html[^>]{0,1000}?\slang\s*=\s*[\"']?([a-z]{2})\b", re.IGNORECASE)
_BINARY = (b"\x89PNG", b"%PDF-", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"\x1f\x8b", b"RIFF", b"\x00\x00\x00")


def decoded(body: bytes) -> str:
    """The text of a page. By byte order mark; as UTF-8 where it is; as declared; else as it looks."""
    mark, _ = read_bom(body)
    if mark is None and (b"\x00" in body[:1024] or body.startswith(_BINARY)):
        raise NotAnArticle("This is binary data, not a web page.")
    declared = codec(html_body_declared_encoding(body) or "")
    for encoding in (mark, None if declared and body.isascii() else "utf-8", declared):
        found = _strictly(body, encoding)
        if found is not None:
            return found
    return body.decode(mark or declared or _guessed(body), "replace")


def _strictly(body: bytes, encoding: str | None) -> str | None:
    if encoding is None:
        return None
    try:
        return body.decode(encoding)
    except (UnicodeError, LookupError):
        return None


def _guessed(body: bytes) -> str:
    sample = body[:_SAMPLE_BYTES]
    found = charset_normalizer.from_bytes(sample, cp_isolation=_LEGACY)
    best = found.best()
    if best is not None and best.encoding not in _LATIN:
        return codecs.lookup(best.encoding).name
    language = _LANGUAGE.search(sample)
    if language:
        return _LATIN_OF.get(language[1].lower(), _WESTERN)
    fitting = {name for match in found for name in match.could_be_from_charset}
    return _WESTERN if best is None or _WESTERN in fitting else codecs.lookup(best.encoding).name
