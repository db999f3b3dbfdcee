"""web.archive.org is asked to keep what is new of followed articles: those alone, with keys alone, and at its own pace."""

from __future__ import annotations

import threading
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest

from rowback.archive import save_now
from rowback.capture.context import Context, Habits
from rowback.capture.fetch import Fetcher
from rowback.capture.poller import Poller
from rowback.capture.robots import Robots
from rowback.capture.save_keys import digest_of
from rowback.config import load
from rowback.errors import SettingsError
from rowback.model import Origin
from rowback.store import Store
from rowback.store.saves import SavedCopy
from rowback.store.work import JobKind, Outcome

from .backend import Clock
from .new_stores import new_store
from .pretend_keeper import HOST, PretendKeeper, pretend_keeper
from .samples import PARAGRAPHS, capture, changed
from .visitor import owner_at_home

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rowback.capture.visit import Done

    from .backend import Backend
    from .program import Program

KEYS = "access:secret"
ARTICLE = "https://echo.example/news/ferry"
DONE = {"status": "success", "timestamp": "20260601001500", "original_url": ARTICLE}


@dataclass
class Desk:
    """A store whose poller asks a pretended archive, and a clock that only the test moves."""

    store: Store
    keeper: PretendKeeper
    clock: Clock
    keys: str = KEYS
    most: int = 0
    private: set[str] = field(default_factory=set)

    def see(self, origin: Origin = Origin.FEED, edited: str = "400 commuters", url: str = ARTICLE) -> int:
        """The article is seen now, with another text where one is named. Its id."""
        texts = PARAGRAPHS if edited == "400 commuters" else changed("400 commuters", edited)
        found = replace(capture(texts, url=url), seen_at=self.clock(), origin=origin)
        return self.store.record(found, self.clock()).article.id

    def work(self, **later: float) -> list[Done]:
        """All saves that are due, after some time went by."""
        self.clock.advance(**(later or {"seconds": 61}))
        with self.store._connection.write() as db:
            db.execute("update articles set next_check_at = null")
        fetcher = Fetcher({HOST}, self._resolve)
        context = Context(
            self.store,
            fetcher,
            Robots(lambda url: fetcher.get(url, any_type=True), lambda: 0.0),
            Habits(self.store, 0),
            self.clock,
            lambda _: None,
            archive_requests=self.most,
            save_keys=self.keys,
        )
        step = partial(save_now.step, archive=self.keeper.address)
        poller = Poller(context, lambda: 0.0, threading.Event(), workers=1, others={JobKind.SAVE: step})
        poller._note()
        done: list[Done] = []
        while (found := poller.step()) is not None:
            done.append(found)
        return done

    def told(self) -> tuple[int, int, int, str | None]:
        """How many are wanted, were made and failed; why the last one did."""
        found = self.store.saves.overview(self.clock())
        return found.wanted, found.saved, found.failed, found.reason

    def _resolve(self, host: str, _port: int) -> list[str]:
        return ["10.0.0.7"] if host in self.private else ["127.0.0.1"] if host == HOST else ["93.184.216.34"]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with pretend_keeper() as keeper:
        clock = Clock()
        clock.advance(days=(datetime(2026, 6, 1, tzinfo=UTC) - clock()) / timedelta(days=1))
        store = new_store(tmp_path / "rowback.db")
        yield Desk(store, keeper, clock)
        store.close()


