"""No text is stored under another host's article unless that host says so: by every way into the store, in every disguise."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from click.testing import CliRunner

from rowback.archive.bulk import BadLine, read
from rowback.capture.captures import from_html
from rowback.capture.fetch import Answer, Fetcher
from rowback.cli import main
from rowback.errors import NotAnArticle
from rowback.model import Origin
from rowback.text.urls import identify

from .samples import PARAGRAPHS, at, capture, changed, page
from .several_hosts import Net, network
from .visitor import owner_at_home

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rowback.model import Article
    from rowback.store import Store

    from .backend import Backend
    from .program import Program

PLACE = "victim.example/2026/harbour"
VICTIM = f"https://{PLACE}"
FORGED = changed("400 commuters", "no commuters")
# Each is a page of somebody else, or of a viewer that shows the victim's.
DISGUISES = [
    f"https://google.evil.example/amp/s/{PLACE}",
    f"https://www.google.evil.example/amp/s/{PLACE}",
    f"https://google.xyz/amp/s/{PLACE}",
    f"https://google.github.io/amp/s/{PLACE}",
    f"https://www.google.com/amp/s/{PLACE}",
    f"https://WWW.GOOGLE.COM./amp/s/{PLACE}",
    f"https://www.google.com:8443/amp/s/{PLACE}",
    f"https://www.google.com@evil.example/amp/s/{PLACE}",
    f"https://victim-example.cdn.ampproject.org/c/s/{PLACE}",
    f"https://xcdn.ampproject.org/c/s/{PLACE}",
    f"https://cdn.ampproject.org.evil.example/c/s/{PLACE}",
    f"https://victim-example.bing-amp.com/c/s/{PLACE}",
    "https://victim.example@evil.example/2026/harbour",
    "https://victim.example.evil.example/2026/harbour",
    "https://victim.example:8443/2026/harbour",
    "https://news.victim.example/2026/harbour",
    "https://vіctim.example/2026/harbour",
    "https://victim.evil.example./2026/harbour",
    "https://EVIL.example/2026/harbour",
    "http://192.0.2.7/2026/harbour",
    "http://[2001:db8::7]/2026/harbour",
]
BLOGS = (
    "wordpress.com substack.com medium.com tumblr.com ghost.io blogspot.com github.io livejournal.com typepad.com weebly.com "
    "hatenablog.com beehiiv.com platform.example"
).split()
_NEIGHBOURS = [("evil.", "victim."), ("evil.", ""), ("", "victim."), ("mobile.", ""), ("amp.", "victim.")]
TENANTS = [
    (f"https://{evil}{blog}/p/{n}", f"https://{victim}{blog}/p/{n}")
    for blog in BLOGS
    for n, (evil, victim) in enumerate(_NEIGHBOURS)
    if evil != "mobile." or blog != "platform.example"  # where nobody knows of tenants, a device's name is the owner's
]
# Names that were one by older rules, and are two that different people have.
LOOKALIKES = [
    ("https://straße.example/p/1", "https://strasse.example/p/1"),
    ("https://strasse.example/p/2", "https://straße.example/p/2"),
    ("https://βόλος.example/p/3", "https://βόλοσ.example/p/3"),
]


@pytest.fixture
def net(tmp_path: Path) -> Iterator[Net]:
    with network(tmp_path) as found:
        yield found


def _claims(victim: str) -> str:
    """All ways in which a page may say that it is another."""
    told = json.dumps({"@type": "NewsArticle", "url": victim, "mainEntityOfPage": victim, "headline": "x"})
    return (
        f'<link rel="canonical" href="{victim}"><meta property="og:url" content="{victim}">'
        f'<link rel="amphtml" href="{victim}"><script type="application/ld+json">{told}</script>'
    )


def _untouched(store: Store, victim: Article) -> None:
    """The victim's article says what its own host said, and whatever was captured lies on the host that it was read from."""
    kept = store.articles.get(victim.id)
    assert kept is not None
    assert (kept.version_count, kept.url, kept.title) == (1, victim.url, victim.title)
    texts = [version.content for version in store.versions.of_article(victim.id)]
    assert [[block.text for block in text.blocks] for text in texts] == [list(PARAGRAPHS)]
    found = store.articles.find(victim.url)
    assert found is not None
    assert found.id == victim.id


Route = Callable[["Backend", "Program", str, str], object]


def _by_record(origin: Origin) -> Route:
    def record(backend: Backend, _: Program, url: str, victim: str) -> object:
        found = from_html(url, page(FORGED, head=_claims(victim)), backend.clock(), origin)
        return backend.store.record(found, backend.clock())

    return record


def _by_api(backend: Backend, _: Program, url: str, victim: str) -> object:
    answer = backend.client.post("/api/v1/captures", {"url": url, "html": page(FORGED, head=_claims(victim))})
    assert answer.status in (200, 201), answer
    return answer


