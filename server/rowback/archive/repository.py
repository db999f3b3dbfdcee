"""A foreign git repository, read by `git` without anything of its own being believed but its objects.

`git` works in an empty repository of ours in a temporary folder, with the foreign one's store of objects: no configuration,
hook, attribute, filter, alias, replaced object or remote of the foreign one is ever read, and none of the user's. A library
would have been a new dependency that unpacks hostile packs in Python; whoever has repositories has `git`.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from rowback.archive.folders import inside, read_whole
from rowback.errors import BadInput, TooLarge

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType
    from typing import IO

MAX_OBJECT = 8 * 1024 * 1024  # bytes of a text or commit
_MAX_REFS = 64 * 1024 * 1024  # bytes of the file with all of a repository's branches
_ID = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_AUTHOR = re.compile(rb"^author .{0,1000}?> (-?\d{1,15}) [+-]\d{4}$", re.MULTILINE)
_ALLOCATED = "512m"  # that git may ask for at once: a small pack may unpack to anything


@dataclass(frozen=True, slots=True)
class GitCommit:
    """A commit: its id, when its author made it, and its message. `paths` are what it changed or added."""

    id: str
    at: datetime
    message: str
    paths: tuple[str, ...] = ()

    @property
    def subject(self) -> str:
        """The message's first line."""
        return self.message.partition("\n")[0].strip()


def is_repository(folder: Path) -> bool:
    """Whether a folder is a git repository, bare or with its files."""
    return _git_folder(folder) is not None


