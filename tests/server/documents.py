"""Reads the papers: the README, the changelog, what stands in `.github` and in `server/docs`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
DOCS = ROOT / "server" / "docs"
_FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_COMMENT = re.compile(r" +# .*$")
_SPAN = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
_LINK = re.compile(r"\]\(([^()\s]+)\)")
_HEADING = re.compile(r"^#{1,6} +(.+?) *$", re.MULTILINE)
_TEXT_OF_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_NO_ANCHOR = re.compile(r"[^\w\- ]")  # what GitHub leaves out of a heading's anchor
_ROW = re.compile(r"^\|(.+)\|$", re.MULTILINE)
_CELLS = re.compile(r"(?<!\\)\|")


def papers() -> list[Path]:
    """Everything that is written for people."""
    folders = (ROOT / ".github", DOCS)
    return [README, ROOT / "CHANGELOG.md", *(path for folder in folders for path in sorted(folder.rglob("*.md")))]


def name_of(paper: Path) -> str:
    """A paper's path from the checkout's root, with slashes on every system."""
    return paper.relative_to(ROOT).as_posix()


def commands(paper: Path = README) -> list[str]:
    """Every command that a reader of a paper may copy into a shell, in order: the lines of its `sh` blocks."""
    return list(_commands(paper.read_text(encoding="utf-8")))


def _commands(text: str) -> Iterator[str]:
    for language, block in _FENCED.findall(text):
        if language == "sh":
            lines = block.replace("\\\n", " ").splitlines()
            yield from (_COMMENT.sub("", line) for line in lines if line.strip() and not line.startswith("#"))


def blocks(paper: Path, language: str) -> list[str]:
    """The blocks of a paper in one language, whole."""
    return [block for found, block in _FENCED.findall(paper.read_text(encoding="utf-8")) if found == language]


def prose(paper: Path) -> str:
    """A paper without its blocks."""
    return _FENCED.sub("", paper.read_text(encoding="utf-8"))


def spans(paper: Path) -> list[str]:
    """What stands between backticks in the prose of a paper."""
    return _SPAN.findall(prose(paper))


def links(paper: Path) -> list[str]:
    """Where the links and pictures of a paper lead, as they are written."""
    return _LINK.findall(_SPAN.sub("", prose(paper)))


def anchors(paper: Path) -> set[str]:
    """The anchors that GitHub gives the headings of a paper; of equal ones, the second gets `-1`."""
    seen: dict[str, int] = {}
    found = set()
    for heading in _HEADING.findall(prose(paper)):
        words = _TEXT_OF_LINK.sub(r"\1", heading).replace("`", "")
        anchor = _NO_ANCHOR.sub("", words.lower()).replace(" ", "-")
        count = seen.get(anchor, 0)
        seen[anchor] = count + 1
        found.add(f"{anchor}-{count}" if count else anchor)
    return found


def section(paper: Path, heading: str) -> str:
    """The text below a heading, up to the next one of its rank. Raises `AssertionError` when there is none."""
    rank = re.escape(heading.partition(" ")[0])
    found = re.search(rf"^{re.escape(heading)}$\n(.*?)(?=^{rank} |\Z)", prose(paper), re.MULTILINE | re.DOTALL)
    assert found is not None, f"{name_of(paper)} has no section {heading}"
    return found[1]


def table(text: str) -> list[list[str]]:
    """The cells of the tables in a text, row by row, without heads and rules."""
    rows = [[cell.strip() for cell in _CELLS.split(row)] for row in _ROW.findall(text)]
    rules = [place for place, cells in enumerate(rows) if all(set(cell) <= set(":-") for cell in cells)]
    heads = {place - 1 for place in rules} | set(rules)
    return [cells for place, cells in enumerate(rows) if place not in heads]
