"""Saved pages come in with their address and instant, from WACZ, HAR, MHTML, SingleFile and ArchiveBox."""

from __future__ import annotations

import base64
import json
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from typing import TYPE_CHECKING, Any

import pytest

from rowback.archive.detect import found_in, kind_named, kind_of
from rowback.archive.held import EVERYTHING, Cause, Held, HeldPage, Unread, capture_of
from rowback.errors import BadInput
from rowback.model import Capture

from .samples import PARAGRAPHS, TITLE, URL, page
from .warcs import Warc

if TYPE_CHECKING:
    from pathlib import Path

    from rowback.archive.held import Wanted

AT = datetime(2026, 1, 10, 8, tzinfo=UTC)
OTHER = "https://www.harbour-echo.example/news/lamp"
SAVED = f"""<!DOCTYPE html> <html lang="en"><!--
 Page saved with SingleFile
 url: {URL}
 saved date: Sat Jan 10 2026 09:00:00 GMT+0100 (Central European Standard Time)
-->"""


def _read(path: Path, wanted: Wanted = EVERYTHING) -> list[Held]:
    kind = kind_of(path)
    assert kind is not None
    return list(kind.read(path, wanted))


def _one(path: Path) -> Capture:
    (found,) = _read(path)
    assert isinstance(found, HeldPage), found
    return capture_of(found)


def _wacz(path: Path, *urls: str, name: str = "archive/a.warc.gz", packing: int = zipfile.ZIP_STORED) -> Path:
    warc = Warc().answer(b"", status="301 Moved", headers=[("Location", OTHER)], url="https://go.example/1")
    warc.answer().answer(at="2026-01-11T08:00:00Z").answer(url=OTHER)
    with zipfile.ZipFile(path, "w", packing) as archive:
        archive.writestr(name, warc.whole())
        if urls:
            lines = [{"format": "json-pages-1.0"}, *({"url": url} for url in urls)]
            archive.writestr("pages/pages.jsonl", "\n".join(json.dumps(line) for line in lines) + "\n{broken\n")
    return path


