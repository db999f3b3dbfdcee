"""Brings what others collected: what there is in files and folders, how far it is, and what came of it."""

from __future__ import annotations

import hashlib
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import click

from rowback.archive.detect import KINDS, found_in, kind_named, kind_of
from rowback.archive.held import Wanted
from rowback.archive.looking_in import look_in
from rowback.archive.measured import measured
from rowback.archive.peer_lines import KIND as LINES
from rowback.archive.told_times import zone_named
from rowback.capture.feed_documents import fits
from rowback.cli.base import open_store
from rowback.cli.import_run import Collection, ImportRun
from rowback.cli.printer import MAX_MESSAGE, echo, print_json
from rowback.errors import BadInput, BadURL
from rowback.text.plain import line
from rowback.text.urls import is_root

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import tzinfo
    from pathlib import Path

    from rowback.archive.held import HeldKind
    from rowback.archive.looking_in import Look

NOTED_EVERY_S = 1.0  # how far an import is: what is read again after a kill
_BINARY = b"\0"
_GLANCED = 4_096  # bytes
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class WantedOf:
    """What was asked for beside files."""

    kind: str | None = None
    only: str | None = None
    zone: str | None = None
    is_all: bool = False
    is_dry: bool = False


def is_other(path: Path) -> bool:
    """Whether a file is no JSON Lines: another kind of collection, or no text."""
    try:
        kind = kind_of(path)
        if kind is not None:
            return kind is not LINES
        with path.open("rb") as file:
            return _BINARY in file.read(_GLANCED)
    except (OSError, BadInput):
        return False


def bring(files: Sequence[Path], choice: WantedOf, db: Path | None, *, as_json: bool) -> None:
    """Stores what is in files and folders, or only says what is; the exit code is 1 where something did not fit, 2 for a
    choice that is none."""
    zone = _chosen(zone_named, choice.zone)
    found = _collections(files, _chosen(kind_named, choice.kind), choice)
    if choice.is_dry:
        _look(found, choice, zone, as_json=as_json)
        return
    store = open_store(db)
    parts = [(each, _wanted(each, choice, zone)) for each in found]
    run = ImportRun(store, parts, lambda each: _times(each, choice))
    try:
        run.bring()
    except KeyboardInterrupt:
        echo("Stopped. What was read is stored, and the same command goes on.", err=True)
        sys.exit(1)
    run.tell(as_json=as_json)
    if not run.is_whole:
        sys.exit(1)


def _chosen(named: Callable[[str], T], name: str | None) -> T | None:
    try:
        return None if name is None else named(name)
    except BadInput as error:
        raise click.UsageError(str(error)) from error


def _collections(files: Sequence[Path], kind: HeldKind | None, choice: WantedOf) -> list[Collection]:
    found = []
    for path in files:
        inside = [(kind, path)] if kind is not None else list(found_in(path))
        if not inside:
            named = ", ".join(each.title for each in KINDS)
            raise BadInput(f"In {path} there is nothing that can be imported: {named}. --as says which it is.")
        found += [_collection(each, where, choice) for each, where in inside]
    return list({each.path.resolve(): each for each in found}.values())


def _collection(kind: HeldKind, path: Path, choice: WantedOf) -> Collection:
    known = measured(path)
    asked = repr((known.mark, kind.name, choice.only, choice.zone, choice.is_all)).encode()
    return Collection(kind, path, known.size, hashlib.blake2b(asked, digest_size=16).hexdigest())


def _wanted(collection: Collection, choice: WantedOf, zone: tzinfo | None) -> Wanted:
    def is_url(url: str) -> bool:
        try:
            may_be_one = not (collection.kind.is_crawl and is_root(url))
        except BadURL:
            return not collection.kind.is_crawl  # it is told of
        return may_be_one and (choice.only is None or fits(url, [choice.only], []))

    return Wanted(is_url, zone, choice.is_all)


def _times(each: Collection, choice: WantedOf) -> str:
    if not each.kind.zoneless:
        return "Its times say their zone."
    return f"Times that say no zone are taken for {choice.zone}." if choice.zone else each.kind.zoneless


def _look(found: Sequence[Collection], choice: WantedOf, zone: tzinfo | None, *, as_json: bool) -> None:
    looks = [look_in(each.kind, each.path, _wanted(each, choice, zone)) for each in found]
    if as_json:
        print_json([_as_json(each, look, choice) for each, look in zip(found, looks, strict=True)])
        return
    for each, look in zip(found, looks, strict=True):
        echo(f"{each.title}: {look.in_words()}")
        echo(f"  {_times(each, choice)}")
        for text in look.notes():
            echo(f"  {line(text, MAX_MESSAGE)}")
    echo("Nothing was stored.")


def _as_json(each: Collection, look: Look, choice: WantedOf) -> dict[str, Any]:
    return {"file": str(each.path), "kind": each.kind.name, "times": _times(each, choice), **look.as_json()}
