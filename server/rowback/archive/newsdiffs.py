"""NewsDiffs: a database of versions (SQLite, or copied into it), whose texts are files in git repositories beside.

A file is called as its article's address without `http://`; it has a line each for date, headline and author, then the body.
The database's own times are mostly New York's, and do not say so: the commits' are taken, unless a zone is told for them.
"""

from __future__ import annotations

import posixpath
from contextlib import ExitStack
from itertools import islice
from typing import TYPE_CHECKING

from rowback.archive.folders import folders_below
from rowback.archive.held import Cause, HeldAt, HeldKind, HeldText, Unread, paragraphs
from rowback.archive.repository import Repository, is_repository
from rowback.archive.told_times import instant_of
from rowback.errors import BadInput
from rowback.store.foreign import Beside, BrokenRow, ForeignTable, rows, table_names

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from rowback.archive.held import Glance, Held, Wanted
    from rowback.archive.repository import GitCommit
    from rowback.store.foreign import ForeignRow

VERSIONS = ForeignTable(
    "version",
    "id",
    ("v", "title", "date", "boring"),
    (Beside("Articles", "id", "article_id", ("url", "git_dir")),),
    optional=frozenset({"Articles.git_dir"}),
)
TABLES = frozenset({"Articles", "version"})
_TOP = 3  # lines of a file before the body
_SUBJECT = "Change to "
_LOOKED_AT = 20  # commits, to tell what a repository is
_DEEP = 2  # folders: `articles`, and the repositories in it


def read(path: Path, wanted: Wanted) -> Iterator[Held]:
    """The versions of a database, or of a folder's repositories where there is none in it. Raises `BadInput`."""
    database = path if path.is_file() else _database_in(path)
    top = database.parent if database is not None else path
    with ExitStack() as stack:
        found = _Repositories(top, stack)
        if database is None:
            for folder in found.folders:
                yield from _of_history(found.at(folder), folder.name, wanted)
            return
        for row in rows(database, VERSIONS):
            place = HeldAt(database.name, row.key)
            if isinstance(row, BrokenRow):
                yield Unread(place, Cause.DAMAGED, row.detail)
            elif _is_telling(row) and wanted.is_url(row.text("Articles.url")):
                yield _held(row, place, found, wanted)
        wanted.passed(database.stat().st_size)


def _is_telling(row: ForeignRow) -> bool:
    """Whether a version is not one that NewsDiffs itself takes for a copy of another."""
    return row.values["boring"] in (0, "0", "f", "false", None, b"\0")


class _Repositories:
    """The repositories below a folder, by the name that NewsDiffs gives them, opened when they are needed."""

    def __init__(self, top: Path, stack: ExitStack) -> None:
        self.folders = [folder for folder, _ in folders_below(top, _DEEP) if is_repository(folder)]
        self._stack = stack
        self._open: dict[Path, Repository] = {}

    def named(self, name: str) -> Repository | None:
        """That of a name such as `2026-03`, or the only one there is where the database is from before they had names."""
        found = [folder for folder in self.folders if folder.name == posixpath.basename(name.rstrip("/"))]
        if not found and len(self.folders) == 1 and name in ("", "old"):
            found = self.folders
        return self.at(found[0]) if found else None

    def at(self, folder: Path) -> Repository:
        """That in a folder. Raises `BadInput`."""
        if folder not in self._open:
            self._open[folder] = self._stack.enter_context(Repository(folder))
        return self._open[folder]


def _held(row: ForeignRow, place: HeldAt, found: _Repositories, wanted: Wanted) -> Held:
    url = row.text("Articles.url")
    try:
        repository = found.named(row.text("Articles.git_dir"))
        if repository is None:
            name = row.text("Articles.git_dir")[:60]
            return Unread(
                place, Cause.NO_BODY, f"The texts are not there: put the git repository {name} beside the database."
            )
        commit = repository.commit(row.text("v"))
        text = None if commit is None else repository.text(commit.id, file_of(url))
        if commit is None or text is None:
            return Unread(place, Cause.NO_BODY, f"The text of a version of {url[:200]} is not in its repository.")
        seen_at = commit.at if wanted.zone is None else instant_of(row.values["date"], wanted.zone)
        return _version(place, url, seen_at, text, row.text("title"))
    except BadInput as error:
        return Unread(place, Cause.DAMAGED, f"{url[:200]}: {error}")


def _version(place: HeldAt, url: str, seen_at: datetime, text: str, title: str) -> Held:
    lines = text.split("\n")
    headline = lines[1].strip() if len(lines) > 1 else ""
    body = paragraphs("\n".join(lines[_TOP:]))
    if not body:
        return Unread(place, Cause.NO_BODY, f"A version of {url[:200]} has no text.")
    return HeldText(place, url, seen_at, headline or title, body)


def file_of(url: str) -> str:
    """The name of an article's file, as git has it."""
    name = url.removeprefix("http://").rstrip("/")
    return posixpath.normpath(name) if "//" in name else name


def address_of(file: str) -> str:
    """The address of an article by its file's name."""
    for scheme in ("https:", "http:"):
        if file.startswith(f"{scheme}/"):
            return f"{scheme}//{file.removeprefix(scheme).lstrip('/')}"
    return f"http://{file}"


def _of_history(repository: Repository, name: str, wanted: Wanted) -> Iterator[Held]:
    """The versions in a repository whose database is lost: each commit that changed an article."""
    for number, commit in enumerate(repository.history()):
        for path in commit.paths if _tells_article(commit) else ():
            url, place = address_of(path), HeldAt(name, number)
            if not wanted.is_url(url):
                continue
            try:
                text = repository.text(commit.id, path)
            except BadInput as error:
                yield Unread(place, Cause.DAMAGED, f"{url[:200]}: {error}")
                continue
            if text is not None:
                yield _version(place, url, commit.at, text, "")


def _tells_article(commit: GitCommit) -> bool:
    return commit.subject.startswith(_SUBJECT)


def _database_in(folder: Path) -> Path | None:
    for path in sorted(folder.iterdir()):
        if path.is_file() and not path.is_symlink() and table_names(path) >= TABLES:
            return path
    return None


def _fits(glance: Glance) -> bool:
    """A database; or a folder of repositories whose database is lost: where there is one, it tells of them."""
    if not glance.is_folder:
        return glance.tables >= TABLES
    folders = [folder for folder, _ in folders_below(glance.path, 1) if is_repository(folder)]
    if not any(_tells(folder) for folder in folders):
        return False
    path = glance.path.resolve()
    return not any(_database_in(each) for each in (path, *list(path.parents)[:_DEEP]))


def _tells(folder: Path) -> bool:
    try:
        with Repository(folder) as repository:
            return any(_tells_article(commit) for commit in islice(repository.history(), _LOOKED_AT))
    except BadInput:
        return False


_TIMES = "Times are those of the commits; those of the database, which say no zone, are taken with --zone alone."
KIND = HeldKind("newsdiffs", "NewsDiffs", _fits, read, _TIMES)
