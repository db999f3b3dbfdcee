"""In which language the API tells a reason beside its English: the one that a request asks for. All else stays English.
Languages and their words are the pages': they are handed in."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from flask import after_this_request, current_app

from rowback.text import tongue
from rowback.web.sent import sent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask import Flask, Request, Response

_SPEAK = "rowback.speak_wished"


def install(app: Flask, speak_wished: Callable[[Request], None]) -> None:
    """`speak_wished` speaks the language that a request asks for, from then on."""
    app.extensions[_SPEAK] = speak_wished


@contextmanager
def in_wished_language() -> Iterator[None]:
    """While an answer is put together, and no longer: what is stored or logged meanwhile is English. An answer that is kept,
    as those about edits are, is put together outside of this, and so is the same for all."""
    after_this_request(_says_so)
    current_app.extensions[_SPEAK](sent())
    try:
        yield
    finally:
        tongue.speak(None)


def _says_so(response: Response) -> Response:
    response.vary.add("Accept-Language")
    return response
