"""What the backend's page of news tells, made of the changelog.

    python -m tests.server.changelog

brings the file in the package up to date. What is not released yet is left out.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt

import rowback
from rowback.capture.fetch import HOME
from rowback.web.pages.changelog import DATA

from .documents import ROOT

if TYPE_CHECKING:
    from markdown_it.token import Token

CHANGELOG = ROOT / "CHANGELOG.md"
KEPT = Path(rowback.__file__).parent / "web" / "pages" / DATA
IN_SHORT = "**In short**"
_HEAD = re.compile(r"\[(\d[\d.]*)\] - (\d{4}-\d\d-\d\d)")
_FILES = f"{HOME}/blob/main/"  # where what the changelog links to is read


def releases(text: str) -> list[dict[str, Any]]:
    """The releases that a changelog tells, each with its lists, as they are kept."""
    markdown = MarkdownIt("commonmark", {"html": False})
    told: list[dict[str, Any]] = []
    items: list[str] | None = None
    tokens = markdown.parse(text)
    for place, token in enumerate(tokens):
        if token.type != "inline":
            continue
        around = tokens[place - 1]
        if around.type == "heading_open":
            items = _headed(told, around.tag, token.content, items)
        elif told and told[-1]:
            items = _told(told[-1], token, items, markdown, is_item=around.level > 1)
    return [each for each in told if each]


def _headed(told: list[dict[str, Any]], tag: str, head: str, items: list[str] | None) -> list[str] | None:
    """The list that what follows a heading goes into; a release begins with none."""
    if tag == "h2":
        found = _HEAD.fullmatch(head)
        told.append(
            {"version": found[1], "day": found[2], "opening": "", "in_short": [], "sections": {}} if found else {}
        )
        return None
    if tag == "h3" and told and told[-1]:
        begun: list[str] = told[-1]["sections"].setdefault(head, [])
        return begun
    return items


def _told(
    release: dict[str, Any], token: Token, items: list[str] | None, markdown: MarkdownIt, *, is_item: bool
) -> list[str] | None:
    if token.content == IN_SHORT:
        begun: list[str] = release["in_short"]
        return begun
    said = _rendered(token, markdown)
    if is_item:
        assert items is not None, f"a list under no heading: {token.content}"
        items.append(said)
    else:
        release["opening"] = f"{release['opening']} {said}".strip()
    return items


def _rendered(token: Token, markdown: MarkdownIt) -> str:
    for each in token.children or ():
        href = str(each.attrGet("href") or "")
        if each.type == "link_open" and "://" not in href:
            each.attrSet("href", _FILES + href)
    return str(markdown.renderer.render([token], markdown.options, {})).replace("\n", " ")


def written() -> str:
    """The file as it is kept."""
    return json.dumps(releases(CHANGELOG.read_text(encoding="utf-8")), indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    KEPT.write_text(written(), encoding="utf-8")
