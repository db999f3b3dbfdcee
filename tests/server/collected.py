"""One collection of each kind, of our own making, each of an article of its own in two wordings."""

from __future__ import annotations

import hashlib
import json
import zipfile
from email.message import EmailMessage
from typing import TYPE_CHECKING

from rowback.archive.newsdiffs import file_of

from .peers import commit, made
from .samples import PARAGRAPHS, TITLE, changed, page
from .warcs import Warc

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LATER = changed("400", "900")
AT, THEN = "2026-01-10T08:00:00Z", "2026-01-11T08:00:00Z"
TABLES = {
    "diffengine": """create table entryversion
        (id integer primary key, title text, url text, summary text, created text, entry_id integer);""",
    "newssniffer": """
        create table news_articles (id integer primary key, url text, source text, hidden boolean);
        create table news_article_versions
            (id integer primary key, news_article_id integer, title text, url text, created_at text);
        create table news_article_version_texts (news_article_version_id integer primary key, text text);""",
    "urlwatch": """create table CacheEntry
        (id integer primary key, guid text, timestamp integer, data text, tries integer, etag text);""",
    "newsdiffs": """
        create table Articles
            (id integer primary key, url text, initial_date text, last_update text, last_check text, git_dir text);
        create table version
            (id integer primary key, article_id integer, v text, title text, byline text, date text, boring bool,
            diff_json text);""",
}


def url_of(kind: str) -> str:
    """The address of the article in the collection of a kind."""
    return f"https://{kind}.echo.example/news/ferry"


def warc(top: Path) -> Path:
    """Two answers, and beside them what no article is."""
    url = url_of("warc")
    file = Warc().answer(url=url, at=AT).answer(page(LATER), url=url, at=THEN)
    file.answer("<title>Gone</title>", url=f"{url}-2", status="404 Not Found")
    (top / "crawl.warc.gz").write_bytes(file.whole())
    return top / "crawl.warc.gz"


def wacz(top: Path) -> Path:
    """A zip with a list of the page that was visited."""
    url = url_of("wacz")
    file = Warc().answer(url=url, at=AT).answer(page(LATER), url=url, at=THEN).answer(url="https://other.example/n/a")
    with zipfile.ZipFile(top / "visit.wacz", "w") as archive:
        archive.writestr("archive/a.warc.gz", file.whole())
        archive.writestr("pages/pages.jsonl", json.dumps({"format": "x"}) + "\n" + json.dumps({"url": url}) + "\n")
    return top / "visit.wacz"


def har(top: Path) -> Path:
    """Two entries."""
    entries = [
        {
            "startedDateTime": at,
            "request": {"url": url_of("har"), "method": "GET"},
            "response": {"status": 200, "content": {"mimeType": "text/html", "text": page(texts)}},
        }
        for at, texts in ((AT, PARAGRAPHS), (THEN, LATER))
    ]
    (top / "visit.har").write_text(json.dumps({"log": {"version": "1.2", "entries": entries}}))
    return top / "visit.har"


def mhtml(top: Path) -> Path:
    """Two saved pages in a folder."""
    for number, (day, texts) in enumerate(((10, PARAGRAPHS), (11, LATER))):
        told = EmailMessage()
        told["Snapshot-Content-Location"] = url_of("mhtml")
        told["Date"] = f"{day} Jan 2026 08:00:00 -0000"
        told.make_related()
        part = EmailMessage()
        part.set_content(page(texts), subtype="html", cte="quoted-printable")
        part["Content-Location"] = url_of("mhtml")
        told.attach(part)
        (top / f"{number}.mhtml").write_bytes(told.as_bytes())
    return top / "0.mhtml"


def singlefile(top: Path) -> Path:
    """Two saved pages."""
    for day, texts in ((10, PARAGRAPHS), (11, LATER)):
        told = f"url: {url_of('singlefile')}\n saved date: Sat Jan {day} 2026 08:00:00 GMT+0000 (UTC)"
        head = f"<!--\n Page saved with SingleFile\n {told}\n-->"
        html = page(texts)
        (top / f"saved-{day}.html").write_text(html.replace('<html lang="en">', f'<html lang="en">{head}'))
    return top / "saved-10.html"


def archivebox(top: Path) -> Path:
    """A snapshot with its WARC file."""
    url = url_of("archivebox")
    snapshot = top / "box" / "archive" / "1768032000.0"
    (snapshot / "warc").mkdir(parents=True)
    (top / "box" / "index.json").write_text("{}")
    (snapshot / "index.json").write_text(json.dumps({"url": url, "timestamp": "1768032000.0"}))
    file = Warc().answer(url=url, at=AT).answer(page(LATER), url=url, at=THEN)
    (snapshot / "warc" / "1.warc.gz").write_bytes(file.whole())
    return top / "box"


