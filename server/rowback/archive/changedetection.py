"""changedetection.io's data folder: for each watched page its history of texts, and the newest pages as they came.

The text is the whole page's, with its menu and what stands below it, unless the watch has filters. Where a page of the same
instant is kept, that is taken; and what stands above and below the article there is cut from the older texts.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import regex

from rowback.archive.folders import inside, read_unpacked, read_whole
from rowback.archive.held import Cause, HeldAt, HeldKind, HeldPage, HeldText, Unread
from rowback.archive.told_times import instant_of
from rowback.errors import BadInput
from rowback.text.extract import extract
from rowback.text.largest import MAX_HTML_BYTES
from rowback.text.normalize import comparable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from rowback.archive.held import Glance, Held, Wanted
    from rowback.model import Content

_WATCH, _OLD_WATCHES, _HISTORY = "watch.json", "url-watches.json", "history.txt"
MAX_SETTINGS = 64 * 1024 * 1024  # bytes of a file with all watches
MAX_HISTORY = 16 * 1024 * 1024
_FILTERS = ("include_filters", "css_filter", "xpath_filter", "extract_text", "subtractive_selectors")
_BLANK = regex.compile(r"\n[ \t]*\n")
_DIGITS = regex.compile(r"\d++")
_MIN_FRAME = 2  # blocks of an article that have to be found in a text for what stands around them to be cut


@dataclass(frozen=True, slots=True)
class _Snapshot:
    number: int
    seen_at: object
    file: str
    page: Path | None


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around an article in the text of its whole page: the line right above it and the one right below, empty
    where there is none, and lines `within` that are not of it; all in comparable form without figures."""

    above: str
    below: str
    within: frozenset[str] = frozenset()


def read(path: Path, wanted: Wanted) -> Iterator[Held]:
    """The history of every watch. Raises `BadInput` for a folder that cannot be read."""
    old = _old_watches(path)
    for folder in _watches(path):
        told = _settings(folder) or old.get(folder.name) or {}
        url, place = told.get("url"), HeldAt(folder.name)
        if not isinstance(url, str) or not url.lower().startswith(("http://", "https://")):
            yield Unread(place, Cause.NO_ADDRESS, "A watch does not say which page it is of.")
        elif told.get("processor", "text_json_diff") != "text_json_diff":
            yield Unread(
                place, Cause.NOT_READ, f"The watch of {url[:200]} looks at something other than the page's text."
            )
        elif wanted.is_url(url):
            yield from _history(folder, url, told, wanted)


def _history(folder: Path, url: str, told: dict[str, Any], wanted: Wanted) -> Iterator[Held]:
    snapshots = list(_snapshots(folder))
    is_filtered = any(told.get(name) for name in _FILTERS)
    frame = None if is_filtered else _frame(folder, url, snapshots)
    for each in snapshots:
        place = HeldAt(f"{folder.name}/{each.file[:100]}", each.number)
        try:
            yield _held(folder, each, place, url, frame, is_filtered=is_filtered)
        except BadInput as error:
            yield Unread(place, Cause.DAMAGED, str(error))
    wanted.passed(sum(file.stat().st_size for file in folder.iterdir() if file.is_file() and not file.is_symlink()))


def _held(folder: Path, each: _Snapshot, place: HeldAt, url: str, frame: Frame | None, *, is_filtered: bool) -> Held:
    seen_at = instant_of(each.seen_at)
    if each.page is not None and not is_filtered:
        return HeldPage(place, url, seen_at, read_unpacked(each.page, MAX_HTML_BYTES))
    text = _text(folder, each.file)
    if text is None:
        return Unread(place, Cause.NO_BODY, f"{each.file[:100]} is missing.")
    title, lines = cut_out(_lines(text), frame)
    return HeldText(place, url, seen_at, title, tuple(("p", line) for line in lines))