def test_a_new_version_is_kept_and_its_copy_is_told(desk: Desk) -> None:
    article_id = desk.see()
    desk.keeper.say({"url": ARTICLE, "job_id": "spn2-1"}, {"status": "pending"}, DONE)
    assert [each.reason for each in desk.work()] == ["the archive is asked to keep it"]
    assert desk.work(seconds=20) == [], "a copy takes some time"
    assert [each.reason for each in desk.work(seconds=20)] == ["the archive is at it"]
    assert [each.outcome for each in desk.work()] == [Outcome.CAPTURED]
    assert desk.told() == (0, 1, 0, None)
    asked, *looks = desk.keeper.heard
    assert asked[:2] == ("POST", "/save")
    assert asked[3]["url"] == ARTICLE
    assert asked[2]["Authorization"] == f"LOW {KEYS}"
    assert [each[:2] for each in looks] == [("GET", "/save/status/spn2-1")] * 2
    spans = desk.store.versions.spans(article_id)
    at = datetime(2026, 6, 1, 0, 15, tzinfo=UTC)
    copy = SavedCopy(at, f"https://web.archive.org/web/20260601001500/{ARTICLE}")
    assert desk.store.saves.of_version(article_id, spans, 0) == copy
    assert desk.store.saves.of_version(article_id, [*spans, replace(spans[0], seen_at=at)], 0) is None, "it was over"
    assert desk.store.saves.of_version(article_id, [replace(spans[0], is_day=True)], 0) is None, (
        "it tells who read when"
    )
    assert desk.work() == []


def test_each_new_version_is_wanted_once(desk: Desk) -> None:
    desk.see()
    desk.keeper.say({"job_id": "1"}, DONE, {"job_id": "2"}, DONE)
    desk.work()
    desk.work()
    desk.see()
    assert desk.work() == []
    desk.see(edited="900 commuters", origin=Origin.BROWSER)
    desk.work()
    desk.work()
    assert desk.told() == (0, 2, 0, None)


@pytest.mark.parametrize("origin", [Origin.BROWSER, Origin.POLL, Origin.IMPORT, Origin.ARCHIVE])
def test_what_nobody_follows_is_not_told(desk: Desk, origin: Origin) -> None:
    article_id = desk.see(origin)
    assert desk.work() == []
    desk.store.set_followed(article_id, desk.clock())
    desk.keeper.say({"job_id": "1"})
    assert len(desk.work()) == (origin not in (Origin.IMPORT, Origin.ARCHIVE)), "what lies in the past is not new"


def test_who_stops_following_is_not_told_of(desk: Desk) -> None:
    article_id = desk.see()
    desk.keeper.say({"job_id": "1"}, (503, {}))
    desk.store.saves.want_new(desk.clock(), "")
    desk.store.set_followed(article_id, None)
    desk.work()
    assert desk.keeper.heard == []
    assert desk.told()[2:] == (1, "The article is not followed any more.")


def test_nothing_is_asked_without_keys(desk: Desk) -> None:
    desk.see()
    desk.keys = ""
    assert desk.work() == []
    desk.store.saves.want_new(desk.clock(), "")
    desk.work()
    assert desk.keeper.heard == []
    assert desk.told()[2:] == (1, "save_page_now is switched off.")


@pytest.mark.parametrize("url", ["https://news.intranet/a", "https://192.168.1.9/a", "https://inside.example/a"])
def test_private_hosts_are_not_told(desk: Desk, url: str) -> None:
    desk.private = {"inside.example"}
    desk.see(url=url)
    desk.work()
    assert desk.keeper.heard == []
    assert "private network" in str(desk.told()[3])


def test_wrong_keys_are_not_tried_again(desk: Desk) -> None:
    desk.see()
    desk.see(url="https://echo.example/news/pier")
    desk.keeper.say((401, {}))
    desk.work()
    desk.work()
    desk.see(edited="900 commuters")
    desk.work()
    assert len(desk.keeper.heard) == 1
    assert desk.store.saves.are_refused(digest_of(KEYS))
    with desk.store._connection.read() as db:
        assert all("secret" not in str(row) for row in db.execute("select * from settings").fetchall())
    desk.keys = "other:keys"
    desk.keeper.say({"job_id": "1"})
    assert len(desk.work()) == 1


