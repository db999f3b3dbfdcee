"""A process that tells, with the code of one checkout: `tell.py ROOT`. It knows nothing of the checkout it lies in.

The first line of stdin is JSON: names of kinds, each with articles, each of versions `[headline, [paragraph, …]]`. Each
line after it, `["kind", "work"]`, is answered by a line. "tell" and "mark" are answered by the milliseconds of CPU that
each article took: "tell" is the whole history, "mark" what other tools do as well (blocks aligned, words compared, markup)
of the first and last version. All is cold: what functions remember is forgotten before each article. "read" is answered by
the markups of each article's edits, "digest" by a digest of all that can be told of it. Of `["pages", [[url, HTML in
base64], …]]` each page's reading is answered as a digest.
"""

from __future__ import annotations

import base64
import gc
import hashlib
import importlib
import json
import sys
import time
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

START = datetime(2026, 1, 10, 8, tzinfo=UTC)
# Where checkouts have had what tells.
TELLING = ("rowback.diff.telling.history", "rowback.diff.history")


def main(root: Path) -> None:
    """Answers until stdin ends."""
    sys.path.insert(0, str(root / "server"))
    history = _first(TELLING)
    if not Path(history.__file__).is_relative_to(root):
        raise SystemExit(f"{history.__file__} is not in {root}")
    kinds = {
        name: [_versions(texts) for texts in articles] for name, articles in json.loads(sys.stdin.readline()).items()
    }
    answers: dict[str, Callable[[list[Any]], object]] = {
        "tell": partial(_timed, lambda versions: history.tell(versions, 0, len(versions) - 1), _caches()),
        "mark": partial(_timed, _mark, _caches()),
        "read": lambda versions: [edit.markup for edit in history.tell(versions, 0, len(versions) - 1).edits],
        "digest": lambda versions: _digest(_all_told(history, versions)),
    }
    print("[]", flush=True)
    for line in sys.stdin:
        kind, work = json.loads(line)
        gc.collect()
        told = [_read(*page) for page in work] if kind == "pages" else list(map(answers[work], kinds[kind]))
        print(json.dumps(told), flush=True)


def _first(names: tuple[str, ...]) -> Any:
    for name in names:
        try:
            return importlib.import_module(name)
        except ModuleNotFoundError:
            continue
    raise SystemExit(f"none of {', '.join(names)} is there")


def _versions(texts: list[Any]) -> list[Any]:
    model = importlib.import_module("rowback.model")
    origin = model.Origin.API if hasattr(model, "Origin") else "api"
    return [
        model.Version(
            number,
            START + timedelta(hours=number),
            START + timedelta(hours=number),
            origin,
            model.Content(title, tuple(model.Block("p", text) for text in paragraphs if text.strip())),
        )
        for number, (title, paragraphs) in enumerate(texts)
    ]


def _mark(versions: list[Any]) -> list[str]:
    compare_blocks = importlib.import_module("rowback.diff.blocks.comparison").compare_blocks
    write = importlib.import_module("rowback.diff.telling.markup").write
    old, new = (versions[place].content.all_blocks() for place in (0, -1))
    return [write("p", segments) for each in compare_blocks(old, new).differences for segments in each.by_block]


def _caches() -> list[Any]:
    modules = [module for name, module in sys.modules.items() if name.startswith("rowback")]
    return [each for module in modules for each in vars(module).values() if hasattr(each, "cache_clear")]


def _timed(work: Any, caches: list[Any], versions: list[Any]) -> float:
    for each in caches:
        each.cache_clear()
    begun = time.thread_time()
    work(versions)
    return 1_000 * (time.thread_time() - begun)


def _all_told(history: Any, versions: list[Any]) -> Iterator[object]:
    """Histories both ways and from the middle, each step as lists keep it, both versions side by side."""
    last, contents = len(versions) - 1, [version.content for version in versions]
    yield from (history.tell(versions, *ends) for ends in sorted({(0, last), (last, 0), (last // 2, last)}))
    yield history.count_edits(versions)
    tell_step = importlib.import_module("rowback.diff.telling.step").tell_step
    lay_out = importlib.import_module("rowback.diff.telling.table").lay_out
    for n in range(last):
        step = tell_step(contents[n], contents[n + 1], contents[:n])
        yield step, step.labels, step.kinds, step.is_minor, step.is_headline
    yield lay_out(contents[0], contents[last])


def _read(url: str, page: str) -> str:
    extract = importlib.import_module("rowback.text.extract").extract
    errors = importlib.import_module("rowback.errors")
    try:
        return _digest([extract(base64.b64decode(page), url)])
    except (errors.NotAnArticle, errors.TooLarge) as refused:
        return _digest([str(refused), getattr(refused, "reason", None)])


def _digest(told: Iterable[object]) -> str:
    return hashlib.sha256("\n".join(map(repr, told)).encode("utf-8", "surrogatepass")).hexdigest()


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