def _by_api_in_blocks(origin: str) -> Route:
    def post(backend: Backend, _: Program, url: str, victim: str) -> object:
        answer = backend.client.capture(FORGED, url=url, canonical_url=victim, origin=origin)
        assert answer.status in (200, 201), answer
        return answer

    return post


def _by_import(backend: Backend, _: Program, url: str, victim: str) -> object:
    line = {"url": url, "seen_at": "2026-01-11T08:00:00Z", "html": page(FORGED, head=_claims(victim))}
    for found in read([json.dumps(line)]):
        assert not isinstance(found, BadLine)
        backend.store.record(found, backend.clock())
    return None


def _by_saved_file(backend: Backend, rowback: Program, url: str, victim: str) -> object:
    saved = rowback.folder / "saved.html"
    saved.write_text(page(FORGED, head=_claims(victim)), encoding="utf-8")
    return rowback.ok("capture", saved, "--url", url, "--db", backend.store.path)


ROUTES: dict[str, Route] = {
    "browser": _by_record(Origin.BROWSER),
    "poll": _by_record(Origin.POLL),
    "api": _by_api,
    "api, blocks": _by_api_in_blocks("api"),
    "api, said to be an import": _by_api_in_blocks("import"),
    "import": _by_import,
}


@pytest.mark.parametrize("route", ROUTES)
def test_no_disguise_puts_a_text_under_another_host(backend: Backend, rowback: Program, route: str) -> None:
    victim = backend.store.record(capture(url=VICTIM), at(0)).article
    for url in DISGUISES:
        ROUTES[route](backend, rowback, url, VICTIM)
        _untouched(backend.store, victim)
    own = {identify(article.url).site for article in backend.store.articles.by_id(100) if article.id != victim.id}
    assert own == {identify(url).site for url in DISGUISES}


@pytest.mark.parametrize("route", ROUTES)
def test_no_neighbour_under_a_domain_is_believed(backend: Backend, rowback: Program, route: str) -> None:
    for url, victim_url in TENANTS + LOOKALIKES:
        victim = backend.store.record(capture(url=victim_url), at(0)).article
        ROUTES[route](backend, rowback, url, victim_url)
        _untouched(backend.store, victim)


@pytest.mark.parametrize("url", DISGUISES)
def test_no_disguise_takes_an_address_that_is_not_known_yet(store: Store, url: str) -> None:
    store.record(from_html(url, page(FORGED, head=_claims(VICTIM)), at(0), Origin.BROWSER), at(0))
    victim = store.record(capture(url=VICTIM), at(1)).article
    _untouched(store, victim)


def test_a_saved_page_is_of_the_address_that_its_owner_names(backend: Backend, rowback: Program) -> None:
    victim = backend.store.record(capture(url=VICTIM), at(0)).article
    _by_saved_file(backend, rowback, DISGUISES[0], VICTIM)
    _untouched(backend.store, victim)
    assert backend.store.articles.find(DISGUISES[0]) is not None


class _Web:
    """What would be fetched: the victim's host tells its story, all others forge it, in the page and in its header."""

    def __init__(self, victim: str) -> None:
        self.victim = victim

    def get(self, url: str, **_: object) -> Answer:
        own = identify(url).site == identify(self.victim).site
        said = {"link": f'<{self.victim}>; rel="canonical"', "content-location": self.victim}
        return Answer(url, 200, said, page(PARAGRAPHS if own else FORGED, head=_claims(self.victim)).encode())


def _by_search_page(backend: Backend, url: str) -> None:
    visitor = owner_at_home(backend)
    found = visitor.press(f"/find?{urlencode({'url': 'https://nobody.example/x'})}", "/find", url=url)
    assert found.status == 303, found


def _by_command(backend: Backend, url: str) -> None:
    ran = CliRunner().invoke(main, ["capture", url, "--db", str(backend.store.path)])
    assert ran.exit_code == 0, ran.output


@pytest.mark.parametrize("fetched_by", [_by_search_page, _by_command])
def test_what_is_fetched_when_someone_asks_stays_with_its_host(
    backend: Backend, monkeypatch: pytest.MonkeyPatch, fetched_by: Callable[[Backend, str], None]
) -> None:
    pairs = [(url, VICTIM) for url in DISGUISES] + TENANTS[::7]
    for url, victim_url in pairs:
        monkeypatch.setattr(Fetcher, "get", _Web(victim_url).get)
        victim = backend.store.record(capture(url=victim_url), at(0)).article
        fetched_by(backend, url)
        _untouched(backend.store, victim)


