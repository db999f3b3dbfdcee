"""What is asked of the API so that it gives every answer it has, over the stories of `stories`."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from rowback.store.pasts_wanted import BackfillState
from rowback.store.work import Outcome
from rowback.web.api.bounds import Bounds

from .pasts import PAST, past_of
from .refused_pages import KNOWN, REFUSED
from .samples import URL, at
from .stories import BELL, HIDDEN, LAMP, MENU, SALT, SITE, WALK
from .wanted_checks import ALL, checked

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from flask import Flask

BASE = "http://127.0.0.1:8484"
EXTENSION = {"Origin": "chrome-extension://abcdefghijklmnopabcdefghijklmnop", "Authorization": ""}
ANYONE = {"Authorization": ""}
JOIN = "/api/v1/join"
TOKEN = "/api/v1/token"  # noqa: S105 (a path)
TRIAGE = "/api/v1/triage"
PAIR_TOKEN = "/api/v1/pair/token"  # noqa: S105 (a path)
FEED = f"{SITE}/news.xml"
LOOK, SEVERAL = "/api/v1/feeds/look", "/api/v1/feeds/several"
LOOKED_AT = ("feed", "front", "moved", "nothing")
OPML = (
    '<opml version="2.0"><body><outline text="Echo" xmlUrl="https://echo.example/feed" htmlUrl="https://echo.example/"/>'
    '<outline xmlUrl="https://bell.example/feed"/></body></opml>'
)


@dataclass(frozen=True)
class Ask:
    """A request. `path` is as in the document, `at` fills its places; `status` is what must come back."""

    name: str
    method: str
    path: str
    status: int
    at: Mapping[str, object] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    body: object = None
    headers: Mapping[str, str] = field(default_factory=dict)
    base: str = BASE


def asks_by_strangers(app: Flask) -> Iterator[Ask]:
    """Each operation, asked for by a name that the backend does not go by: so that each is seen to refuse."""
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith("/api/"):
            path = rule.rule.replace("<int:", "{").replace("<", "{").replace(">", "}")
            for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
                at_ = dict.fromkeys(rule.arguments, 1)
                yield Ask(f"{method} {path} of a stranger", method.lower(), path, 400, at_, base="http://evil.example")


def asks_of_pairings(waiting: Mapping[str, str]) -> Iterator[Ask]:
    """What becomes of pairings, by what the owner said: `waiting` has their long codes."""
    for said, device_code in waiting.items():
        status = 400 if said in ("nothing", "no") else 200
        body = {"device_code": device_code}
        yield Ask(f"a pairing to which the owner said {said}", "post", PAIR_TOKEN, status, body=body, headers=ANYONE)
    yield Ask("a pairing that nobody knows", "post", PAIR_TOKEN, 400, body={"device_code": "x"}, headers=ANYONE)


def asks_of_invitations(code: str) -> Iterator[Ask]:
    """What becomes of a code that is sent twice, and of no code."""
    for name, status in (("the code of an invitation", 200), ("a code that was used", 400)):
        yield Ask(name, "post", JOIN, status, body={"code": code, "name": "Firefox on Linux"}, headers=EXTENSION)
    yield Ask("no code", "post", JOIN, 400, body={"name": "Firefox on Linux"}, headers=EXTENSION)


def asks_by_tokens(secrets: Mapping[str, str]) -> Iterator[Ask]:
    """What tokens are told of themselves, by their scopes."""
    for scope, secret in secrets.items():
        yield Ask(f"a token for {scope}", "get", "/api/v1/token", 200, headers={"Authorization": f"Bearer {secret}"})
    reads = {"Authorization": f"Bearer {secrets['read']}"}
    yield Ask("sites for who reads", "get", "/api/v1/sites", 200, headers=reads)
    yield Ask("a site for who reads", "get", "/api/v1/sites", 200, query={"url": f"{SITE}/"}, headers=reads)
    given_back = {"Authorization": f"Bearer {secrets['capture']}"}
    yield Ask("a token that is given back", "delete", TOKEN, 204, headers=given_back)
    yield Ask("a token that was given back", "get", TOKEN, 401, headers=given_back)
    yield Ask("a token that may only read", "delete", ARTICLE, 403, {"article_id": 1}, headers=reads)


def _edits(name: str, url: str, status: int = 200, **query: str) -> Ask:
    return Ask(name, "get", "/api/v1/edits", status, query={"url": url, **{k.rstrip("_"): v for k, v in query.items()}})


def _capture(name: str, status: int, **body: object) -> Ask:
    return Ask(name, "post", "/api/v1/captures", status, body=body)


def _backfill(name: str, url: str, status: int = 200) -> Ask:
    return Ask(name, "get", BACKFILLS, status, query={"url": url})


BACKFILLS = "/api/v1/backfills"
ONE = {"article_id": 1}
ARTICLE, FOLLOW, CHECK, HIDE, LIST = (
    "/api/v1/articles/{article_id}",
    "/api/v1/articles/{article_id}/follow",
    "/api/v1/articles/{article_id}/check",
    "/api/v1/articles/{article_id}/hidden",
    "/api/v1/articles/{article_id}/listed",
)
A_VERSION = f"{ARTICLE}/versions/{{number}}"
WORDINGS = f"{ARTICLE}/edits/{{edit_id}}/wordings"
OF_LAMP = {"article_id": 4, "edit_id": "ee467661f3625"}
TEXT = [{"kind": "p", "text": "The tide is late."}]
PUBLISHED = KNOWN.replace("<title>", "<meta property='article:published_time' content='2026-01-09T07:30:00Z'><title>")

A_SOURCE, _SOURCE = "/api/v1/sources/{source}", SITE.removeprefix("https://www.")
ASKED_FIRST = (
    Ask("health", "get", "/api/v1/health", 200),
    Ask("status of a new store", "get", "/api/v1/status", 200),
    Ask("ready", "get", "/api/v1/ready", 200),
    Ask("pairing", "post", "/api/v1/pair", 202, body={"name": "Rowback in Firefox on Linux"}, headers=EXTENSION),
    Ask("pairing without a name", "post", "/api/v1/pair", 400, body={}, headers=EXTENSION),
    Ask("signing in", "post", "/api/v1/sign-in", 201, body={"next": "/articles/1"}),
    Ask("signing in to elsewhere", "post", "/api/v1/sign-in", 400, body={"next": "https://evil.example/"}),
    Ask("this token", "get", "/api/v1/token", 200),
    Ask("no token", "get", "/api/v1/articles", 401, headers={"Authorization": ""}),
    Ask("no articles", "get", "/api/v1/articles", 200, query={"limit": "1"}),
    Ask("status of an empty store", "get", "/api/v1/status", 200),
    _edits("an unknown article", SALT, 404),
    _capture("a first version", 201, url=URL, html=PUBLISHED, seen_at=at(0).isoformat(), origin="browser"),
    _capture("the same again", 200, url=URL, html=PUBLISHED, seen_at=at(9).isoformat(), origin="browser"),
    *(_capture(f"no article: {reason}", 422, url=url, html=html) for reason, (url, html) in REFUSED.items()),
    _edits("one version", URL),
    Ask("no check wanted", "get", CHECK, 200, ONE),
    Ask("a check wanted", "post", CHECK, 202, ONE, body={}),
    Ask("a check wanted again", "post", CHECK, 202, ONE, body={}),
)
ASKED = (
    _edits("edits", SALT),
    _edits("edits of every kind", SALT, to="1"),
    _edits("edits backwards", SALT, from_="1", to="0"),
    _edits("edits of the last step", SALT, from_="previous"),
    _edits("edits of form", SALT, from_="1", to="2"),
    _edits("back and forth", BELL),
    _edits("restored", BELL, to="2"),
    _edits("every block", MENU),
    _edits("every origin", LAMP),
    _edits("seen aside: alternating", WALK),
    _edits("seen aside: disagreement", f"{SITE}/news/copies"),
    _edits("seen aside: boilerplate", f"{SITE}/news/part-5"),
    _edits("seen aside: counting", f"{SITE}/news/berth-3"),
    _edits("a hidden article", HIDDEN, 410),
    _edits("no such version", SALT, 404, to="99"),
    _edits("no address", "nonsense", 400),
    Ask("lookup", "post", "/api/v1/lookup", 200, body={"urls": [SALT, MENU, URL, "nonsense"]}),
    Ask("a lookup of too many", "post", "/api/v1/lookup", 413, body={"urls": [SALT] * 501}),
    Ask(
        "a lookup packed otherwise",
        "post",
        "/api/v1/lookup",
        415,
        body={"urls": []},
        headers={"Content-Encoding": "br"},
    ),
    _capture("blocks", 201, url=f"{SITE}/news/tide", title="Tide", blocks=TEXT, seen_at=at(10).isoformat()),
    Ask("articles", "get", "/api/v1/articles", 200),
    Ask("a page of articles", "get", "/api/v1/articles", 200, query={"limit": "2"}),
    Ask("an article", "get", ARTICLE, 200, ONE),
    Ask("an unknown number", "get", ARTICLE, 404, {"article_id": 999}),
    Ask("a version", "get", A_VERSION, 200, {"article_id": 1, "number": 1}),
    Ask("a version of every block", "get", A_VERSION, 200, {"article_id": 3, "number": 1}),
    Ask("a version that was read again", "get", A_VERSION, 200, {"article_id": 22, "number": 0}),
    Ask("followed", "put", FOLLOW, 200, ONE, body={}),
    Ask("no longer followed", "delete", FOLLOW, 200, ONE),
    Ask("a check by what is no object", "post", CHECK, 400, ONE, body=[1]),
    Ask("a check of an unknown number", "post", CHECK, 404, {"article_id": 999}, body={}),
    Ask("a check over a moment ago", "post", CHECK, 200, {"article_id": checked(Outcome.EDITED)}, body={}),
    *(Ask(f"a check: {told}", "get", CHECK, 200, {"article_id": checked(told)}) for told in ALL),
    Ask("a method that is not taken", "post", ARTICLE, 405, ONE, body={}),
    Ask("a search", "get", "/api/v1/search", 200, query={"q": "rings noon"}),
    Ask("all changes", "get", "/api/v1/changes", 200),
    Ask("a page of changes", "get", "/api/v1/changes", 200, query={"limit": "1"}),
    Ask("changes since", "get", "/api/v1/changes", 200, query={"since": "2026-01-10T08:00:00Z", "label": "figure"}),
    Ask("changes from nowhere", "get", "/api/v1/changes", 400, query={"since": "lately"}),
    Ask("changes of no article", "get", "/api/v1/changes", 404, query={"article": "99999"}),
    Ask("reviews", "get", TRIAGE, 200),
    Ask("a page of reviews", "get", TRIAGE, 200, query={"q": "is:unseen", "limit": "1"}),
    Ask("reviews of no state", "get", TRIAGE, 400, query={"q": "is:bought"}),
    Ask("a star", "post", TRIAGE, 200, body={"do": "star", "changes": [1]}),
    Ask("seen", "post", TRIAGE, 200, body={"do": "see", "changes": [1]}),
    Ask("into a collection", "post", TRIAGE, 200, body={"do": "collect", "changes": [1, 2], "collection": "Tides"}),
    Ask("noted", "post", TRIAGE, 200, body={"do": "note", "changes": [1], "note": "Ask the office."}),
    Ask("reviews with a note", "get", TRIAGE, 200, query={"q": "is:noted"}),
    Ask("an act that is none", "post", TRIAGE, 400, body={"do": "forget", "changes": [1]}),
    Ask("a star for an unknown step", "post", TRIAGE, 404, body={"do": "star", "changes": [99999]}),
    Ask("undone", "post", TRIAGE, 200, body={"do": "undo"}),
    Ask("sources", "get", "/api/v1/sources", 200, query={"limit": "1"}),
    Ask("sources of a period", "get", "/api/v1/sources", 200, query={"since": "2026-01-10", "until": "2026-01-10"}),
    Ask("sources of no period", "get", "/api/v1/sources", 400, query={"since": "lately"}),
    Ask("a source", "get", A_SOURCE, 200, {"source": _SOURCE}),
    Ask(
        "a source long after",
        "get",
        A_SOURCE,
        200,
        {"source": _SOURCE},
        query={"since": "2099-01-01", "until": "2099-01-02"},
    ),
    Ask("sources long after", "get", "/api/v1/sources", 200, query={"since": "2099-01-01"}),
    Ask("no such source", "get", A_SOURCE, 404, {"source": "nowhere.example"}),
    Ask("a search for an edit", "get", "/api/v1/search", 200, query={"q": "label:figure"}),
    Ask("a site followed", "post", "/api/v1/feeds", 201, body={"url": f"{SITE}/"}),
    Ask(
        "a feed followed",
        "post",
        "/api/v1/feeds",
        201,
        body={"url": FEED, "kind": "feed", "include": ["/news/"], "exclude": []},
    ),
    Ask("a feed followed again", "post", "/api/v1/feeds", 200, body={"url": FEED}),
    Ask("a feed that is not JSON", "post", "/api/v1/feeds", 415, headers={"Content-Type": "text/plain"}),
    Ask("feeds", "get", "/api/v1/feeds", 200),
    Ask("the sites that are followed", "get", "/api/v1/sites", 200),
    Ask("a site that is followed", "get", "/api/v1/sites", 200, query={"url": f"{SITE}/"}),
    Ask("a site that nobody follows", "get", "/api/v1/sites", 200, query={"url": "https://nobody.example/"}),
    Ask("a site of no address", "get", "/api/v1/sites", 400, query={"url": "nowhere"}),
    Ask("outlets of a country", "get", "/api/v1/outlets", 200, query={"country": "NZ", "language": "en"}),
    *(Ask(f"a look at {what}", "post", LOOK, 200, body={"url": f"{SITE}/{what}", "site": SITE}) for what in LOOKED_AT),
    Ask("a look at no address", "post", LOOK, 400, body={"url": " "}),
    Ask("a look by a kind that is none", "post", LOOK, 400, body={"url": FEED, "kind": "blog"}),
    Ask("several followed", "post", SEVERAL, 200, body={"feeds": [{"url": FEED}, {"url": f"{SITE}/b"}, {"url": "x"}]}),
    Ask("none of several", "post", SEVERAL, 400, body={"feeds": []}),
    Ask("several that are none", "post", SEVERAL, 400, body={"feeds": ["x"]}),
    Ask("one of several unfollowed", "delete", "/api/v1/feeds", 204, query={"url": f"{SITE}/b"}),
    Ask("a list of a feed reader", "post", "/api/v1/feeds/opml", 200, body={"opml": OPML}),
    Ask("a list that is none", "post", "/api/v1/feeds/opml", 400, body={"opml": "<html/>"}),
    Ask("no list", "post", "/api/v1/feeds/opml", 400, body={}),
    Ask("finds dropped", "delete", "/api/v1/finds", 200, query={"url": FEED}),
    Ask("finds brought back", "put", "/api/v1/finds", 200, query={"url": FEED}),
    Ask("finds of nobody", "delete", "/api/v1/finds", 404, query={"url": "https://nobody.example/"}),
    Ask("a feed unfollowed", "delete", "/api/v1/feeds", 204, query={"url": FEED}),
    Ask("status", "get", "/api/v1/status", 200),
    Ask("hidden", "put", HIDE, 200, ONE, body={"reason": "A court asked for it."}),
    Ask("hidden for no reason", "put", HIDE, 400, ONE, body={"reason": ""}),
    Ask("shown again", "delete", HIDE, 200, ONE),
    Ask("listed", "put", LIST, 200, ONE, body={}),
    Ask("listed by what is no object", "put", LIST, 400, ONE, body=[1]),
    Ask("unlisted", "delete", LIST, 200, ONE),
    *(_backfill(f"a backfill: {state}", past_of(state)) for state in BackfillState),
    _backfill("no backfill", f"{SITE}/news/never-asked", 404),
    _edits("an unknown article that archives are asked about", past_of(BackfillState.QUEUED), 404),
    _edits("an article with versions from an archive", PAST),
    Ask("a version from an archive", "get", A_VERSION, 200, {"article_id": 23, "number": 0}),
    Ask("a past wanted", "post", BACKFILLS, 202, body={"url": f"{SITE}/news/wanted", "captures": 24}),
    Ask("a past of nothing", "post", BACKFILLS, 400, body={"captures": 24}),
    Ask("a past at home", "post", BACKFILLS, 403, body={"url": "http://intranet/plan"}),
    Ask("a past stopped", "delete", BACKFILLS, 200, query={"url": f"{SITE}/news/wanted"}),
    Ask("a past that nobody wants stopped", "delete", BACKFILLS, 404, query={"url": f"{SITE}/news/never-asked"}),
    Ask("forgotten", "delete", ARTICLE, 204, {"article_id": 2}),
)
# Asked of a backend whose answers hold little (`LITTLE`).
ASKED_FOR_MUCH = (
    _edits("newest wordings", LAMP),
    _edits("first edits", SALT),
    _edits("edits after those", SALT, after="e8f315335e988"),
    _edits("edits after none", SALT, 404, after="e0"),
    _edits("newest of what was seen aside", WALK),
    Ask("first wordings", "get", WORDINGS, 200, OF_LAMP),
    Ask("last wordings", "get", WORDINGS, 200, OF_LAMP, {"start": "6"}),
    Ask("wordings of an unknown edit", "get", WORDINGS, 404, OF_LAMP | {"edit_id": "e0"}),
    Ask("wordings from nowhere", "get", WORDINGS, 400, OF_LAMP, {"start": "all"}),
)
LITTLE = Bounds(answer=24_000, small=0, versions=1_300, aside=500, edits=5_000, page=21_600)
# Asked of a backend that stops a search after the first text that it reads.
ASKED_OF_A_LAZY_ONE = (
    Ask("a search that stopped", "get", "/api/v1/search", 200, query={"q": "the"}),
    Ask("the search gone on with", "get", "/api/v1/search", 200, query={"q": "the", "older": "9"}),
    Ask("a search from nowhere", "get", "/api/v1/search", 400, query={"q": "the", "older": "x"}),
)
# Where reading is public. What the stories' browsers brought has no origin for strangers.
ASKED_IN_PUBLIC = (
    replace(_edits("every origin, of a stranger", LAMP), headers=ANYONE),
    Ask(
        "a version that a reader saw, of a stranger",
        "get",
        A_VERSION,
        200,
        {"article_id": 4, "number": 1},
        headers=ANYONE,
    ),
    Ask(
        "a version that was read again, of a stranger",
        "get",
        A_VERSION,
        200,
        {"article_id": 22, "number": 0},
        headers=ANYONE,
    ),
)
ASKED_LAST = Ask("a store that is gone", "get", "/api/v1/articles", 503)
