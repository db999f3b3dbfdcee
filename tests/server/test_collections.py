"""`rowback import` takes collections: each kind, twice, in either order, damaged, cut off, and a folder with one of each."""

from __future__ import annotations

import os
import sqlite3
import threading
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from rowback.apart.lanes import INCOMING, SMALL, Lane
from rowback.apart.pool import Pool
from rowback.archive.bringing import Bringing
from rowback.archive.detect import KINDS as READERS
from rowback.archive.held import capture_of
from rowback.archive.measured import measured
from rowback.capture.abreast import AHEAD, abreast
from rowback.cli import main
from rowback.errors import BadInput
from rowback.store import Store

from . import collected
from .collected import AT, LATER, THEN, url_of
from .peers import made
from .program import Program
from .samples import PARAGRAPHS, TITLE, URL, at, capture, changed, page
from .warcs import Warc

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from rowback.archive.held import HeldPage, HeldText, SeenAgain
    from rowback.model import Capture

NEWEST = changed("Friday", "Monday")


def versions(rowback: Program) -> dict[str, list[str]]:
    """By address: the day and hour at which each version was seen first."""
    store = Store(rowback.db)
    try:
        return {
            article.url: [f"{each.seen_at:%d %H}" for each in store.versions.of_article(article.id)]
            for article in store.articles.by_id(100)
        }
    finally:
        store.close()


def export(rowback: Program) -> str:
    return rowback.ok("export").out


@pytest.mark.parametrize("kind", collected.KINDS)
def test_each_kind_gives_its_article_and_twice_gives_no_more(tmp_path: Path, rowback: Program, kind: str) -> None:
    top = tmp_path / "given"
    top.mkdir()
    path = collected.KINDS[kind](top)
    given = path if kind in ("warc", "wacz", "archivebox") else top
    told = rowback.ok("import", str(given), "--dry-run", "--json").json
    assert {each["kind"] for each in told} == {kind}
    assert sum(each["pages"] + each["texts"] for each in told) >= 2
    assert not rowback.db.exists()
    done = rowback.ok("import", str(given), "--only", "/*")
    assert "1 article, 1 with edits" in done.out
    ((_, seen),) = versions(rowback).items()
    assert seen == ["10 08", "11 08"]
    before = export(rowback)
    again = rowback.ok("import", str(given), "--only", "/*")
    assert again.out == done.out
    assert export(rowback) == before
    assert Store(rowback.db).counts() | {"captures": 0} == {"articles": 1, "versions": 2, "captures": 0}


def test_there_is_a_collection_of_each_kind() -> None:
    assert set(collected.KINDS) == {each.name for each in READERS}


def test_a_folder_with_one_of_each_is_taken_by_one_command(tmp_path: Path, rowback: Program) -> None:
    top = tmp_path / "given"
    for kind, make in collected.KINDS.items():
        (top / kind).mkdir(parents=True)
        make(top / kind)
    done = rowback.ok("import", str(top), "--json")
    found = versions(rowback)
    assert {url: len(seen) for url, seen in found.items()} == dict.fromkeys(found, 2)
    assert set(found) >= {url_of(kind) for kind in collected.KINDS if kind != "openterms"}
    assert len(found) == len(collected.KINDS)
    assert (done.json["articles"], done.json["with_edits"], done.json["left_out"]) == (13, 13, {})


def test_two_files_in_either_order_give_the_same_article(tmp_path: Path) -> None:
    """With a revisit in one file of a page that stands in the other."""
    warc = Warc()
    warc.answer(at=AT)
    (tmp_path / "a.warc.gz").write_bytes(warc.answer(page(LATER), at="2026-01-12T08:00:00Z").whole())
    other = Warc().again("sha1:unknown", THEN).answer(page(NEWEST), at="2026-01-13T08:00:00Z")
    (tmp_path / "b.warc.gz").write_bytes(other.whole())
    told = set()
    for number, names in enumerate([["a", "b"], ["b", "a"]]):
        (tmp_path / str(number)).mkdir()
        program = Program(tmp_path / str(number))
        done = program.ok("import", *(str(tmp_path / f"{name}.warc.gz") for name in names))
        assert "4 pages, 1 article, 1 with edits." in done.out
        told.add(export(program))
    assert len(told) == 1


