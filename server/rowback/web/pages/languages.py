"""Which language a page speaks: the reader's choice, kept in a cookie, else what the browser asks for, else English."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from flask import Blueprint, request
from jinja2 import pass_eval_context
from markupsafe import Markup, escape

from rowback.deferred import Deferred
from rowback.text import tongue
from rowback.web.guard.login import local
from rowback.web.guard.people import is_person
from rowback.web.guard.sessions import API
from rowback.web.sent import root, see, sent

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask, Request, Response
    from jinja2.nodes import EvalContext
    from werkzeug.wrappers import Response as AnyResponse

    from rowback.web.pages import catalogues
else:
    catalogues = Deferred("rowback.web.pages.catalogues")

# By tag (BCP 47), each with its own name. The extension speaks the same.
LANGUAGES = {
    "ar": "العربية",
    "de": "Deutsch",
    "en": "English",
    "es": "Español",
    "fr": "Français",
    "ja": "日本語",
    "pt": "Português",
}
RIGHT_TO_LEFT = frozenset({"ar"})
COOKIE = "rowback_language"
KEPT = timedelta(days=365)
PAGE = "text/html"
# Feeds and data go to programs, or to many readers under one address.
_IN_ENGLISH = frozenset({"feeds", "secret_feeds", "memento", "ready_api", "robots"})
_DATA = frozenset(
    {
        "version.version_json",
        "version.version_text",
        "metrics",
        "openapi",
        "static",
        "triage.notes_csv",
        "triage.notes_json",
    }
)
_END = Markup("</a>")
_BDI, _BDI_END = Markup("<bdi>"), Markup("</bdi>")


def install(app: Flask) -> None:
    """Makes `app` speak. Before all that can refuse a request: what refuses one is told in the reader's language, too."""
    app.before_request(_speak)
    app.after_request(_say)
    app.teardown_request(lambda _: tongue.speak(None))
    app.register_blueprint(_create_choice())
    env = app.jinja_env
    env.policies["ext.i18n.trimmed"] = True
    env.add_extension("jinja2.ext.i18n")
    installed: Any = env
    installed.install_gettext_callables(tongue.gettext, tongue.ngettext, newstyle=True)
    env.globals.update(
        gettext=_escaping(tongue.gettext),
        ngettext=_escaping(tongue.ngettext),
        pgettext=_escaping(tongue.pgettext),
        _=_escaping(tongue.gettext),
        link=link,
        end=_END,
        code=code,
        em=em,
        key=key,
        bdi=bdi,
        address=address,
        language=tongue.tag,
        direction=direction,
        languages=LANGUAGES,
        chosen_language=lambda: _chosen(sent()),
    )


def link(address: str, **attributes: str) -> Markup:
    """The beginning of a link inside a sentence; `end` ends it."""
    given = "".join(f' {escape(name)}="{escape(value)}"' for name, value in attributes.items())
    return Markup('<a href="{}"{}>').format(address, Markup(given))  # noqa: S704


def code(text: str) -> Markup:
    """What is typed as it stands, inside a sentence: in any language from left to right."""
    return Markup('<code dir="ltr">{}</code>').format(text)


def em(text: str) -> Markup:
    """What a button or a choice says, inside a sentence."""
    return Markup("<em>{}</em>").format(text)


def bdi(text: str) -> Markup:
    """A name or another's words inside a sentence, which may run the other way."""
    return _BDI + escape(text) + _BDI_END  # lists say it of each line, and `format` takes some times as long


def address(shown: str, href: str = "", **attributes: str) -> Markup:
    """A link that shows its own address, or `shown` in its place."""
    return link(href or shown, **attributes) + Markup('<bdi dir="ltr">{}</bdi>').format(shown) + _END


def key(name: str) -> Markup:
    """A key of the keyboard, inside a sentence."""
    return Markup("<kbd>{}</kbd>").format(name)


def direction() -> str:
    """Where lines of the spoken language begin, as HTML says it."""
    return "rtl" if tongue.tag() in RIGHT_TO_LEFT else "ltr"


def asked_for(asked: Request) -> str:
    """The language of an answer: the reader's choice, else the wish of the browser (RFC 9110, section 12.5.4) that stands
    highest and that we know, with or without its region (RFC 4647, section 3.4)."""
    return _chosen(asked) or _wished(asked)


def speak_wished(asked: Request) -> None:
    """Speaks the wish alone: for programs nobody chose on a page."""
    speak_in(_wished(asked))


def _wished(asked: Request) -> str:
    wishes = (tag.partition("-")[0].lower() for tag, quality in asked.accept_languages if quality > 0)
    return next((tag for tag in wishes if tag in LANGUAGES), tongue.ENGLISH)


def speak_in(tag: str) -> None:
    """Speaks one of `LANGUAGES` until the answer is made."""
    tongue.speak(None if tag == tongue.ENGLISH else catalogues.language(tag))


def _chosen(asked: Request) -> str:
    """The tag that the reader chose on a page; empty where the browser's own wish holds."""
    kept = asked.cookies.get(COOKIE, "")
    return kept if kept in LANGUAGES else ""


def _is_for_people(asked: Request) -> bool:
    blueprint = (asked.endpoint or "").partition(".")[0]
    return not (asked.path.startswith(API) or asked.endpoint in _DATA or blueprint in _IN_ENGLISH)


def _speak() -> None:
    asked = sent()
    speak_in(asked_for(asked) if _is_for_people(asked) and is_person(asked) else tongue.ENGLISH)


def _say(response: Response) -> Response:
    if response.mimetype == PAGE and not 300 <= response.status_code < 400 and _is_for_people(sent()):
        response.content_language.add(tongue.tag())
        response.vary.update(("Accept-Language", "Cookie"))
    return response


def _escaping(say: Callable[..., str]) -> Callable[..., str]:
    """The same for templates: what is put into a sentence is text, not markup, where the template's other values are."""

    @pass_eval_context
    def said(context: EvalContext, /, *message: Any, **values: object) -> str:
        if not context.autoescape:
            return say(*message, **values)
        if values:
            values = {name: escape(value) for name, value in values.items()}
        return Markup(say(*message, **values))  # noqa: S704

    return said


def _create_choice() -> Blueprint:
    pages = Blueprint("languages", __name__)

    @pages.post("/language")
    def choose() -> AnyResponse:
        """No secret of the session's is asked for: strangers have none, and a foreign page's form is refused before this."""
        chosen = request.form.get("language", "")
        answer = see(local(request.form.get("next", "")), 303)
        path, secure = root() or "/", request.is_secure or request.headers.get("X-Forwarded-Proto", "") == "https"
        if chosen in LANGUAGES:
            answer.set_cookie(COOKIE, chosen, KEPT, path=path, secure=secure, httponly=True, samesite="Lax")
        else:
            answer.delete_cookie(COOKIE, path=path, secure=secure, httponly=True, samesite="Lax")
        return answer

    return pages