def test_a_canonical_address_in_a_header_is_nobodys_word(net: Net) -> None:
    victim = net.captured(net.put(VICTIM, page()))
    net.store.set_followed(victim.id, None)
    said = f'<{victim.url}>; rel="canonical", <{victim.url}>; rel=original'
    copy = net.put("https://evil.example/copy", page(FORGED), Link=said, Content_Location=victim.url)
    for _ in range(2):
        net.find(copy)
    own = net.store.articles.find(copy)
    assert own is not None
    assert own.id != victim.id
    net.store.set_followed(own.id, net.clock())
    net.poll()
    _untouched(net.store, victim)


def test_a_viewer_is_translated_to_look_up(backend: Backend) -> None:
    backend.client.capture(url=VICTIM)
    for url in (f"https://www.google.com/amp/s/{PLACE}", f"https://victim-example.cdn.ampproject.org/c/s/{PLACE}"):
        query = urlencode({"url": url})
        assert backend.client.get(f"/api/v1/edits?{query}").json["article"]["url"] == VICTIM
        assert backend.client.post("/api/v1/lookup", {"urls": [url]}).json["results"][url]["version_count"] == 1
        assert backend.client.get(f"/timemap/json/{url}").status == 200
    hostile = f"https://google.evil.example/amp/s/{PLACE}"
    assert backend.client.get(f"/api/v1/edits?{urlencode({'url': hostile})}").status == 404
    assert backend.client.post("/api/v1/lookup", {"urls": [hostile]}).json["results"] == {hostile: None}


def test_what_was_read_in_a_viewer_is_found_there(store: Store) -> None:
    url = f"https://www.google.com/amp/s/{PLACE}"
    read_there = store.record(capture(url=url), at(0)).article
    assert store.articles.find(url) == read_there
    assert store.articles.find(VICTIM) is None


# Addresses that led elsewhere before hosts were asked, and what an owner says.


def test_an_old_alias_on_another_host_leads_there_but_brings_no_version(store: Store) -> None:
    victim = store.record(capture(url=VICTIM), at(0)).article
    copy = "https://copy.victim.example/2026/harbour"
    store.articles.lead(copy, victim.id)
    known = store.record(capture(url=copy, minutes=5), at(5))
    assert (known.article.id, known.version, known.new_version) == (victim.id, 0, False)
    with pytest.raises(NotAnArticle):
        store.record(capture(FORGED, url=copy, minutes=6), at(6))
    _untouched(store, victim)
    assert store.versions.of_article(victim.id)[0].last_seen_at == at(0)
    assert [failed.url for failed in store.failures.newest(victim.id)] == [copy]
    elsewhere = replace(capture(FORGED, url=f"{copy}?from=1", minutes=7), canonical_url=copy)
    with pytest.raises(NotAnArticle):
        store.record(elsewhere, at(7))
    _untouched(store, victim)


def test_what_the_owner_merged_is_one_article_on_both_hosts(store: Store) -> None:
    urls = (VICTIM, "https://copy.example/harbour")
    kept, other = (store.record(capture(url=url), at(0)).article for url in urls)
    store.merge(kept.id, other.id)
    for minute, url in enumerate(urls, start=1):
        edited = changed("400 commuters", f"{minute}00 hikers")
        recorded = store.record(capture(edited, url=url, minutes=minute), at(minute))
        assert (recorded.article.id, recorded.new_version) == (kept.id, True)


def test_an_import_is_believed_about_addresses(store: Store) -> None:
    victim = store.record(capture(url=VICTIM), at(0)).article
    line = {"url": "https://copy.example/x", "canonical_url": VICTIM, "seen_at": "2026-01-11T08:00:00Z", "title": "T"}
    (found,) = read([json.dumps({**line, "paragraphs": list(FORGED)})])
    assert not isinstance(found, BadLine)
    assert store.record(found, at(9_000)).article.id == victim.id


@pytest.mark.parametrize(
    "url",
    [
        "https://www.victim.example/2026/harbour/",
        "http://m.victim.example/2026/harbour?utm_source=x",
        "https://amp.victim.example/2026/harbour",
        "https://victim.example/amp/2026/harbour",
        "https://victim.example/2026/harbour/amp/",
        "https://victim.example/2026/harbour?amp",
        "https://VICTIM.example.:443/2026/harbour#top",
    ],
)
def test_devices_and_amp_on_the_own_host_are_one_article(store: Store, url: str) -> None:
    victim = store.record(capture(url=VICTIM), at(0)).article
    recorded = store.record(capture(FORGED, url=url, minutes=5), at(5))
    assert (recorded.article.id, recorded.version) == (victim.id, 1)


def test_a_canonical_address_of_the_own_host_is_believed(store: Store) -> None:
    victim = store.record(capture(url=VICTIM), at(0)).article
    for n, head in enumerate(("", "www.", "m.", "amp.")):
        url = f"https://{head}victim.example/section/{n}"
        claimed = replace(capture(changed("400", f"{n}01"), url=url, minutes=n + 1), canonical_url=VICTIM)
        assert store.record(claimed, at(n + 1)).article.id == victim.id