def crawl(path: Path, *files: Warc | bytes) -> str:
    """A WARC file of these bytes, and its name for a command."""
    path.write_bytes(b"".join(each.whole() if isinstance(each, Warc) else each for each in files))
    return str(path)


def test_it_ends_with_a_sentence_that_counts_what_was_left_out(tmp_path: Path, rowback: Program) -> None:
    begin = Warc().answer().answer(page(LATER), at=THEN).again("sha1:lost", THEN, refers=("https://a.example/b", AT))
    begin.answer("<title>Sign in</title><form><input type=password></form>", url=f"{URL}-2")
    broken = bytearray(Warc().answer(page(NEWEST), at="2026-01-12T08:00:00Z").whole())
    broken[len(broken) // 2] ^= 0xFF
    path = crawl(tmp_path / "a.warc.gz", begin, bytes(broken), Warc().answer(page(NEWEST), at="2026-01-13T08:00:00Z"))
    done = rowback("import", path)
    place = f"a.warc.gz:{len(begin.whole())}"
    assert done.code == 1
    assert done.out.splitlines()[-2] == (
        "3 pages, 1 article, 1 with edits; left out: 1 page that is no article, 1 revisit without its page, "
        f"1 damaged record (first: {place})."
    )
    assert f"{place}: " in done.err
    told = rowback("import", path, "--json").json
    assert told["left_out"] == {"not-articles": 1, "revisits": 1, "damaged": 1}
    assert [each["place"] for each in told["told"]] == [place]
    assert versions(rowback) == {URL: ["10 08", "11 08", "13 08"]}


def test_pages_that_are_no_articles_are_no_fault(tmp_path: Path, rowback: Program) -> None:
    path = crawl(tmp_path / "a.warc.gz", Warc().answer("<title>Sign in</title>").answer(url="https://a.example/"))
    assert "0 pages, 0 articles, 0 with edits; left out: 1 page that is no article." in rowback.ok("import", path).out


def test_only_what_is_asked_for_is_read(tmp_path: Path, rowback: Program) -> None:
    warc = Warc().answer(url="https://a.example/news/1").answer(page(LATER), url="https://b.example/sport/2")
    path = crawl(tmp_path / "a.warc.gz", warc)
    rowback.ok("import", path, "--only", "b.example/*/2")
    assert list(versions(rowback)) == ["https://b.example/sport/2"]


def test_an_address_that_led_on_leads_to_the_article(tmp_path: Path, rowback: Program) -> None:
    warc = Warc().answer("", url="https://go.example/1", status="301 Moved", headers=[("Location", "/2")])
    warc.answer("", url="https://go.example/2", status="308 Moved", headers=[("Location", URL)]).answer()
    rowback.ok("import", crawl(tmp_path / "a.warc.gz", warc))
    assert rowback.ok("edits", "https://go.example/1", "--json").json["article"]["url"] == URL


def test_a_revisit_is_a_sight_of_the_text_that_it_names(tmp_path: Path, rowback: Program) -> None:
    warc = Warc().answer().answer(page(LATER), at=THEN)
    rowback.ok("import", crawl(tmp_path / "a.warc.gz", warc))
    alone = crawl(tmp_path / "b.warc.gz", Warc().again("sha1:x", "2026-01-12T08:00:00Z", refers=(URL, AT)))
    assert "1 page, 1 article" in rowback.ok("import", alone).out  # of a page that another import brought
    assert versions(rowback) == {URL: ["10 08", "11 08", "12 08"]}
    foreign = Warc().again("sha1:x", "2026-01-13T08:00:00Z", url="https://a.example/b", refers=(URL, AT))
    assert "1 revisit without its page" in rowback.ok("import", crawl(tmp_path / "c.warc.gz", foreign)).out


def test_newer_rules_replace_what_an_earlier_import_brought(tmp_path: Path, rowback: Program) -> None:
    folder = collected.openterms(tmp_path, is_upgraded=False)
    rowback.ok("import", str(folder))
    ((url, before),) = versions(rowback).items()
    collected.upgrade(folder)
    rowback.ok("import", str(folder))
    assert versions(rowback) == {url: before}
    told = rowback.ok("edits", url, "--json").json
    assert {each["anchor"]["exact"] for each in told["edits"]} >= {"We keep four days of what you write to us."}
    store = Store(rowback.db)
    assert [each.content.blocks[0].text for each in store.versions.of_article(1)] == ["Terms", "The terms"]


def test_times_without_a_zone_are_told_and_read_in_the_zone_that_is_named(tmp_path: Path, rowback: Program) -> None:
    path = str(collected.diffengine(tmp_path))
    assert "Times that say no zone are taken for UTC" in rowback.ok("import", path, "--dry-run").out
    zone = ["--zone", "America/New_York"]
    assert (
        "Times that say no zone are taken for America/New_York." in rowback.ok("import", path, *zone, "--dry-run").out
    )
    rowback.ok("import", path, *zone)
    assert versions(rowback) == {url_of("diffengine"): ["10 13", "11 13"]}


@pytest.mark.parametrize(
    "words",
    [["x", "--as", "nothing"], ["x", "--zone", "Nowhere/At_all"], [], ["x", "--query", "rmdes"], ["--query", "x"]],
)
def test_bad_use_is_told_with_exit_code_2(rowback: Program, words: list[str]) -> None:
    assert rowback("import", *words).code == 2


def test_what_is_nothing_known_is_told(tmp_path: Path, rowback: Program) -> None:
    (tmp_path / "a.bin").write_bytes(b"\0\1\2" * 100)
    (tmp_path / "empty").mkdir()
    for name in ("a.bin", "empty"):
        done = rowback("import", str(tmp_path / name))
        assert (done.code, "nothing that can be imported" in done.err) == (1, True)


def test_a_file_is_what_it_is_said_to_be(tmp_path: Path, rowback: Program) -> None:
    path = collected.warc(tmp_path).rename(tmp_path / "a.bin")
    assert "2 pages" in rowback.ok("import", str(path), "--as", "warc").out
    assert rowback("import", str(path), "--as", "har").code == 1


def test_a_query_is_printed(rowback: Program) -> None:
    assert rowback.ok("import", "--query", "newssniffer").out.startswith("select")


def test_an_import_that_is_cut_off_goes_on_and_brings_nothing_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [changed("400", str(500 + number)) for number in range(12)]
    warc = Warc()
    for number, each in enumerate(texts):
        warc.answer(page(each), at=f"2026-01-{10 + number}T08:00:00Z")
        warc.again("sha1:x", f"2026-01-{10 + number}T20:00:00Z", refers=(URL, f"2026-01-{10 + number}T08:00:00Z"))
    path = crawl(tmp_path / "a.warc.gz", warc)
    paths = [crawl(tmp_path / "0.warc.gz", Warc().answer(at="2026-01-09T08:00:00Z")), path]
    read: list[datetime] = []
    whole, cut = (str(tmp_path / name) for name in ("whole.db", "cut.db"))

    def counted(held: HeldPage | HeldText) -> Capture:
        read.append(held.seen_at)
        return capture_of(held)

    def cut_off(self: Bringing, again: SeenAgain) -> bool:
        if again.seen_at.day >= 15:
            raise KeyboardInterrupt
        return take(self, again)

    take = Bringing._take_again
    monkeypatch.setattr("rowback.archive.bringing.capture_of", counted)
    with monkeypatch.context() as patched:
        patched.setattr(Bringing, "_take_again", cut_off)
        done = CliRunner().invoke(main, ["import", *paths, "--db", cut])
    assert (done.exit_code, "the same command goes on" in done.output) == (1, True)
    read.clear()
    done = CliRunner().invoke(main, ["import", *paths, "--db", cut])
    assert "11 records done before" in done.output
    assert min(read).day == 16
    assert "25 pages, 1 article, 1 with edits." in done.output
    CliRunner().invoke(main, ["import", *paths, "--db", whole])
    lines = [CliRunner().invoke(main, ["export", "--db", each]).output for each in (whole, cut)]
    assert lines[0] == lines[1]
    assert Store(Path(cut)).counts() == Store(Path(whole)).counts()


def test_a_file_that_was_changed_is_read_from_its_beginning(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    crawl(path, Warc().answer())
    before = measured(path)
    assert measured(path) == before
    crawl(path, Warc().answer(), Warc().answer(at=THEN))
    assert measured(path).mark != before.mark
    assert measured(tmp_path).size == measured(path).size


def test_own_captures_and_collections_do_not_double(tmp_path: Path, rowback: Program) -> None:
    store = Store(rowback.db)
    store.record(capture(), at(0))
    store.record(capture(LATER, minutes=24 * 60), at(0))
    store.close()
    rows = [
        (n, f"{TITLE} | Echo", URL, "".join(f"<p>{text}</p> " for text in texts), f"2026-01-1{n} 09:00:00.0", 1)
        for n, texts in enumerate((PARAGRAPHS, LATER))
    ]
    others = [
        (n, f"Lamp {n} | Echo", f"https://www.harbour-echo.example/{n}", "<p>Light.</p>", "2026-01-10", 1)
        for n in (7, 8)
    ]
    made(tmp_path / "d.db", collected.TABLES["diffengine"], entryversion=[*rows, *others])
    warc = (
        Warc()
        .answer(page(head="<style></style>"), at="2026-01-10T12:00:00Z")
        .answer(page(LATER), at="2026-01-11T12:00:00Z")
    )
    path = crawl(tmp_path / "a.warc.gz", warc)
    rowback.ok("import", path, str(tmp_path / "d.db"))
    assert versions(rowback)[URL] == ["10 08", "11 08"]


@pytest.mark.parametrize("is_reversed", [False, True])
def test_texts_and_pages_of_one_article_do_not_double(tmp_path: Path, rowback: Program, is_reversed: bool) -> None:
    paths = [collected.warc(tmp_path), collected.diffengine(tmp_path)]
    with closing(sqlite3.connect(paths[1])) as db:
        db.execute("update entryversion set url = ?", [url_of("warc")])
        db.commit()
    for path in paths[::-1] if is_reversed else paths:
        rowback.ok("import", str(path))
    assert versions(rowback) == {url_of("warc"): ["10 08", "11 08"]}


def test_nothing_of_a_hostile_folder_is_followed(tmp_path: Path, rowback: Program) -> None:
    (tmp_path / "outside").mkdir()
    collected.warc(tmp_path / "outside")
    (tmp_path / "given").mkdir()
    collected.bulk(tmp_path / "given")
    (tmp_path / "given" / "out").symlink_to(tmp_path / "outside")
    rowback.ok("import", str(tmp_path / "given"))
    assert list(versions(rowback)) == [url_of("bulk")]


def test_a_page_that_ends_its_process_costs_only_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    warc = Warc().answer(page(head=f"<!--{'x' * 5_000}-->"))
    warc.answer(page(LATER, head=f"<!--END{'x' * 5_000}-->"), at=THEN)
    warc.answer(page(NEWEST, head=f"<!--{'x' * 5_000}-->"), at="2026-01-12T08:00:00Z")
    path = crawl(tmp_path / "a.warc.gz", warc)
    monkeypatch.setattr("rowback.capture.captures.INCOMING", _Ending())
    done = CliRunner().invoke(main, ["import", path, "--db", str(tmp_path / "a.db")])
    assert done.exit_code == 1
    assert "2 pages, 1 article, 1 with edits; left out: 1 that takes too long to read." in done.output


class _Ending:
    """Reads pages apart, in processes that end at one of them."""

    def run(self, weight: int, task: Callable[..., Any], html: bytes | str, url: str) -> Any:
        if "<!--END" in str(html):
            return INCOMING.pool.run(os._exit, 3)
        return INCOMING.run(weight, task, html, url)


def test_several_are_worked_on_and_come_in_order() -> None:
    met = threading.Barrier(2)

    def work(number: int) -> int:
        if number < 2:
            met.wait(60)
        if number == 5:
            raise BadInput("No.")
        return number * 2

    found = list(abreast(range(40), work, 2))
    assert [each for each, _ in found] == list(range(40))
    assert isinstance(found[5][1], BadInput)
    assert [told for each, told in found if each != 5] == [each * 2 for each in range(40) if each != 5]


def test_pages_of_two_files_are_read_beside_each_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    met = threading.Barrier(2)

    def meeting(held: HeldPage | HeldText) -> Capture:
        met.wait(60)
        return capture_of(held)

    monkeypatch.setattr("rowback.archive.bringing.capture_of", meeting)
    monkeypatch.setattr("rowback.capture.abreast.INCOMING", Lane(Pool(2), SMALL))
    paths = [crawl(tmp_path / f"{n}.warc.gz", Warc().answer(at=f"2026-01-1{n}T08:00:00Z")) for n in (1, 2)]
    done = CliRunner().invoke(main, ["import", *paths, "--db", str(tmp_path / "a.db")])
    assert "2 pages, 1 article, 0 with edits." in done.output


def test_only_so_many_are_read_ahead() -> None:
    given: list[int] = []

    def numbers() -> Iterator[int]:
        for number in range(100):
            given.append(number)
            yield number

    running = abreast(numbers(), lambda number: number, 2)
    next(running)
    assert len(given) <= 2 * (1 + AHEAD)
    running.close()


def test_an_import_is_taken_back_as_if_it_had_not_been(tmp_path: Path, rowback: Program) -> None:
    top = tmp_path / "given"
    for kind, make in collected.KINDS.items():
        (top / kind).mkdir(parents=True)
        make(top / kind)
    store = Store(rowback.db)
    store.record(capture(url=url_of("warc"), minutes=60), at(0))
    store.record(capture(NEWEST, url=url_of("diffengine"), minutes=60), at(0))
    before = export(rowback)
    number = rowback.ok("import", str(top), "--json").json["import"]
    assert rowback.ok("import", str(top), "--json").json["import"] == number
    assert export(rowback) != before
    store.imports.undo(number, at(0))
    assert export(rowback) == before
    again = rowback.ok("import", str(top), "--json").json
    assert (again["import"], again["articles"]) == (number + 1, 13)
    store.close()


def test_only_with_all_more_than_what_was_visited_is_taken(tmp_path: Path, rowback: Program) -> None:
    path = str(collected.wacz(tmp_path))
    rowback.ok("import", path)
    assert list(versions(rowback)) == [url_of("wacz")]
    rowback.ok("import", path, "--all")
    assert list(versions(rowback)) == [url_of("wacz"), "https://other.example/n/a"]


def test_what_an_import_said_of_addresses_is_taken_back(tmp_path: Path, rowback: Program) -> None:
    store = Store(rowback.db)
    store.record(capture(), at(0))
    warc = Warc().answer("", url="https://go.example/1", status="301 Moved", headers=[("Location", URL)]).answer()
    number = rowback.ok("import", crawl(tmp_path / "a.warc.gz", warc), "--json").json["import"]
    assert store.articles.find("https://go.example/1") == store.articles.find(URL)
    store.imports.undo(number, at(0))
    assert store.articles.find("https://go.example/1") is None
    assert store.articles.find(URL) is not None
    store.close()
