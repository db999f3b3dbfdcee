"""Another backend is a source of an article's past: two that really run, and a clock that only the test moves."""

from __future__ import annotations

import json
import re
import sqlite3
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from rowback.archive.export import lines
from rowback.capture.captures import from_html
from rowback.clock import format_instant
from rowback.errors import StoreError
from rowback.model import Attribution, Origin
from rowback.store.audience import Audience
from rowback.store.pasts_wanted import BackfillState, ReadCopy

from .program import Program
from .samples import PARAGRAPHS, TITLE, URL, at, capture
from .samples import page as sample_page
from .two_backends import House, backend_house

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def said(number: int) -> tuple[str, ...]:
    """The article with another last paragraph."""
    return (*PARAGRAPHS, f"Notice {number}: the office told {number} passengers on the pier of the change.")


@pytest.fixture
def one(tmp_path: Path) -> Iterator[House]:
    with backend_house(tmp_path / "one", is_public=True) as house:
        yield house


@pytest.fixture
def two(tmp_path: Path) -> Iterator[House]:
    with backend_house(tmp_path / "two") as house:
        yield house


def shape(house: House) -> list[tuple[object, ...]]:
    """What two backends that know the same agree on."""
    return [(each.seen_at, each.last_seen_at, each.content) for each in house.versions()]


def test_versions_come_with_their_exact_blocks_and_instants(one: House, two: House) -> None:
    for n in range(4):
        one.say(60 * n, *said(n), until=60 * n + 30)
    two.ask(one)
    two.work()
    assert shape(two) == shape(one)
    assert {each.origin for each in two.versions()} == {Origin.ROWBACK}
    found = two.found()
    assert (found.state, found.listed, found.read, found.versions) == (BackfillState.DONE, 4, 4, 4)


def test_a_version_is_told_as_stored_by_its_host(one: House, two: House) -> None:
    one.say(0, *said(0), until=30)
    one.say(60.001, *said(1))
    one.say(60.002, *said(2))
    two.ask(one)
    two.work()
    port = one.backend.server.port
    for version in two.versions():
        memento = version.memento
        assert memento is not None
        assert memento.archive == f"127.0.0.1:{port}"
        assert memento.href.startswith(f"http://127.0.0.1:{port}/memento/")
        page = one.backend.client.get(memento.href.removeprefix(f"http://127.0.0.1:{port}"))
        assert page.status == 200
        assert version.content.blocks[-1].text in re.sub("<[^>]+>", "", page.body.decode())
    told = two.backend.client.get(f"/api/v1/edits?url={URL}").json["versions"]
    assert [(each["origin"], each["memento"]["archive"]) for each in told] == [("rowback", f"127.0.0.1:{port}")] * 3


def test_an_archives_copy_stays_the_archives(one: House, two: House) -> None:
    memento = Attribution("Wayback Machine", "https://web.archive.org/web/20260110080000/" + URL)
    one.ask("wayback")
    from_archive = capture(said(0))
    one.store.record_copy(from_archive, one.clock(), ReadCopy(1, (), memento))
    one.say(60, *said(1))
    two.ask(one)
    two.work()
    assert [each.memento and each.memento.archive for each in two.versions()] == [
        "Wayback Machine",
        f"127.0.0.1:{one.backend.server.port}",
    ]