class Repository:
    """An open repository. Use as a context manager. Raises `BadInput` where it cannot be read."""

    def __init__(self, folder: Path) -> None:
        found = _git_folder(folder)
        if found is None:
            raise BadInput(f"{folder} is no git repository.")
        if inside(found, "objects", "info", "alternates") is not None:
            raise BadInput(
                f"{folder} keeps its objects in another repository: make a copy of its own with `git clone`."
            )
        if (found / "reftable").exists():
            raise BadInput(f"{folder} keeps its branches in a table: make a copy with `git clone --ref-format=files`.")
        if shutil.which("git") is None:
            raise BadInput("To read a git repository the program git is needed: install it.")
        self._folder, self._own = found, tempfile.TemporaryDirectory(prefix="rowback-git-")
        try:
            self._batch = self._begin()
        except BaseException:
            self._own.cleanup()
            raise

    def __enter__(self) -> Repository:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._batch.kill()
        self._batch.communicate()
        self._own.cleanup()

    def commit(self, id_: str) -> GitCommit | None:
        """The commit of an id; None where there is none. Raises `BadInput` for what is no id."""
        found = self._object(_checked(id_), "commit")
        if found is None:
            return None
        head, _, message = found.partition(b"\n\n")
        author = _AUTHOR.search(head)
        if author is None:
            return None
        try:
            at = datetime.fromtimestamp(int(author[1]), UTC)
        except (ValueError, OverflowError, OSError):
            return None
        return GitCommit(id_, at, message.decode("utf-8", "replace"))

    def text(self, id_: str, path: str) -> str | None:
        """A file's text in a commit, None where it is not there. Raises `BadInput`, `TooLarge`."""
        if any(char in path for char in "\n\0") or len(path) > 4_096:
            raise BadInput(f"{path[:200]!r} is no name of a file.")
        found = self._object(f"{_checked(id_)}:{path}", "blob")
        return None if found is None else found.decode("utf-8", "replace")

    def history(self) -> Iterator[GitCommit]:
        """The commits behind what is checked out, oldest first, each with the files that it changed or added."""
        head = self._head()
        if head is None:
            return
        listing = self._run("rev-list", "--reverse", "--first-parent", head, stdin=subprocess.DEVNULL)
        changes = self._run(
            *("diff-tree", "--stdin", "-r", "--root", "--no-renames", "--no-ext-diff", "--diff-filter=AM", "-z"),
            stdin=listing.stdout,
        )
        try:
            for id_, paths in _changed(_nul_ended(changes.stdout)):
                found = self.commit(id_)
                if found is not None:
                    yield GitCommit(found.id, found.at, found.message, paths)
        finally:
            for each in (changes, listing):
                each.kill()
                each.communicate()

    def _begin(self) -> subprocess.Popen[bytes]:
        own = Path(self._own.name)
        for name in ("refs", "objects"):
            (own / name).mkdir()
        (own / "HEAD").write_text("ref: refs/heads/none\n")
        is_new = len(self._head() or "") == 64
        version = "1\n[extensions]\n\tobjectformat = sha256" if is_new else "0"
        (own / "config").write_text(f"[core]\n\trepositoryformatversion = {version}\n")
        shallow = inside(self._folder, "shallow")
        if shallow is not None:  # where a copy with a part of the history ends
            ids = read_whole(shallow, _MAX_REFS).decode("ascii", "replace").split()
            (own / "shallow").write_text("".join(f"{each}\n" for each in ids if _ID.fullmatch(each)))
        return self._run("cat-file", "--batch", stdin=subprocess.PIPE)

    def _run(self, *words: str, stdin: IO[bytes] | int | None) -> subprocess.Popen[bytes]:
        environment = {
            "PATH": os.environ.get("PATH", os.defpath),
            "GIT_DIR": self._own.name,
            "GIT_OBJECT_DIRECTORY": str((self._folder / "objects").resolve()),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_ATTR_NOSYSTEM": "1",
            "GIT_NO_REPLACE_OBJECTS": "1",
            "GIT_NO_LAZY_FETCH": "1",
            "GIT_ALLOW_PROTOCOL": "none",
            "GIT_TERMINAL_PROMPT": "0",
            "GIT_OPTIONAL_LOCKS": "0",
            "GIT_ALLOC_LIMIT": _ALLOCATED,
            "HOME": self._own.name,
            "LC_ALL": "C",
        }
        if os.name == "nt":
            environment["SYSTEMROOT"] = os.environ.get("SYSTEMROOT", "")
        return subprocess.Popen(  # noqa: S603 (git, and ids that were checked)
            ["git", *words],  # noqa: S607 (the one of the person who asks)
            cwd=self._own.name,
            env=environment,
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def _object(self, name: str, kind: str) -> bytes | None:
        """What a name stands for, None where there is nothing of that kind. Raises `TooLarge`, `BadInput`."""
        into, out = self._batch.stdin, self._batch.stdout
        if into is None or out is None:
            raise BadInput("git has ended.")
        try:
            into.write(name.encode("utf-8", "surrogateescape") + b"\n")
            into.flush()
        except OSError as error:
            raise BadInput(f"git cannot read {self._folder}.") from error
        told = out.readline(8_192).split()
        if not told:
            raise BadInput(f"git cannot read {self._folder}: an object in it is broken.")
        if len(told) < 3 or not told[-1].isdigit() or told[-2] not in (b"blob", b"commit", b"tree", b"tag"):
            return None  # "NAME missing", and the like
        size, is_wanted = int(told[-1]), told[-2] == kind.encode()
        found = self._taken(out, size, keep=is_wanted and size <= MAX_OBJECT)
        if is_wanted and size > MAX_OBJECT:
            raise TooLarge(f"A text in {self._folder} has more than {MAX_OBJECT // 1024 // 1024} MB.")
        return found if is_wanted else None

    def _taken(self, out: IO[bytes], size: int, *, keep: bool) -> bytes:
        parts, left = [], size + 1  # with the end of the line behind it
        while left > 0 and (part := out.read(min(left, 65_536))):
            left -= len(part)
            if keep:
                parts.append(part)
        if left > 0:
            raise BadInput(f"git cannot read {self._folder}: an object in it is broken.")
        return b"".join(parts)[:size]

    def _head(self) -> str | None:
        """The id of the commit that is checked out."""
        told = _line(self._folder, "HEAD")
        if told is None or _ID.fullmatch(told):
            return told
        name = told.removeprefix("ref:").strip()
        found = _line(self._folder, *name.split("/"))
        if found is not None:
            return found if _ID.fullmatch(found) else None
        packed = inside(self._folder, "packed-refs")
        if packed is None:
            return None
        for line in read_whole(packed, _MAX_REFS).decode("utf-8", "replace").splitlines():
            id_, _, told_name = line.partition(" ")
            if told_name.strip() == name and _ID.fullmatch(id_):
                return id_
        return None


def _git_folder(folder: Path) -> Path | None:
    """Where a repository keeps its objects; a link or a file that names another folder is not followed."""
    for each in (folder / ".git", folder):
        if not each.is_symlink() and inside(each, "HEAD") is not None:
            objects = each / "objects"
            if objects.is_dir() and not objects.is_symlink():
                return each
    return None


def _line(folder: Path, *names: str) -> str | None:
    path = inside(folder, *names)
    return None if path is None else read_whole(path, 4_096).decode("utf-8", "replace").strip()


def _checked(id_: str) -> str:
    if not _ID.fullmatch(id_):
        raise BadInput(f"{id_[:80]!r} is no id of a commit.")
    return id_


def _nul_ended(out: IO[bytes] | None) -> Iterator[str]:
    held = b""
    while out is not None and (part := out.read(65_536)):
        *whole, held = (held + part).split(b"\0")
        for each in whole:
            yield each.decode("utf-8", "surrogateescape")


def _changed(told: Iterator[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Commits with the files that they changed: an id, then for each file a word that begins with a colon, and its name."""
    id_, paths = "", list[str]()
    for word in told:
        if word.startswith(":"):
            name = next(told, "")
            if word.split()[1][:3] == "100":  # an ordinary file, no link and no other repository
                paths.append(name)
        elif _ID.fullmatch(word):
            if id_:
                yield id_, tuple(paths)
            id_, paths = word, []
    if id_:
        yield id_, tuple(paths)
