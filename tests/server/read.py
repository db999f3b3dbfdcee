"""What is read from a table of pages, as digests: so that no page is read otherwise without `READING` growing.

A store keeps by which rules a version was read. What comes out of a page differently after a change is read again, or the
next capture of every article would be told as edited. Pages show most rules; patterns and thresholds on whose edge no page
stands are noted as they are. After a change that is meant, make `READING` one more, then

    python -m tests.server.read

writes `tests/cases/read.json`. It refuses to where something is read otherwise by rules of the same number. New pages and
new modules are taken in by it as they are.
"""

from __future__ import annotations

import ast
import hashlib
import html
import importlib
import json
import sys
from pathlib import Path
from typing import Any

from rowback.errors import NotAnArticle, TooLarge
from rowback.text import reading
from rowback.text.extract import extract

from .cases import FOLDER, cases
from .refused_pages import REFUSED
from .samples import PARAGRAPHS, URL, page
from .told import constants_of

NOTED = FOLDER / "read.json"
COMMAND = "python -m tests.server.read"
ROOT_MODULE = "rowback.text.extract"
# How pages are kept and addresses written is no reading of their text, nor which boxes of it may rotate.
NO_READING = {f"rowback.text.{name}" for name in ("urls", "hosts", "tracking", "size", "inlays", "asking")}


def pages() -> dict[str, str | bytes]:
    """Pages of our own, by what they are there for."""
    found: dict[str, str | bytes] = {"plain": page(), "a refused headline": page(title="")}
    for row in cases("extraction"):
        found[row["why"]] = _page_of(row)
    found |= {f"refused: {why}": source for why, (_, source) in REFUSED.items()}
    return found


def _page_of(row: dict[str, Any]) -> str:
    paragraphs = "".join(f"<p>{html.escape(text)}</p>" for text in PARAGRAPHS)
    text = page([]).replace("</article>", row["body"].replace("{P}", paragraphs) + "</article>")
    if "around" in row:
        text = text.replace("<body>", f"<body><{row['around']}>").replace("</body>", f"</{row['around']}></body>")
    return text


def read(source: str | bytes) -> str:
    """What is read from a page, as a digest."""
    try:
        content = extract(source, URL).content
    except (NotAnArticle, TooLarge) as error:
        return f"none: {type(error).__name__}"
    return _digest(json.dumps([content.title, *([block.kind, block.text] for block in content.blocks)]))


def modules() -> list[str]:
    """The modules of `rowback.text` by which a page is read: `extract` and all that it imports there."""
    found, waiting = set[str](), [ROOT_MODULE]
    while waiting:
        name = waiting.pop()
        if name in found or name in NO_READING:
            continue
        found.add(name)
        waiting += _imported(name)
    return sorted(found)


def _imported(name: str) -> list[str]:
    module = importlib.import_module(name)
    tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
    named = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module]
    paths = [str(node.module) for node in named]
    paths += [f"{node.module}.{each.name}" for node in named for each in node.names]
    return [path for path in paths if path.startswith("rowback.text.") and _is_module(path)]


def _is_module(path: str) -> bool:
    try:
        importlib.import_module(path)
    except ModuleNotFoundError:
        return False
    return True


def noted() -> dict[str, Any]:
    """What `tests/cases/read.json` holds."""
    found: dict[str, Any] = json.loads(NOTED.read_text(encoding="utf-8"))
    return found


def now() -> dict[str, Any]:
    """What it should hold."""
    return {
        "reading": reading.READING,
        "constants": constants_of(modules()),
        "pages": {f"{why}, {_digest(repr(source))}": read(source) for why, source in pages().items()},
    }


def read_otherwise(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """What is read otherwise than it was noted: by constants, and of pages that are in both."""
    return [
        *(
            f"the constant {name}"
            for name, value in after["constants"].items()
            if before["constants"].get(name) != value
        ),
        *(f"the constant {name} is gone" for name in before["constants"].keys() - after["constants"].keys()),
        *(why for why, digest in after["pages"].items() if before["pages"].get(why, digest) != digest),
    ]


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def main() -> None:
    """Writes `tests/cases/read.json`, unless something is read otherwise by rules of the same number."""
    after = now()
    before = noted() if NOTED.exists() else after
    otherwise = read_otherwise(before, after)
    if otherwise and after["reading"] <= before["reading"]:
        told = f"Read otherwise, by the same READING ({after['reading']}): make it one more first."
        sys.exit("\n".join([told, *otherwise]))
    NOTED.write_text(json.dumps(after, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
