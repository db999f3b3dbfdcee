"""The one place where errors become HTTP answers: `application/problem+json` (RFC 9457) for the API, pages for people."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING

from flask import Response, g, render_template, request
from werkzeug.exceptions import HTTPException

from rowback.errors import (
    BadInput,
    Busy,
    InsufficientScope,
    NotAnArticle,
    NotFound,
    NoToken,
    PairingPending,
    RowbackError,
    StoreError,
    TooLarge,
    TooManyAttempts,
    UnknownArticle,
    WrongCoding,
    WrongMediaType,
)
from rowback.text.plain import in_json, visible
from rowback.web.guard.people import is_person
from rowback.web.pages import problem_words
from rowback.web.sent import sent

if TYPE_CHECKING:
    from flask import Flask

MEDIA_TYPE = "application/problem+json"
# What Flask refuses before our code is asked goes by the same words as what we refuse.
_OURS = {error.status: error for error in (BadInput, NotFound, TooLarge, WrongMediaType)}
log = logging.getLogger("rowback.web")
API, DOCUMENT = "/api/", "/openapi.json"


def install(app: Flask) -> None:
    """Makes every error of `app` a problem document, or a page where a page was asked for."""
    app.register_error_handler(RowbackError, _rowback_error)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _broken)
    app.after_request(_log_failure)


def _told(status: int, code: str, title: str, detail: str, **more: object) -> Response:
    """The error for whoever asked: programs get a problem document, people a page that says what to do."""
    if request.path.startswith(API) or request.path == DOCUMENT or not is_person(sent()):
        return problem(status, code, title, detail, **more)
    page = render_template(
        "error.html", status=status, problem=code, title=problem_words.title(title), detail=visible(detail)
    )
    return Response(page, status, {"X-Robots-Tag": "noindex"})


def problem(status: int, code: str, title: str, detail: str, **more: object) -> Response:
    """A problem document. `type` and `code` are stable; `detail` is for people; `more` are extension members."""
    body = {
        "type": f"urn:rowback:problem:{code}",
        "code": code,
        "title": title,
        "status": status,
        "detail": detail,
        **more,
    }
    return Response(in_json(json.dumps(body, ensure_ascii=False)), status, mimetype=MEDIA_TYPE)


def _rowback_error(error: Exception) -> Response:
    if not isinstance(error, RowbackError):
        raise error
    g.failure = str(error)
    more: dict[str, object] = {"reason": error.reason} if isinstance(error, NotAnArticle) else {}
    if isinstance(error, UnknownArticle) and error.backfill is not None:
        more = {"backfill": error.backfill}
    answer = _told(error.status, error.code, error.title, str(error), **more)
    if isinstance(error, NoToken):
        answer.headers["WWW-Authenticate"] = 'Bearer realm="rowback"'
    if isinstance(error, InsufficientScope):  # RFC 6750 §3.1
        answer.headers["WWW-Authenticate"] = 'Bearer realm="rowback", error="insufficient_scope"'
    if isinstance(error, WrongCoding):  # RFC 9110 §12.5.3
        answer.headers["Accept-Encoding"] = "gzip"
    if isinstance(error, (StoreError, Busy)):
        answer.headers["Retry-After"] = "5"
    if isinstance(error, (PairingPending, TooManyAttempts)):
        answer.headers["Retry-After"] = str(error.retry_after_s)
    return answer


def _http_error(error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    status = error.code or 500
    ours = _OURS.get(status)
    code, title = (ours.code, ours.title) if ours else (error.name.lower().replace(" ", "-"), error.name)
    detail = "The body is not JSON in UTF-8." if status == BadInput.status and request.is_json else error.description
    answer = _told(status, code, title, detail or title)
    if error.response is None:
        answer.headers.extend({name: value for name, value in error.get_headers(request.environ) if name == "Allow"})
    return answer


def _broken(error: Exception) -> Response:
    """An error that nobody foresaw: all about it goes into the log, and no word of it to whoever asked."""
    g.failure, g.broken_by = type(error).__name__, error
    return _told(
        500, "internal-server-error", "Internal Server Error", "The program could not cope. Its log says more."
    )


def _log_failure(response: Response) -> Response:
    """Logs what the backend failed at, each once. The route, not the address: that may hold a secret, or what is read."""
    if response.status_code >= 500:
        route = request.url_rule.rule if request.url_rule else "no route"
        reason = g.get("failure", response.status)
        log.error("%s %s: %d, %s", request.method, route, response.status_code, reason, exc_info=g.get("broken_by"))
    return response