@pytest.mark.parametrize("packing", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_wacz_gives_all_captures_of_the_pages_that_were_visited(tmp_path: Path, packing: int) -> None:
    path = _wacz(tmp_path / "a.wacz", f"{URL}?utm_source=x", packing=packing)
    assert [each.url for each in _read(path) if isinstance(each, HeldPage)] == [URL, URL]
    everything = _read(path, replace(EVERYTHING, is_all=True))
    assert [each.url for each in everything if isinstance(each, HeldPage)] == [URL, URL, OTHER]


def test_a_wacz_without_a_list_gives_all(tmp_path: Path) -> None:
    assert len([each for each in _read(_wacz(tmp_path / "a.wacz")) if isinstance(each, HeldPage)]) == 3


def test_a_visit_goes_on_where_the_page_led(tmp_path: Path) -> None:
    found = _read(_wacz(tmp_path / "a.wacz", "https://go.example/1"))
    assert [each.url for each in found if isinstance(each, HeldPage)] == [OTHER]


def test_a_broken_member_costs_no_other(tmp_path: Path) -> None:
    path = tmp_path / "a.wacz"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("archive/a.warc.gz", Warc().answer().whole())
        archive.writestr("archive/b.warc.gz", Warc().answer(url=OTHER).whole())
        begin = archive.getinfo("archive/a.warc.gz").header_offset
    whole = bytearray(path.read_bytes())
    whole[begin + 60 : begin + 90] = b"\xff" * 30
    path.write_bytes(whole)
    found = _read(path)
    assert any(isinstance(each, Unread) for each in found)
    assert [each.url for each in found if isinstance(each, HeldPage)] == [OTHER]


def test_a_member_that_unpacks_to_far_too_much_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.wacz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in "abcdefghij":
            archive.writestr(f"archive/{name}.warc", b"\0" * 3_000_000)
    found = _read(path)
    assert isinstance(found[-1], Unread)
    assert found[-1].cause is Cause.TOO_LARGE
    assert len(found) < 10


def _entry(**content: Any) -> dict[str, Any]:
    return {
        "startedDateTime": "2026-01-10T09:00:00.000+01:00",
        "request": {"method": "GET", "url": URL},
        "response": {"status": 200, "content": {"mimeType": "text/html; charset=utf-8", "text": page(), **content}},
    }


def _har(path: Path, *entries: object) -> Path:
    path.write_text(json.dumps({"log": {"version": "1.2", "entries": entries}}))
    return path


@pytest.mark.parametrize("content", [{}, {"text": base64.b64encode(page().encode()).decode(), "encoding": "base64"}])
def test_a_har_gives_its_pages(tmp_path: Path, content: dict[str, str]) -> None:
    capture = _one(_har(tmp_path / "a.har", _entry(**content)))
    assert (capture.url, capture.seen_at, capture.content.title) == (URL, AT, TITLE)


def test_what_of_a_har_is_no_page_is_passed_over_and_what_is_broken_told(tmp_path: Path) -> None:
    post, lost = _entry(), _entry(text=None)
    post["request"]["method"] = "POST"
    late = {**_entry(), "startedDateTime": "some day"}
    entries = [post, _entry(mimeType="image/png"), lost, late, 7, {}, _entry(text="A", encoding="base64"), _entry()]
    found = _read(_har(tmp_path / "a.har", *entries))
    assert [each.cause for each in found if isinstance(each, Unread)] == [
        *(Cause.NO_BODY, Cause.NO_TIME, Cause.DAMAGED, Cause.DAMAGED, Cause.DAMAGED)
    ]
    assert isinstance(found[-1], HeldPage)


@pytest.mark.parametrize("text", ['{"log": ', '{"log": []}', '{"log": {"entries": 7}}', '{"log": ' + "[" * 100_000])
def test_what_only_begins_like_a_har_is_said_to_be_none(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.har"
    path.write_text(text)
    with pytest.raises(BadInput, match="no HAR"):
        _read(path)


def _mhtml(path: Path, charset: str = "utf-8", **headers: str) -> Path:
    message = EmailMessage()
    told = {"Snapshot-Content-Location": URL, "Date": "Sat, 10 Jan 2026 08:00:00 GMT", **headers}
    for name, value in told.items():
        message[name.replace("_", "-")] = value
    message.make_related()
    message.add_related(b"\x89PNG", "image", "png", headers=["Content-Location: https://x.example/a.png"])
    message.add_related(page(title="A frame"), "html", headers=["Content-Location: https://ads.example/"])
    body = page(["Die Bücherei bleibt geschlossen, teilte die Stadt am Dienstag mit.", *PARAGRAPHS]).replace(
        "utf-8", "x"
    )
    message.add_related(body, "html", charset=charset, cte="quoted-printable", headers=[f"Content-Location: {URL}"])
    path.write_bytes(bytes(message))
    return path


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1"])
def test_an_mhtml_gives_its_page_and_no_frame(tmp_path: Path, charset: str) -> None:
    capture = _one(_mhtml(tmp_path / "a.mhtml", charset))
    assert (capture.url, capture.seen_at, capture.content.title) == (URL, AT, TITLE)
    assert "Bücherei" in capture.content.blocks[0].text


@pytest.mark.parametrize(
    ("headers", "cause"),
    [({"Date": "once"}, Cause.NO_TIME), ({"Snapshot-Content-Location": "cid:1"}, Cause.NO_ADDRESS)],
)
def test_an_mhtml_that_does_not_say_when_or_what_is_told(tmp_path: Path, headers: dict[str, str], cause: Cause) -> None:
    (told,) = _read(_mhtml(tmp_path / "a.mhtml", **headers))
    assert isinstance(told, Unread)
    assert told.cause is cause


def test_parts_within_parts_without_end_are_told(tmp_path: Path) -> None:
    path = tmp_path / "a.mhtml"
    part = "".join(f'Content-Type: multipart/related; boundary="b{n}"\n\n--b{n}\n' for n in range(3_000))
    path.write_text(f"Snapshot-Content-Location: {URL}\nMIME-Version: 1.0\n{part}")
    (told,) = _read(path)
    assert isinstance(told, Unread)


@pytest.mark.parametrize("words", ["Page saved with SingleFile", "Archive processed by SingleFile"])
def test_a_page_of_singlefile_says_when_it_was_saved(tmp_path: Path, words: str) -> None:
    path = tmp_path / "a.html"
    picture = "data:image/png;base64," + "A" * 8_000_000
    text = SAVED.replace("Page saved with SingleFile", words) + page().replace("</h1>", f"</h1><img src='{picture}'>")
    path.write_text(text)
    capture = _one(path)
    assert (capture.url, capture.seen_at, capture.content.title) == (URL, AT, TITLE)
    assert [block.text for block in capture.content.blocks] == list(PARAGRAPHS)


@pytest.mark.parametrize(
    ("old", "new", "cause"),
    [
        ("Sat Jan 10", "Sab 10 ene", Cause.NO_TIME),
        ("Jan 10", "Feb 31", Cause.NO_TIME),
        ("+0100", "+9900", Cause.NO_TIME),
        ("url:", "uri:", Cause.NO_ADDRESS),
        ("url: https", "url: file", Cause.NO_ADDRESS),
    ],
)
def test_a_page_of_singlefile_that_does_not_say_is_told(tmp_path: Path, old: str, new: str, cause: Cause) -> None:
    path = tmp_path / "a.html"
    path.write_text(SAVED.replace(old, new) + page())
    (told,) = _read(path)
    assert isinstance(told, Unread)
    assert told.cause is cause


def _snapshot(top: Path, name: str, url: str = URL) -> Path:
    folder = top / "archive" / name
    (folder / "warc").mkdir(parents=True)
    (folder / "index.json").write_text(json.dumps({"url": url, "timestamp": "1767945600.0"}))
    return folder


def test_an_archivebox_gives_what_its_warc_files_hold_of_each_snapshot(tmp_path: Path) -> None:
    (tmp_path / "ArchiveBox.conf").touch()
    with_warc, saved, empty = _snapshot(tmp_path, "1"), _snapshot(tmp_path, "2"), _snapshot(tmp_path, "3", OTHER)
    (with_warc / "warc" / "1.warc.gz").write_bytes(Warc().answer(url=OTHER).answer().whole())
    (with_warc / "singlefile.html").write_text(SAVED + page())
    (saved / "singlefile.html").write_text(SAVED + page())
    (empty / "output.html").write_text(page())
    found = _read(tmp_path)
    assert [(each.url, each.seen_at) for each in found if isinstance(each, HeldPage)] == [(URL, AT), (URL, AT)]
    assert [each.cause for each in found if isinstance(each, Unread)] == [Cause.NO_BODY]


def test_links_lead_out_of_no_folder(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "1.warc.gz").write_bytes(Warc().answer().whole())
    (outside / "page.html").write_text(SAVED + page())
    top = tmp_path / "box"
    folder = _snapshot(top, "1")
    (top / "ArchiveBox.conf").touch()
    (folder / "warc" / "1.warc.gz").symlink_to(outside / "1.warc.gz")
    (folder / "singlefile.html").symlink_to(outside / "page.html")
    (top / "archive" / "2").symlink_to(folder)
    assert [type(each) for each in _read(top)] == [Unread]
    plain = tmp_path / "plain"
    plain.mkdir()
    (plain / "linked").symlink_to(outside)
    (plain / "linked.html").symlink_to(outside / "page.html")
    assert list(found_in(plain)) == []


def test_a_folder_with_one_of_each_is_gone_through(tmp_path: Path) -> None:
    _wacz(tmp_path / "a.wacz")
    _har(tmp_path / "b.har", _entry())
    _mhtml(tmp_path / "c.mhtml")
    (tmp_path / "d.html").write_text(SAVED + page())
    (tmp_path / "e").mkdir()
    (tmp_path / "e" / "f.warc.gz").write_bytes(Warc().answer().whole())
    (tmp_path / "g.jsonl").write_text(json.dumps({"url": URL, "seen_at": "2026-01-10T08:00:00Z", "text": "One.\nTwo."}))
    (tmp_path / "h.txt").write_text("Nothing of ours.")
    assert [kind.name for kind, _ in found_in(tmp_path)] == ["wacz", "har", "mhtml", "singlefile", "warc", "bulk"]
    (line,) = _read(tmp_path / "g.jsonl")
    assert isinstance(line, Capture)
    assert [block.text for block in line.content.blocks] == ["One.", "Two."]


def test_a_kind_is_known_by_its_name() -> None:
    assert kind_named("WARC").name == "warc"
    with pytest.raises(BadInput, match="say warc, wacz"):
        kind_named("tar")