def test_a_backend_that_is_not_public_wants_a_token(
    two: House, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with backend_house(tmp_path / "closed") as closed:
        closed.say(0, *said(0))
        two.ask(closed)
        two.work()
        assert (two.found().state, two.versions()) == (BackfillState.FAILED, [])
        assert "archive_tokens" in str(two.found().reason)
        two.tokens[closed.told] = "rb_not_the_one"
        two.ask(closed)
        two.work()
        assert "does not take the token" in str(two.found().reason)
        two.tokens[closed.told] = token = closed.new_token()
        two.ask(closed)
        two.work()
        assert shape(two) == shape(closed)
        with sqlite3.connect(two.store.path) as db:
            names = db.execute("select name from sqlite_master where type = 'table' and sql not like 'create virtual%'")
            rows = [repr(row) for (name,) in names.fetchall() for row in db.execute(f"select * from [{name}]")]  # noqa: S608
        assert token not in "\n".join(rows)
        assert token not in caplog.text
        assert token not in repr(two.poller().context)


def test_what_strangers_do_not_see_is_as_if_it_were_not_there(one: House, two: House) -> None:
    one.store.record(capture(said(0)).__class__(URL, capture(said(0)).content, at(0), Origin.BROWSER), one.clock())
    two.ask(one)
    two.work()
    assert (two.found().state, two.versions()) == (BackfillState.NONE, [])


def test_two_backends_that_name_each_other_add_nothing_twice(one: House, two: House) -> None:
    one.tokens[two.told] = two.new_token()
    one.say(0, *said(0), until=30)
    one.say(120, *said(2), until=150)
    two.say(60, *said(1), until=90)
    two.say(180, *said(3), until=200)

    def round_() -> None:
        for house, other in ((one, two), (two, one)):
            house.ask(other)
            house.work()

    round_()
    round_()
    settled = shape(one)
    assert [each[0] for each in settled] == [at(0), at(60), at(120), at(180)]
    assert shape(two) == settled
    counts = [house.store.counts() for house in (one, two)]
    for _ in range(2):
        for house in (one, two):
            house.clock.advance(days=31)
        asked = [house.found().listed if house.store.backfills.find(URL, house.clock()) else 0 for house in (one, two)]
        assert asked == [0, 0], "what was asked is forgotten, and asked again"
        round_()
        assert (shape(one), shape(two)) == (settled, settled)
        assert [house.store.counts() for house in (one, two)] == counts
    assert {each.origin for each in one.versions()} == {Origin.POLL, Origin.ROWBACK}


def test_what_only_another_backend_brought_is_not_exported(one: House, two: House) -> None:
    one.say(0, *said(0), until=30)
    one.say(60, *said(1), until=90)
    two.ask(one)
    two.work()
    two.say(75, *said(1), origin=Origin.BROWSER)
    (article,) = two.store.articles.by_id(10)
    (line,) = lines(two.store, [article])
    assert '"seen_at": "2026-01-10T09:15:00Z"' in line
    assert '"origin": "browser"' in line
    assert "memento" not in line, "by whom it was shown here"
    assert "Notice 1" in line


def test_what_both_imported_stays_ones_own(one: House, two: House) -> None:
    for house in (one, two):
        house.say(0, *said(0), until=30, origin=Origin.IMPORT)
        house.say(60, *said(1), origin=Origin.IMPORT)
    before = two.store.counts()["versions"]
    two.ask(one)
    two.work()
    assert (two.found().state, two.store.counts()["versions"]) == (BackfillState.DONE, before)
    assert [(each.origin, each.memento) for each in two.versions()] == [(Origin.IMPORT, None)] * 2
    two.clock.advance(days=31)
    two.ask(one)
    two.work()
    assert two.found().read == 0, "it is known already"


def test_what_both_read_in_an_archive_stays_the_archives(one: House, two: House) -> None:
    memento = Attribution("Wayback Machine", "https://web.archive.org/web/20260110080000/" + URL)
    page = replace(from_html(URL, sample_page(said(0)), at(0), Origin.ARCHIVE), reading=None)
    for house in (one, two):
        house.store.record(replace(page, memento=memento), house.clock())
    other = Attribution("A mirror", "https://mirror.example/1")
    one.store.record(replace(page, seen_at=at(60), memento=other), one.clock())
    two.tokens[one.told] = one.new_token()
    counts = two.store.counts()["versions"]
    two.ask(one)
    two.work()
    assert (two.found().state, two.store.counts()["versions"]) == (BackfillState.DONE, counts)
    assert [(each.origin, each.memento) for each in two.versions()] == [(Origin.ARCHIVE, memento)]


def test_no_own_text_is_overruled(one: House, two: House) -> None:
    one.say(0, *said(0))
    one.say(60, *said(1))
    one.say(120, *said(9))
    two.say(60, *said(2))
    two.say(120, *said(3))
    two.ask(one)
    two.work()
    assert [text.split(":")[0] for text in two.texts()] == ["Notice 0", "Notice 2", "Notice 3"]
    assert [each.origin for each in two.versions()] == [Origin.ROWBACK, Origin.POLL, Origin.POLL]


@pytest.mark.parametrize("is_late", [False, True])
def test_an_own_text_in_the_midst_of_others_wins_at_its_instant(one: House, two: House, *, is_late: bool) -> None:
    one.say(60, *said(9))
    if not is_late:
        two.say(0, *said(1), until=60)
        two.say(120, *said(1))
    two.ask(one)
    two.work()
    if is_late:
        two.say(0, *said(1), until=60)
        two.say(120, *said(1))
    assert [text.split(":")[0] for text in two.texts()] == ["Notice 1"]


def test_a_story_that_grows_and_shrinks_is_told_as_the_other_backend_has_it(one: House, two: House) -> None:
    long = [
        f"Paragraph {n} says at some length what the office told all of its passengers on that day." for n in range(12)
    ]
    one.say(0, *long[:2])
    one.say(60, *long)
    one.say(120, long[0])
    one.say(180, *long, "A line below.")
    one.say(240, *long, "A line below.", "And a second one.")
    one.say(300, *long)
    one.say(360, *long, "Photo: A. Lee", "Harbour, ferries")
    two.ask(one)
    two.work()
    assert shape(two) == shape(one)


def test_what_was_shorter_than_what_a_reader_saw_is_told(one: House, two: House) -> None:
    long = [
        f"Paragraph {n} says at some length what the office told all of its passengers on that day." for n in range(12)
    ]
    one.say(0, *long[:2])
    one.say(60, *long[:8])
    two.say(120, *long, origin=Origin.BROWSER)
    two.ask(one)
    two.work()
    assert [len(each.content.blocks) for each in two.versions()] == [2, 8, 12]


def test_each_step_is_one_request_and_a_kill_loses_nothing(
    one: House, two: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(5):
        one.say(60 * n, *said(n), until=60 * n + 30)
    two.ask(one)
    two.work_through_cuts(monkeypatch)
    assert (two.found().state, two.found().read) == (BackfillState.DONE, 5)
    assert shape(two) == shape(one)


def test_both_instants_of_a_version_are_written_or_none(
    one: House, two: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    one.say(0, *said(0), until=30)
    two.ask(one)
    two.step(seconds=3)

    def broken(*_: object) -> None:
        raise StoreError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr("rowback.store.store.note_shown", broken)
        with pytest.raises(StoreError):
            two.step(seconds=3)
    assert two.versions() == []
    two.clock.advance(minutes=11)
    two.work()
    assert shape(two) == shape(one)


def test_strangers_are_not_told_when_readers_of_another_backend_read(two: House, tmp_path: Path) -> None:
    with backend_house(tmp_path / "three", is_public=True) as three:
        three.tokens[two.told] = two.new_token()
        two.say(65.5, *said(0), until=71.5, origin=Origin.BROWSER)
        two.say(125, *said(1), until=131)
        three.say(185, *said(2))
        three.ask(two)
        three.work()
        assert shape(three)[:2] == shape(two), "its owner is told"
        body = three.backend.anyone.get(f"/api/v1/edits?url={URL}").body.decode()
        versions = json.loads(body)["versions"]
        assert [each["seen_at"] for each in versions[:2]] == ["2026-01-10T00:00:00Z", format_instant(at(125))]
        pages = [three.backend.anyone.get(path).body.decode() for path in ("/articles/1", "/articles/1/versions/0")]
        for told in (body, *pages):
            assert "09:05" not in told
            assert "09:11" not in told
            assert "20260110090" not in told
        address = versions[0]["memento"]["href"].removeprefix(two.told.removeprefix("rowback+"))
        assert two.backend.client.get(address).status == 200
        _, parted = three.store.part(URL, three.clock(), [0])
        (span,) = three.store.view(Audience.STRANGERS).versions.spans(parted.id)
        assert (span.seen_at, span.is_day) == (at(65.5).replace(hour=0, minute=0, second=0), True)


def test_what_another_backend_brought_is_taken_back_with_both_its_instants(one: House, two: House) -> None:
    two.say(90, *said(1), until=150)
    before = shape(two), two.store.counts()
    one.say(0, *said(0), until=30)
    one.say(60, *said(1), until=120)
    two.ask(one)
    two.work()
    assert [each[:2] for each in shape(two)] == [(at(0), at(30)), (at(60), at(150))]
    (number,) = two.store.imports.of_article(URL)
    two.store.imports.undo(number, two.clock())
    assert (shape(two), two.store.counts()) == before
    assert [each.memento for each in two.versions()] == [None]
    two.clock.advance(days=2)
    two.ask(one)
    two.work()
    assert [each[:2] for each in shape(two)] == [(at(0), at(30)), (at(60), at(150))], "looking again brings it again"


def test_all_versions_are_read_up_to_the_bound(one: House, two: House) -> None:
    for n in range(12):
        one.say(60 * n, *said(n % 2))
    two.ask(one, most=5)
    two.work()
    assert (two.found().state, two.found().read) == (BackfillState.DONE, 5)
    two.ask(one, most=50)
    two.work()
    assert two.found().read == 12
    assert shape(two) == shape(one)


def test_the_days_requests_are_kept_to(one: House, two: House) -> None:
    for n in range(5):
        one.say(60 * n, *said(n))
    two.most_a_day = 3
    two.ask(one)
    two.work()
    assert (two.found().state, two.found().read) == (BackfillState.WAITING, 2)
    two.clock.advance(days=1)
    two.work()
    two.clock.advance(days=1)
    two.work()
    assert shape(two) == shape(one)


@pytest.mark.parametrize("is_known", [False, True])
def test_what_is_new_there_is_read_a_day_later(one: House, two: House, *, is_known: bool) -> None:
    two.say(-600, *said(7))
    two.clock.advance(days=30)
    if is_known:
        one.say(0, *said(0), until=30)
    two.ask(one)
    two.work()
    one.say(60, *said(1))
    two.clock.advance(hours=20)
    two.ask(one)
    assert two.found().is_over
    two.clock.advance(hours=5)
    two.ask(one)
    two.work()
    assert two.found().read == 1
    assert two.texts()[-1] == said(1)[-1]


def test_versions_that_get_other_numbers_meanwhile_are_found(one: House, two: House) -> None:
    for n in range(1, 4):
        one.say(60 * n, *said(n))
    two.ask(one)
    two.step(seconds=3)
    two.step(seconds=3)
    one.say(0, *said(0))
    two.work()
    assert two.found().state is BackfillState.DONE
    assert shape(two) == shape(one)


def test_no_backend_hears_of_a_private_host(one: House, two: House) -> None:
    url = "https://desk.example/news/ferry"
    two.addresses["desk.example"] = "10.0.0.7"
    one.say(0, *said(0), url=url)
    two.ask(one, url=url)
    two.work()
    assert two.found(url).state is BackfillState.FAILED
    assert two.versions(url) == []


def test_the_command_reads_another_backend_with_a_token(tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("there", "here")]
    for folder in folders:
        folder.mkdir()
    there, here = map(Program, folders)
    told = [
        {"url": URL, "seen_at": format_instant(at(60 * n)), "title": TITLE, "paragraphs": list(said(n))}
        for n in range(2)
    ]
    there.ok("import", "-", stdin="".join(json.dumps(each) + "\n" for each in told))
    with there.serving("--no-poll") as serving:
        address = f"rowback+http://127.0.0.1:{serving.client.port}"
        token = there.ok("tokens", "new", "neighbour", "--scope", "read").out.strip()
        command = ["backfill", URL, "--from", address]
        refused = here(*command)
        assert (refused.code, "archive_tokens" in refused.err) == (1, True)
        allowed = f"{address}={token}"
        preview = here.ok(*command, "--dry-run", "--json", ROWBACK_ARCHIVE_TOKENS=allowed)
        assert [each["seen_at"] for each in preview.json[0]["copies"]] == [each["seen_at"] for each in told]
        assert here.ok("export").out == ""
        done = here.ok(*command, ROWBACK_ARCHIVE_TOKENS=allowed)
        assert "2 copies, 2 read, 2 new versions" in done.out
        assert token not in done.out + done.err + preview.out + refused.err
        versions = json.loads(here.ok("edits", URL, "--json").out)["versions"]
        assert [each["origin"] for each in versions] == ["rowback", "rowback"]
    wrong = here(*command, ROWBACK_ARCHIVE_TOKENS=token)
    assert (wrong.code, token in wrong.err) == (2, False)
