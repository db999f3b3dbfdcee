"""Addresses for mail that a site's server hides from robots and its script writes out for readers. Read as the script does.

Only what can be undone for certain: Cloudflare's (a key byte, then the address XOR that key, in hexadecimal digits; its
script is served as `/cdn-cgi/scripts/*/cloudflare-static/email-decode.min.js`) and Joomla's (an element with the address
in base64 since 4.0; before that a script behind a `<span id="cloak…">` that puts quoted scraps together).
"""

from __future__ import annotations

import binascii
import html
from base64 import b64decode
from typing import TYPE_CHECKING

import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

_ADDRESS = regex.compile(r"[^\s@<>]{1,64}@[^\s@<>]{1,255}")
_LINK = regex.compile(r"/cdn-cgi/l/email-protection#(\p{AHex}+)\Z")
_STAND_IN = regex.compile(r"\s*\[email\s+protected\]\s*", regex.IGNORECASE)
_CLOAK = regex.compile(r"getElementById\('(cloak\w+)'\)")
_ASSIGNED = regex.compile(
    r"\baddy(?P<text>_text)?\w*\s*=\s*(?P<again>addy\w*\s*\+\s*)?(?P<scraps>'[^']*'(?:\s*\+\s*'[^']*')*)"
)
_SCRAP = regex.compile(r"'([^']*)'")
MAX_CODE = 1_000  # characters; an address has at most 320
MAX_SCRIPT = 5_000  # characters of a script that writes one address


def write_out(tree: HtmlElement) -> None:
    """Puts the addresses in the place of what stands in for them."""
    cloaked = dict(_cloaked(tree))
    for node in list(tree.iter("a", "span", "joomla-hidden-mail")):
        linked = _LINK.search(node.get("href") or "")
        address = cloaked.get(node.get("id") or "") or _coded(node)
        if linked is not None and (target := _xored(linked[1])) is not None:
            node.set("href", f"mailto:{target}")
            if _STAND_IN.fullmatch("".join(node.itertext())):
                address = target
        if address is not None:
            _fill(node, address)


def _coded(node: HtmlElement) -> str | None:
    """The address in an element's own attributes."""
    if (code := node.get("data-cfemail")) is not None:
        return _xored(code)
    if node.tag != "joomla-hidden-mail":
        return None
    first, last, text = (_plain(node.get(name) or "") for name in ("first", "last", "text"))
    return text if text and text.isprintable() and "<" not in text else _address(f"{first}@{last}")


def _fill(node: HtmlElement, text: str) -> None:
    tail = node.tail
    href = node.get("href") or ""
    for child in list(node):
        node.remove(child)
    node.text, node.tail = text, tail
    if node.tag == "a" and not href.startswith("mailto:"):
        node.tag = "span"  # the script puts the bare address in the link's place


def _xored(code: str) -> str | None:
    try:
        key, *rest = binascii.unhexlify(code[:MAX_CODE].strip())
        return _address(bytes(byte ^ key for byte in rest).decode())
    except ValueError:  # no digits, none at all, or no UTF-8
        return None


def _plain(code: str) -> str:
    try:
        return b64decode(code[:MAX_CODE], validate=True).decode()
    except ValueError:
        return ""


def _cloaked(tree: HtmlElement) -> Iterator[tuple[str, str]]:
    """The ids of elements whose text a script replaces, each with the address."""
    for script in tree.iter("script"):
        text = script.text or ""
        found = _CLOAK.search(text, endpos=MAX_SCRIPT) if len(text) <= MAX_SCRIPT else None
        if found is not None:
            told = {"": "", "_text": ""}
            for each in _ASSIGNED.finditer(text):
                scraps = html.unescape("".join(_SCRAP.findall(each["scraps"])))
                name = each["text"] or ""
                told[name] = told[name] * bool(each["again"]) + scraps
            address = told["_text"] or _address(told[""])
            if address and address.isprintable():
                yield found[1], address


def _address(text: str) -> str | None:
    return text if _ADDRESS.fullmatch(text) and text.isprintable() else None
