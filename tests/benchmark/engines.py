"""The tools that are compared: each takes two lists of paragraphs and says what changed, as it does by itself."""

from __future__ import annotations

import difflib
import html
import importlib
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

from diff_match_patch import diff_match_patch
from lxml.html.diff import htmldiff

from rowback.diff.telling.history import tell
from rowback.model import Origin, Version
from tests.benchmark.articles import START, content

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Texts = list[str]
    Engine = Callable[[Texts, Texts], object]

TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
JSDIFF = Path(__file__).with_name("jsdiff.js")
NO_JSDIFF = "no node, or no jsdiff (npm --prefix tests ci)"
NO_EDGI = "EDGI's web-monitoring-diff does not run here"


def rowback(old: Texts, new: Texts) -> object:
    """The whole telling: alignment, words, labels, markup, wordings."""
    return tell([Version(n, START, START, Origin.API, content(texts)) for n, texts in enumerate((old, new))], 0, 1)


def dmp_words(old: Texts, new: Texts) -> object:
    """diff-match-patch over the words of the whole text, with its semantic clean-up."""
    ids: dict[str, str] = {}
    sides = [
        "".join(ids.setdefault(token, chr(0x100 + len(ids))) for token in TOKEN.findall("\n".join(texts)))
        for texts in (old, new)
    ]
    engine = diff_match_patch()
    engine.Diff_Timeout = 0
    found = engine.diff_main(*sides, False)
    engine.diff_cleanupSemantic(found)
    return found


def difflib_words(old: Texts, new: Texts) -> object:
    """difflib over the words of the whole text."""
    sides = ("\n".join(old).split(), "\n".join(new).split())
    return difflib.SequenceMatcher(None, *sides, autojunk=False).get_opcodes()


def lxml_htmldiff(old: Texts, new: Texts) -> object:
    """lxml's htmldiff."""
    return htmldiff(_page(old), _page(new))


def _page(texts: Sequence[str]) -> str:
    return "".join(f"<p>{html.escape(text)}</p>" for text in texts)


def edgi() -> Engine | None:
    """EDGI's web-monitoring-diff, None where it does not run: its parser refuses lxml's own wheels, whose libxml2 is
    another, and has to be built from C sources together with lxml."""
    try:
        render: Any = importlib.import_module("web_monitoring_diff").html_diff_render
    except (ImportError, RuntimeError):
        return None
    return lambda old, new: render(_page(old), _page(new))


def engines() -> dict[str, Engine]:
    """The engines that run in this process; the first one is what ratios are told to."""
    found: dict[str, Engine] = {
        "Rowback": rowback,
        "diff-match-patch, words": dmp_words,
        "difflib, words": difflib_words,
        "lxml htmldiff": lxml_htmldiff,
    }
    other = edgi()
    return {**found, "EDGI html_diff_render": other} if other else found


def jsdiff_ms(pairs: Sequence[tuple[Texts, Texts]], rounds: int) -> tuple[float, ...] | None:
    """Milliseconds of CPU of jsdiff's `diffWords` for all pairs, round by round; None without node or jsdiff."""
    node = shutil.which("node")
    if node is None:
        return None
    texts = [["\n".join(old), "\n".join(new)] for old, new in pairs]
    asked = json.dumps({"pairs": texts, "rounds": rounds})
    ran = subprocess.run([node, str(JSDIFF)], input=asked, capture_output=True, text=True, check=False)
    return tuple(json.loads(ran.stdout)) if ran.returncode == 0 else None