def test_a_busy_archive_is_left_alone(desk: Desk) -> None:
    desk.see()
    desk.keeper.say((429, {"Retry-After": "300"}), {"job_id": "1"})
    assert [each.outcome for each in desk.work()] == [Outcome.BLOCKED]
    assert desk.work(seconds=200) == []
    assert [each.outcome for each in desk.work(seconds=120)] == [Outcome.READ]


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"status": "error", "status_ext": "error:blocked-url", "message": "This URL is excluded."}, "excluded"),
        ({"message": "The same snapshot had been made 3 minutes ago."}, "same snapshot"),
        ({"status_ext": "error:too-many-daily-captures", "message": "The daily limit is reached."}, "daily limit"),
        ({"status": "success", "timestamp": "19990101000000"}, "can be believed"),
        ({"status": "success", "timestamp": "javascript:"}, "can be believed"),
        ([1], None),
        (b"<h1>Sorry</h1>", None),
    ],
)
def test_what_the_archive_will_not_do_is_told(desk: Desk, said: object, reason: str | None) -> None:
    desk.see()
    desk.keeper.say(said, {"job_id": "1"})
    desk.work()
    wanted, saved, failed, told = desk.told()
    assert (wanted, saved, failed) == ((1, 0, 0) if reason is None else (0, 0, 1))
    assert reason is None or reason in str(told)
    assert len(desk.work(minutes=20)) == (reason is None)


def test_trouble_ends(desk: Desk) -> None:
    desk.see()
    desk.keeper.say(*[(503, {})] * 20)
    for _ in range(20):
        desk.work(minutes=20)
    assert desk.told()[:3] == (0, 0, 1)
    assert len(desk.keeper.heard) == save_now.MAX_TRIES


def test_the_keys_follow_no_redirect(desk: Desk) -> None:
    desk.see()
    desk.keeper.say((302, {"Location": f"{desk.keeper.address}/sry"}))
    desk.work()
    assert len(desk.keeper.heard) == 1


def test_no_more_is_asked_in_a_day_than_archives_may_be(desk: Desk) -> None:
    desk.most = 1
    desk.see()
    desk.keeper.say({"job_id": "1"})
    desk.work()
    desk.work()
    assert len(desk.keeper.heard) == 1


def test_keys_are_not_told(tmp_path: Path) -> None:
    (tmp_path / "rowback.toml").write_text('save_page_now = true\nsave_page_now_keys = "access:secret"', "utf-8")
    chosen = load({}, {}, tmp_path)
    assert (chosen.save_page_now, chosen.save_page_now_keys) == (True, KEYS)
    assert "secret" not in repr(chosen)
    for wrong in ("access-secret", ":secret", "access:", "access:se cret"):
        with pytest.raises(SettingsError) as told:
            load({"ROWBACK_SAVE_PAGE_NOW_KEYS": wrong}, {}, tmp_path)
        assert "access" not in str(told.value)


def test_the_page_and_the_answer_of_a_version_name_its_copy(backend: Backend) -> None:
    article = backend.store.record(replace(capture(), origin=Origin.FEED), backend.clock()).article
    backend.store.saves.want_new(article.first_seen_at, "")
    href = "https://web.archive.org/web/20260110080500/https://a.example/"
    backend.store.saves.keep(1, article.first_seen_at + timedelta(minutes=5), href)
    told = backend.client.get(f"/api/v1/articles/{article.id}/versions/0").json["version"]["saved"]
    assert told == {"archive": "Wayback Machine", "href": href, "saved_at": "2026-01-10T08:05:00Z"}
    shown = owner_at_home(backend).get(f"/articles/{article.id}/versions/0").body.decode()
    assert f'href="{href}"' in shown


def test_the_doctor_says_how_it_goes(rowback: Program) -> None:
    def said(on: str = "", keys: str = "") -> list[tuple[bool, str]]:
        told = rowback("doctor", "--json", ROWBACK_SAVE_PAGE_NOW=on, ROWBACK_SAVE_PAGE_NOW_KEYS=keys).json
        return [(each["ok"], each["detail"]) for each in told if each["check"] == "saving"]

    with closing(Store(rowback.db)) as store:
        assert said() == []
        ((is_fine, told),) = said("true")
        assert (is_fine, "there are no keys" in told) == (False, True)
        assert said("true", KEYS) == [(True, "0 copies in web.archive.org in 30 days, 0 wanted, 0 not made")]
        store.saves.refuse(digest_of(KEYS), "No.")
        ((is_fine, told),) = said("true", KEYS)
        assert (is_fine, "does not know the keys" in told, "secret" in told) == (False, True, False)
