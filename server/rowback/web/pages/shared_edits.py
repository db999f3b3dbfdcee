"""What is shared of one edit: its page at a permanent address, its card as SVG and PNG, and how to cite it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Blueprint, Response, render_template, request

from rowback import __version__
from rowback.errors import BadInput
from rowback.text import tongue
from rowback.text.attributed import attributed
from rowback.text.web_links import as_written
from rowback.web.cards import rasteriser
from rowback.web.cards.card_drawing import DARK, HEIGHT, LIGHT, MARGIN, WIDTH, draw
from rowback.web.guard.visibility import seen
from rowback.web.pages.card_words import card_of, in_a_sentence, seen_when
from rowback.web.pages.citations import CitedEdit, as_bibtex, as_csl, as_markdown, as_text
from rowback.web.pages.found_edits import EditsFound, FoundEdit
from rowback.web.pages.languages import LANGUAGES, speak_in
from rowback.web.pages.memento import address_of
from rowback.web.pages.open_graph import preview_of_edit
from rowback.web.sent import see

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from werkzeug.wrappers import Response as AnyResponse

    from rowback.store import Store

EDIT = "/articles/<int:article_id>/edits/<name>"
# A picture holds no script, asks for nothing and is nobody's frame, wherever it is opened.
SVG_POLICY = "default-src 'none'; style-src 'none'; frame-ancestors 'none'; sandbox"
CSL = "application/vnd.citationstyles.csl+json"
THEMES = {"light": LIGHT, "dark": DARK}


@dataclass(frozen=True, slots=True)
class CitedForm:
    """A form in which an edit is cited; `is_told`: in the reader's language."""

    name: str
    media_type: str
    written: Callable[[CitedEdit], str]
    is_told: bool = False


FORMS = {
    "txt": CitedForm("Text", "text/plain", as_text, is_told=True),
    "md": CitedForm("Markdown", "text/markdown", as_markdown, is_told=True),
    "bib": CitedForm("BibTeX", "application/x-bibtex", as_bibtex),
    "json": CitedForm("CSL-JSON", CSL, as_csl),
}


def create_shared_edits(store: Store, now: Callable[[], datetime]) -> Blueprint:
    """The blueprint."""
    pages = Blueprint("edit", __name__)
    edits = EditsFound(store)

    @pages.get(EDIT)
    def page(article_id: int, name: str) -> AnyResponse | str:
        found = edits.named(article_id, name)
        if not isinstance(found, FoundEdit):
            return see(f"/articles/{found.article.id}/diff/{found.old.number}/{found.new.number}")
        cited, spans = _cited(found, now()), seen(store).versions.spans(found.article.id)
        return render_template(
            "edit.html",
            found=found,
            article=found.article,
            card=card_of(found),
            told=in_a_sentence(found),
            when=seen_when(found),
            citations={form: (each.name, each.written(cited)) for form, each in FORMS.items()},
            versions=[address_of(found.article, spans, each) for each in (found.old, found.new)],
            has_png=rasteriser.is_installed(),
            width=WIDTH,
            height=HEIGHT,
            preview=preview_of_edit(found),
        )

    @pages.get(f"{EDIT}/card.svg")
    def card(article_id: int, name: str) -> Response:
        svg = _svg(edits.edit(article_id, name))
        answer = _answer(svg.encode(), "image/svg+xml")
        answer.headers["Content-Security-Policy"] = SVG_POLICY
        return answer

    @pages.get(f"{EDIT}/card.png")
    def picture(article_id: int, name: str) -> Response:
        svg = _svg(edits.edit(article_id, name))
        rasteriser.check_letters(svg)
        return _answer(svg.encode(), "image/png", lambda: rasteriser.png(svg))

    @pages.get(f"{EDIT}/cite.<any({', '.join(FORMS)}):form>")
    def cited(article_id: int, name: str, form: str) -> Response:
        _speak_as_asked()
        body = FORMS[form].written(_cited(edits.edit(article_id, name), now())).encode()
        answer = _answer(body, FORMS[form].media_type)
        answer.headers["Content-Disposition"] = f'inline; filename="{name}.{form}"'
        return answer

    return pages


def _speak_as_asked() -> None:
    """Pictures and citations speak the language that their address names, and English else: the same for everyone, and for
    whoever keeps a copy. Raises `BadInput`."""
    tag = request.args.get("lang", tongue.ENGLISH)
    if tag not in LANGUAGES:
        raise BadInput(tongue.gettext("lang: choose one of %(tags)s.", tags=", ".join(LANGUAGES)))
    speak_in(tag)


def _svg(found: FoundEdit) -> str:
    _speak_as_asked()
    theme = request.args.get("theme", "light")
    if theme not in THEMES:
        raise BadInput(tongue.gettext("theme: choose light or dark."))
    card = card_of(found)
    return render_template(
        "card.svg",
        card=card,
        drawing=draw(card),
        colours=THEMES[theme],
        told=in_a_sentence(found),
        width=WIDTH,
        height=HEIGHT,
        margin=MARGIN,
    )


def _answer(body: bytes, media_type: str, made: Callable[[], bytes] | None = None) -> Response:
    """What is sent, or 304. Nothing here is `immutable`: an owner may hide or forget the article at any time, and no copy
    that is kept somewhere is to outlive that."""
    etag = hashlib.blake2b(body + media_type.encode() + __version__.encode(), digest_size=12).hexdigest()
    is_had = request.if_none_match.contains_weak(etag)
    answer = Response(status=304) if is_had else Response(made() if made else body)
    answer.headers["Content-Type"] = f"{media_type}; charset=utf-8" if made is None else media_type
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["X-Robots-Tag"] = "noindex"
    answer.set_etag(etag)
    return answer


def _cited(found: FoundEdit, now: datetime) -> CitedEdit:
    before, after = found.sides
    new = found.new
    credit = f"{attributed(new.memento, new.origin)}: {as_written(new.memento.href)}" if new.memento else ""
    return CitedEdit(
        key=f"rowback-{found.article.id}-{found.name}",
        headline=found.headline,
        source=found.article.source,
        seen_at=new.seen_at,
        is_day=new.is_day,
        before=tuple(before),
        after=tuple(after),
        address=found.address,
        original=found.article.url,
        credit=credit,
        read_on=now.date(),
    )