def cut_out(lines: Sequence[str], frame: Frame | None) -> tuple[str, Sequence[str]]:
    """The headline and the lines of an article in those of its page; no headline, and all of them, where it is not found."""
    if frame is None:
        return "", lines
    masked = [_masked(line) for line in lines]
    begin = masked.index(frame.above) + 1 if frame.above in masked else 0 if not frame.above else None
    if begin is None:
        return "", lines
    end = masked.index(frame.below, begin) if frame.below in masked[begin:] else len(lines) if not frame.below else None
    inner = [line for line in lines[begin:end] if _masked(line) not in frame.within] if end is not None else []
    return (inner[0], inner[1:]) if len(inner) > 1 else ("", lines)


def _frame(folder: Path, url: str, snapshots: Sequence[_Snapshot]) -> Frame | None:
    """What stands around the article in the newest text of which the page is kept, too."""
    for each in reversed(snapshots):
        if each.page is None:
            continue
        try:
            content = extract(read_unpacked(each.page, MAX_HTML_BYTES), url).content
            text = _text(folder, each.file)
        except BadInput:
            continue
        return None if text is None else frame_of(_lines(text), content)
    return None


def frame_of(lines: Sequence[str], content: Content) -> Frame | None:
    """What stands around an article in the lines of its page: above its headline and below its last block."""
    known = {comparable(block.text) for block in content.blocks}
    told = [comparable(line) for line in lines]
    title = comparable(content.title)
    places = [place for place, line in enumerate(told) if line in known]
    if title not in told or len(places) < _MIN_FRAME:
        return None
    begin, end = told.index(title), places[-1] + 1
    above = _masked(lines[begin - 1]) if begin else ""
    within = frozenset(_masked(line) for line in lines[begin + 1 : end] if comparable(line) not in known)
    return Frame(above, _masked(lines[end]) if end < len(lines) else "", within)


def _masked(line: str) -> str:
    return _DIGITS.sub("0", comparable(line))


def _lines(text: str) -> list[str]:
    blocks = (" ".join(block.split()) for block in _BLANK.split(text.replace("\r\n", "\n")))
    return [block for block in blocks if block]


def _text(folder: Path, name: str) -> str | None:
    for each in (name, f"{name}.br"):
        path = inside(folder, each)
        if path is not None:
            return read_unpacked(path, MAX_HTML_BYTES).decode("utf-8", "replace")
    return None


def _snapshots(folder: Path) -> Iterator[_Snapshot]:
    """The lines of a history: an instant, and a file, of which older ones tell the whole path."""
    path = inside(folder, _HISTORY)
    try:
        lines = read_whole(path, MAX_HISTORY).decode("utf-8", "replace").splitlines() if path is not None else []
    except BadInput:
        return
    for number, line in enumerate(lines, start=1):
        at, comma, name = line.strip().partition(",")
        if comma and at.isdigit():
            page = inside(folder, f"{at}.html.br") or inside(folder, f"{at}.html")
            yield _Snapshot(number, int(at), name.replace("\\", "/").rpartition("/")[2], page)


def _watches(path: Path) -> list[Path]:
    return sorted(each for each in path.iterdir() if not each.is_symlink() and each.is_dir() and inside(each, _HISTORY))


def _settings(folder: Path) -> dict[str, Any]:
    found = _json(inside(folder, _WATCH))
    return found if isinstance(found, dict) else {}


def _old_watches(path: Path) -> dict[str, dict[str, Any]]:
    """Watches by the names of their folders, as older versions keep them in one file."""
    found = _json(inside(path, _OLD_WATCHES))
    told = found.get("watching") if isinstance(found, dict) else None
    return {str(name): each for name, each in told.items() if isinstance(each, dict)} if isinstance(told, dict) else {}


def _json(path: Path | None) -> object:
    try:
        return json.loads(read_whole(path, MAX_SETTINGS)) if path is not None else None
    except (BadInput, ValueError, RecursionError):
        return None


def _fits(glance: Glance) -> bool:
    return glance.is_folder and bool(_watches(glance.path))


KIND = HeldKind("changedetection", "changedetection.io", _fits, read)
