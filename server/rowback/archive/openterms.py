"""Open Terms Archive's collections: a git repository of versions in Markdown, or of snapshots in HTML, one file a document.

Which page a file was read from is said in the snapshots' commits, or in the declarations of the collection; where neither is
at hand, an address of ours stands for it, on a host that cannot exist (RFC 6761, section 6.4).
"""

from __future__ import annotations

import json
import re
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import quote

from rowback.archive.folders import inside, read_whole
from rowback.archive.held import Cause, HeldAt, HeldKind, HeldPage, HeldText, Unread
from rowback.archive.repository import Repository, is_repository
from rowback.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rowback.archive.held import Glance, Held, Wanted
    from rowback.archive.repository import GitCommit

_NEW = ("First record of", "Record new changes of", "Start tracking", "Update")
_UPGRADE = ("Apply technical or declaration upgrade on", "Apply technical upgrade on", "Refilter")
_SOURCE = re.compile(r"^x-source-document-location:\s*(https?://\S+)\s*$", re.MULTILINE | re.IGNORECASE)
_MAX_DECLARATION = 1_048_576  # bytes
_LOOKED_AT = 20  # commits, to tell what a repository is
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*(?:\s+\"[^\"]*\")?\)")
_NOT_IN_HOSTS = re.compile(r"[^a-z0-9]++")
_ITEM = re.compile(r"^\s*(?:[*+-]|\d{1,3}[.)])\s+")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!>|~-])")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_RULE = re.compile(r"^\s*+(?:[-*_=]\s*+){3,}+$|^\s*+\|?\s*+:?-{3,}")


def read(path: Path, wanted: Wanted) -> Iterator[Held]:
    """The versions in a repository, each as the newest rules read it that were ever tried on its page. Raises `BadInput`."""
    declared = _declared(path)
    with Repository(path) as repository:
        reread = _reread(repository)
        for number, commit in enumerate(repository.history()):
            if not commit.subject.startswith((*_NEW, *_UPGRADE)):
                continue
            for name in commit.paths:
                place, by = HeldAt(path.name, number), reread[commit.id, name][-1]
                held = _held(repository, commit, PurePosixPath(name), place, declared, wanted, by)
                if held is not None:
                    yield held


def _reread(repository: Repository) -> dict[tuple[str, str], list[str]]:
    """By commit and file: the commits between two changes of the service's, in the last of which the newest rules read the
    page."""
    last: dict[str, list[str]] = {}
    found: dict[tuple[str, str], list[str]] = {}
    for commit in repository.history():
        if not commit.subject.startswith((*_NEW, *_UPGRADE)):
            continue
        for name in commit.paths:
            if name not in last or not commit.subject.startswith(_UPGRADE):
                last[name] = []
            last[name].append(commit.id)
            found[commit.id, name] = last[name]
    return found


def _held(
    repository: Repository,
    commit: GitCommit,
    name: PurePosixPath,
    place: HeldAt,
    declared: Mapping[tuple[str, str], str],
    wanted: Wanted,
    by: str,
) -> Held | None:
    if len(name.parts) != 2 or name.suffix not in (".md", ".html"):
        return None
    service, terms = name.parts[0], name.stem
    told = _SOURCE.search(commit.message)
    url = told[1] if told else declared.get((service, terms.partition(" #")[0])) or _own_address(service, terms)
    if not wanted.is_url(url):
        return None
    try:
        text = repository.text(by, str(name))
    except BadInput as error:
        return Unread(place, Cause.DAMAGED, f"{str(name)[:200]}: {error}")
    if text is None:
        return None
    if name.suffix == ".html":
        return HeldPage(place, url, commit.at, text)
    is_reread = by != commit.id
    return HeldText(place, url, commit.at, f"{service}: {terms}", tuple(blocks_of(text)), is_reread)


def blocks_of(markdown: str) -> Iterator[tuple[str, str]]:
    """The blocks of a text in Markdown: headings, items, quotes, rows, and paragraphs without their marks."""
    kind, lines = "p", list[str]()
    for line in [*markdown.splitlines(), ""]:
        found = _kind(line)
        if lines and (found != "p" or not line.strip()):
            yield kind, _plain(" ".join(lines))
            kind, lines = "p", []
        if not line.strip() or _RULE.match(line):
            continue
        if found != "p":
            kind = found
        lines.append(_ITEM.sub("", line).lstrip("#> ").strip() if found != "p" else line.strip())
        if kind in ("tr", *_HEADINGS):
            yield kind, _plain(" ".join(lines))
            kind, lines = "p", []


_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def _kind(line: str) -> str:
    bare = line.lstrip()
    level = len(bare) - len(bare.lstrip("#"))
    if 0 < level <= 6 and bare[level : level + 1] in (" ", ""):
        return _HEADINGS[level - 1]
    if _ITEM.match(line):
        return "li"
    return "blockquote" if bare.startswith(">") else "tr" if bare.startswith("|") else "p"


def _plain(text: str) -> str:
    bare = _STRONG.sub(r"\2", _LINK.sub(r"\1", text))
    return _ESCAPED.sub(r"\1", bare).strip()


def _own_address(service: str, terms: str) -> str:
    host = _NOT_IN_HOSTS.sub("-", service.lower()).strip("-") or "service"
    return f"https://{host}.open-terms-archive.invalid/{quote(terms)}"


def _declared(folder: Path) -> dict[tuple[str, str], str]:
    """Addresses by service and terms, from declarations in the folder or in those beside it."""
    found: dict[tuple[str, str], str] = {}
    places = [folder, *(each for each in sorted(folder.resolve().parent.iterdir()) if "declarations" in each.name)]
    for top in (each / "declarations" if (each / "declarations").is_dir() else each for each in places):
        if top.is_symlink() or not top.is_dir() or (top == folder and top.name != "declarations"):
            continue
        for name in sorted(each.name for each in top.iterdir() if each.suffix == ".json"):
            found |= _declarations(top, name)
    return found


def _declarations(folder: Path, name: str) -> dict[tuple[str, str], str]:
    path = inside(folder, name)
    try:
        told = json.loads(read_whole(path, _MAX_DECLARATION)) if path is not None else None
    except (BadInput, ValueError, RecursionError):
        return {}
    if not isinstance(told, dict):
        return {}
    service, terms = told.get("name", Path(name).stem), told.get("terms", told.get("documents"))
    found = {}
    for kind, how in terms.items() if isinstance(terms, dict) else ():
        url = how.get("fetch") if isinstance(how, dict) else None
        if isinstance(url, str) and url.lower().startswith(("http://", "https://")):
            found[str(service), str(kind)] = found[Path(name).stem, str(kind)] = url
    return found


def _fits(glance: Glance) -> bool:
    if not glance.is_folder or not is_repository(glance.path):
        return False
    with Repository(glance.path) as repository:
        commits = list(islice(repository.history(), _LOOKED_AT))
    return any(commit.subject.startswith((*_NEW, *_UPGRADE)) and _is_of_terms(commit) for commit in commits)


def _is_of_terms(commit: GitCommit) -> bool:
    return any(
        len(parts := PurePosixPath(name).parts) == 2 and parts[-1].endswith((".md", ".html")) for name in commit.paths
    )


KIND = HeldKind("openterms", "Open Terms Archive", _fits, read)
