"""Whether a person looks or a program asks: a person is sent to the login and told things on a page, a program is told what
went wrong in a document that it can read.

Browsers say so themselves (Fetch Metadata, https://www.w3.org/TR/fetch-metadata/), on HTTPS and on this machine; elsewhere
there is what they accept. Feed readers and libraries often name HTML, too, beside what they came for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Request

PAGE = "text/html"
_PAGES = frozenset({PAGE, "application/xhtml+xml"})
_DATA_TEXTS = frozenset({"xml", "json", "csv", "calendar"})


def is_person(asked: Request) -> bool:
    """Whether a request comes from a browser that shows its answer as a page."""
    mode, destination = asked.headers.get("Sec-Fetch-Mode"), asked.headers.get("Sec-Fetch-Dest")
    if mode is not None or destination is not None:
        return (mode or "navigate") == "navigate" and (destination or "document") == "document"
    accepted = [(kind.partition(";")[0].strip().lower(), quality) for kind, quality in asked.accept_mimetypes]
    wanted = max((quality for kind, quality in accepted if kind == PAGE), default=0.0)
    return wanted > 0 and not any(quality >= wanted for kind, quality in accepted if _is_data(kind))


def _is_data(kind: str) -> bool:
    """Whether a media type is for programs: feeds, JSON and the like. Pages, pictures, plain text and `*` are not."""
    if kind in _PAGES:
        return False
    family, _, subtype = kind.partition("/")
    return (family == "application" and subtype != "*") or (family == "text" and subtype in _DATA_TEXTS)