def diffengine(top: Path) -> Path:
    """Two rows."""
    rows = [
        (n, TITLE, url_of("diffengine"), "".join(f"<p>{text}</p> " for text in texts), f"2026-01-1{n} 08:00:00.0", 1)
        for n, texts in enumerate((PARAGRAPHS, LATER))
    ]
    return made(top / "diffengine.db", TABLES["diffengine"], entryversion=rows)


def newssniffer(top: Path) -> Path:
    """Two rows, and their texts."""
    url = url_of("newssniffer")
    return made(
        top / "sniffer.db",
        TABLES["newssniffer"],
        news_articles=[(1, url, "echo", 0)],
        news_article_versions=[(n, 1, TITLE, url, f"2026-01-1{n} 08:00:00") for n in (0, 1)],
        news_article_version_texts=[(0, "\n".join(PARAGRAPHS)), (1, "\n".join(LATER))],
    )


def urlwatch(top: Path) -> Path:
    """Two runs of a job, and the list of jobs."""
    url = url_of("urlwatch")
    guid = hashlib.sha1(url.encode(), usedforsecurity=False).hexdigest()
    (top / "urls.yaml").write_text(f"name: Ferry\nurl: {url}\n")
    rows = [(n, guid, 1768032000 + n * 86400, page(texts), 0, None) for n, texts in enumerate((PARAGRAPHS, LATER))]
    return made(top / "cache.db", TABLES["urlwatch"], CacheEntry=rows)


def newsdiffs(top: Path) -> Path:
    """A database, and the repository beside it."""
    url = url_of("newsdiffs")
    folder, file = top / "articles" / "2026-01", file_of(url)
    ids = [
        commit(folder, file, "\n".join(["January 10, 2026", TITLE, "By A PERSON", *texts]), f"Change to {file}", at)
        for at, texts in ((AT, PARAGRAPHS), (THEN, LATER))
    ]
    return made(
        top / "newsdiffs.db",
        TABLES["newsdiffs"],
        Articles=[(1, url, "", "", "", "2026-01")],
        version=[(n, 1, id_, "Cut", "", "2026-01-10 03:30:00", 0, None) for n, id_ in enumerate(ids, start=1)],
    )


def changedetection(top: Path) -> Path:
    """A watch with two texts."""
    folder = top / "datastore" / "w1"
    folder.mkdir(parents=True)
    (folder / "watch.json").write_text(json.dumps({"url": url_of("changedetection"), "include_filters": ["article"]}))
    for number, texts in enumerate((PARAGRAPHS, LATER)):
        (folder / f"{number}.txt").write_text("\n\n".join([TITLE, *texts]))
    (folder / "history.txt").write_text("1768032000,/x/w1/0.txt\n1768118400,/x/w1/1.txt\n")
    return top / "datastore"


def openterms(top: Path, *, is_upgraded: bool = True) -> Path:
    """A document that was changed, and then read by newer rules."""
    folder, name = top / "terms", "Harbour Post/Terms of Service.md"
    texts = [f"# Terms\n\nWe keep {days} days of what you write to us." for days in ("three", "four")]
    commit(folder, name, texts[0], "First record of Harbour Post Terms of Service", AT)
    commit(folder, name, texts[1], "Record new changes of Harbour Post Terms of Service", THEN)
    if is_upgraded:
        upgrade(folder)
    return folder


def upgrade(folder: Path) -> None:
    """Newer rules read the document again."""
    text = "# The terms\n\nWe keep four days of what you write to us."
    subject = "Apply technical or declaration upgrade on Harbour Post Terms of Service"
    commit(folder, "Harbour Post/Terms of Service.md", text, subject, "2026-01-12T08:00:00Z")


def bulk(top: Path) -> Path:
    """Two lines."""
    lines = [
        json.dumps({"url": url_of("bulk"), "seen_at": at, "title": TITLE, "text": "\n".join(texts)})
        for at, texts in ((AT, PARAGRAPHS), (THEN, LATER))
    ]
    (top / "lines.jsonl").write_text("\n".join(lines) + "\n")
    return top / "lines.jsonl"


KINDS: dict[str, Callable[[Path], Path]] = {
    each.__name__: each
    for each in (
        *(warc, wacz, har, mhtml, singlefile, archivebox, diffengine, newssniffer, urlwatch),
        *(newsdiffs, changedetection, openterms, bulk),
    )
}
