"""A check that somebody asks for: by the poller, with its manners, and what is said of it."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from rowback.capture.captures import from_html
from rowback.capture.poller import LEASE
from rowback.cli.checking import looked_at
from rowback.errors import UnknownArticle
from rowback.model import Origin, Scope, Status
from rowback.store.check_words import UNATTENDED, in_words
from rowback.store.checks_wanted import AGAIN_AFTER, USED_UP, CheckState
from rowback.store.instants import to_text
from rowback.store.shares import ARTICLES
from rowback.store.work import JobKind, Outcome
from rowback.web.guard.rights import needed

from .samples import changed, page
from .test_poller import Newsroom, newsroom, outcome
from .visitor import at_home, by_link, owner_at_home

if TYPE_CHECKING:
    from datetime import datetime

    from rowback.model import Article
    from rowback.store.checks_wanted import WantedCheck

    from .backend import Backend

__all__ = ["newsroom"]

PATH = "/news/ferry-timetable"
EDITED = changed("400 commuters", "300 commuters")


def stored(newsroom: Newsroom, followed: bool = False) -> Article:
    """An article that is not due: stored a while ago, and followed or not."""
    article = newsroom.follow(PATH)
    if followed:
        newsroom.poller().step()
    else:
        article = newsroom.store.set_followed(article.id, None)
    newsroom.clock.advance(minutes=1)
    newsroom.site.asked.clear()
    return newsroom.article(article)


def standing(newsroom: Newsroom, article: Article) -> WantedCheck:
    found = newsroom.store.checks_wanted.standing(article.id, newsroom.clock())
    assert found is not None
    return found


def ask(newsroom: Newsroom, article: Article) -> WantedCheck:
    return newsroom.store.checks_wanted.ask(article.id, newsroom.clock())


def shown(at: datetime) -> str:
    return f"{at:%H:%M}"


@pytest.mark.parametrize("followed", [False, True])
@pytest.mark.parametrize(("html", "came_to"), [(page(), Outcome.UNCHANGED), (page(EDITED), Outcome.EDITED)])
def test_an_article_is_looked_at_out_of_turn_whether_it_is_followed_or_not(
    newsroom: Newsroom, followed: bool, html: str, came_to: Outcome
) -> None:
    article = stored(newsroom, followed)
    newsroom.site.put(PATH, html)
    assert newsroom.poller().step() is None, "nothing is due"
    assert ask(newsroom, article).state is CheckState.QUEUED
    assert outcome(newsroom.step()) is came_to
    found = standing(newsroom, article)
    assert (found.state, found.outcome, found.ended_at) == (CheckState.DONE, came_to, newsroom.clock())
    after = newsroom.article(article)
    assert after.status is article.status is (Status.WATCHING if followed else Status.PAUSED)
    assert after.version_count == (2 if came_to is Outcome.EDITED else 1)
    assert after.last_checked_at == newsroom.clock()


def test_what_waits_for_a_reader_comes_before_what_is_due(newsroom: Newsroom) -> None:
    wanted = stored(newsroom)
    newsroom.follow("/news/other", host="other.example")
    newsroom.clock.advance(days=1)
    ask(newsroom, wanted)
    newsroom.poller().step()
    assert newsroom.site.paths() == [PATH]


def test_two_who_ask_at_once_get_one_look(newsroom: Newsroom) -> None:
    article, begin = stored(newsroom), threading.Barrier(4)
    told: list[WantedCheck] = []

    def press() -> None:
        begin.wait()
        told.append(ask(newsroom, article))
        newsroom.store.close()

    threads = [threading.Thread(target=press) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [each.state for each in told] == [CheckState.QUEUED] * 4
    assert outcome(newsroom.step()) is Outcome.UNCHANGED
    assert newsroom.step(minutes=1) is None
    assert newsroom.site.paths() == [PATH]


def test_a_press_while_the_poller_is_at_it_is_answered_by_that_check(newsroom: Newsroom) -> None:
    article = newsroom.follow(PATH)
    at = newsroom.clock()
    job = newsroom.store.queue.take(at, "other-0", at + LEASE, at)
    assert job is not None
    assert job.kind is JobKind.ARTICLE
    assert ask(newsroom, article).state is CheckState.CHECKING
    poller = newsroom.poller("other")
    assert poller.step() is None, "the host is being asked"
    poller._release(job, poller._do(job, "other-0"), "other-0")
    assert standing(newsroom, article).state is CheckState.DONE
    assert newsroom.step(minutes=1) is None
    assert newsroom.site.paths() == [PATH]


def test_a_look_that_a_poller_takes_is_told_as_going_on_and_done_again_when_it_is_killed(newsroom: Newsroom) -> None:
    article, at = stored(newsroom), newsroom.clock()
    ask(newsroom, article)
    assert newsroom.store.queue.take(at, "killed-0", at + LEASE, at) is not None
    assert standing(newsroom, article).state is CheckState.CHECKING
    newsroom.clock.advance(seconds=LEASE.total_seconds() + 1)
    assert standing(newsroom, article).state is CheckState.QUEUED
    assert outcome(newsroom.step()) is Outcome.UNCHANGED


def test_the_host_is_asked_no_faster_for_it(newsroom: Newsroom) -> None:
    other = newsroom.follow("/news/other")
    article = stored(newsroom)
    newsroom.store.set_followed(other.id, newsroom.clock())
    newsroom.poller().step()
    asked = ask(newsroom, article)
    assert asked.state is CheckState.WAITING
    assert asked.next_at == newsroom.clock() + timedelta(seconds=5)
    assert newsroom.poller().step() is None
    assert newsroom.poller().step(only=article.id) is None
    assert outcome(newsroom.step(seconds=5)) is Outcome.UNCHANGED


@pytest.mark.parametrize(
    ("path", "status", "came_to", "reason"),
    [
        ("/robots.txt", 200, Outcome.REFUSED, "robots.txt"),
        (PATH, 404, Outcome.MISSING, "the server answered 404"),
        (PATH, 410, Outcome.GONE, "the server answered 410"),
        (PATH, 429, Outcome.BLOCKED, "the server answered 429"),
        (PATH, 500, Outcome.FAILED, "the server answered 500"),
    ],
)
def test_a_look_that_brings_nothing_says_why_and_changes_no_plan(
    newsroom: Newsroom, path: str, status: int, came_to: Outcome, reason: str
) -> None:
    article = stored(newsroom, followed=True)
    newsroom.site.put(path, "User-agent: *\nDisallow: /news/", status=status)
    before = newsroom.store.overview(newsroom.clock()).troubles
    for _ in range(6):
        ask(newsroom, article)
        assert outcome(newsroom.step()) is came_to
        found = standing(newsroom, article)
        assert (found.state, found.outcome) == (CheckState.FAILED, came_to)
        assert reason in str(found.reason)
        with newsroom.store._connection.write() as db:  # as if hours had gone by, but for the plan
            db.execute("update hosts set free_at = ?", [to_text(newsroom.clock())])
        newsroom.clock.advance(seconds=AGAIN_AFTER.total_seconds())
    after = newsroom.article(article)
    assert (after.status, after.next_check_at) == (article.status, article.next_check_at)
    assert newsroom.store.overview(newsroom.clock()).troubles == before == ()


def test_a_look_at_what_is_due_anyway_is_that_check(newsroom: Newsroom) -> None:
    article = newsroom.follow(PATH)
    newsroom.site.put(PATH, b"", status=500)
    ask(newsroom, article)
    assert outcome(newsroom.step()) is Outcome.FAILED
    after = newsroom.article(article)
    assert after.next_check_at is not None
    assert after.next_check_at > newsroom.clock()
    assert newsroom.step(minutes=1) is None, "it is not asked for twice"


def test_a_host_in_a_pause_is_left_alone_and_that_is_told(newsroom: Newsroom) -> None:
    article = stored(newsroom)
    newsroom.site.put(PATH, b"", status=429, Retry_After="1800")
    ask(newsroom, article)
    newsroom.step()
    newsroom.clock.advance(minutes=2)
    found = ask(newsroom, article)
    assert (found.state, found.reason) == (CheckState.WAITING, "the server answered 429")
    assert found.next_at is not None
    assert found.next_at > newsroom.clock() + timedelta(minutes=20)
    assert newsroom.poller().step() is None


def test_a_page_is_looked_at_once_a_minute_at_most_whoever_asks(newsroom: Newsroom) -> None:
    article = stored(newsroom)
    ask(newsroom, article)
    newsroom.step()
    newsroom.clock.advance(seconds=AGAIN_AFTER.total_seconds() - 1)
    assert ask(newsroom, article).state is CheckState.DONE
    assert newsroom.poller().step() is None
    newsroom.clock.advance(seconds=1)
    assert ask(newsroom, article).state is CheckState.QUEUED


def test_a_clock_that_was_set_back_keeps_nobody_out(newsroom: Newsroom) -> None:
    article = stored(newsroom)
    ask(newsroom, article)
    newsroom.step()
    newsroom.clock.advance(seconds=-30)
    assert not ask(newsroom, article).is_over


def test_one_that_a_clock_ahead_put_off_is_due_when_the_clock_is_right_again(newsroom: Newsroom) -> None:
    article = stored(newsroom)
    newsroom.clock.advance(days=3)
    ask(newsroom, article)
    newsroom.clock.advance(days=-3)
    assert standing(newsroom, article).state is CheckState.WAITING
    assert outcome(newsroom.step()) is Outcome.UNCHANGED


def test_the_requests_of_the_day_bound_it_and_that_is_told(newsroom: Newsroom) -> None:
    article = stored(newsroom)
    now = newsroom.clock()
    assert newsroom.store.spending.spend(ARTICLES, now, 1)
    newsroom.store.spending.note_limit(1)
    found = ask(newsroom, article)
    assert (found.state, found.reason) == (CheckState.WAITING, USED_UP)
    poller = newsroom.poller()
    poller.context = replace(poller.context, daily_requests=1)
    assert poller.step() is None
    assert poller.step(only=article.id) is None


def test_a_look_that_runs_out_of_requests_is_put_off_and_the_plan_is_not(newsroom: Newsroom) -> None:
    article = stored(newsroom, followed=True)
    ask(newsroom, article)
    poller = newsroom.poller()
    poller.context = replace(poller.context, daily_requests=2)
    at = newsroom.clock()
    job = newsroom.store.queue.take(at, "test-0", at + LEASE, at)
    assert job is not None
    for _ in range(2):
        newsroom.store.spending.spend(ARTICLES, at, 0)
    assert poller._do(job, "test-0").outcome is Outcome.WAITING
    found = standing(newsroom, article)
    assert (found.state, found.next_at) == (CheckState.WAITING, at + timedelta(hours=1))
    assert newsroom.article(article).next_check_at == article.next_check_at


def test_an_article_that_is_gone_is_watched_again_when_it_is_back(newsroom: Newsroom) -> None:
    article = newsroom.follow(PATH)
    newsroom.site.put(PATH, b"", status=410)
    newsroom.step()
    assert newsroom.article(article).status is Status.GONE
    newsroom.site.put(PATH, page(EDITED))
    newsroom.clock.advance(minutes=1)
    ask(newsroom, article)
    assert outcome(newsroom.step()) is Outcome.EDITED
    assert newsroom.article(article).status is Status.WATCHING


def test_what_a_browser_brings_meanwhile_and_the_look_are_both_kept(newsroom: Newsroom) -> None:
    article = stored(newsroom, followed=True)
    ask(newsroom, article)
    seen = from_html(article.url, page(EDITED), newsroom.clock(), Origin.BROWSER)
    assert newsroom.store.record(seen, newsroom.clock()).new_version
    newsroom.site.put(PATH, page(EDITED))
    assert outcome(newsroom.step(seconds=30)) is Outcome.UNCHANGED
    assert newsroom.article(article).version_count == 2


def test_the_look_of_an_article_that_is_merged_or_forgotten_goes_with_it(newsroom: Newsroom) -> None:
    article, other = stored(newsroom), newsroom.follow("/news/other", host="other.example")
    newsroom.store.set_followed(other.id, None)
    ask(newsroom, other)
    kept = newsroom.store.merge(article.id, other.id)
    assert standing(newsroom, other).state is CheckState.QUEUED
    assert ask(newsroom, other) == standing(newsroom, kept)
    newsroom.store.owner.forget(kept.id)
    assert newsroom.store.checks_wanted.standing(kept.id, newsroom.clock()) is None
    with pytest.raises(UnknownArticle):
        ask(newsroom, kept)


def test_it_is_told_that_no_poller_runs(newsroom: Newsroom) -> None:
    article = stored(newsroom)
    asked = ask(newsroom, article)
    assert UNATTENDED in in_words(asked, shown)
    newsroom.store.presence.note("test", newsroom.clock())
    assert UNATTENDED not in in_words(standing(newsroom, article), shown)


def test_without_another_poller_the_command_looks_itself_and_waits_for_a_site_s_pace(newsroom: Newsroom) -> None:
    article, said = stored(newsroom), list[str]()
    newsroom.site.put(PATH, page(EDITED))
    at = newsroom.clock()
    newsroom.store.queue.claim("news.example", "x", at, at)
    newsroom.store.queue.release("news.example", "x", at + timedelta(seconds=20))
    poller = newsroom.poller(pause=lambda seconds: newsroom.clock.advance(seconds=seconds))
    found = looked_at(poller, article.id, said.append)
    assert (found.state, found.outcome) == (CheckState.DONE, Outcome.EDITED)
    assert len(said) == 1
    assert newsroom.clock() >= at + timedelta(seconds=20)


def test_the_command_does_not_wait_out_a_pause_that_a_site_asked_for(newsroom: Newsroom) -> None:
    article, at = stored(newsroom), newsroom.clock()
    newsroom.store.queue.claim("news.example", "x", at, at)
    newsroom.store.queue.release("news.example", "x", at + timedelta(minutes=15), "the server answered 503")
    found = looked_at(newsroom.poller(), article.id, lambda _: None)
    assert (found.state, found.reason) == (CheckState.WAITING, "the server answered 503")
    assert newsroom.site.paths() == []


def test_the_command_leaves_to_another_poller_what_that_is_at(newsroom: Newsroom) -> None:
    article, at = stored(newsroom), newsroom.clock()
    ask(newsroom, article)
    job = newsroom.store.queue.take(at, "other-0", at + LEASE, at)
    assert job is not None
    other = newsroom.poller("other")

    def pause(_: float) -> None:
        other._release(job, other._do(job, "other-0"), "other-0")

    assert looked_at(newsroom.poller(pause=pause), article.id, lambda _: None).state is CheckState.DONE
    assert newsroom.site.paths() == [PATH]


def test_the_api_asks_once_and_says_how_far_it_is(backend: Backend) -> None:
    number = backend.client.capture().json["article"]["id"]
    check = f"/api/v1/articles/{number}/check"
    assert backend.client.get(check).json["check"] is None
    first = backend.client.post(check, {})
    assert (first.status, first.json["check"]["state"], first.json["check"]["attended"]) == (202, "queued", False)
    assert backend.client.post(check, {}).json["check"] == first.json["check"]
    backend.store.checks_wanted.fail(number, backend.clock(), Outcome.MISSING, "the server answered 404")
    again = backend.client.post(check, {})
    assert (again.status, again.json["check"]["state"], again.json["check"]["outcome"]) == (200, "failed", "missing")
    assert again.json["article"]["version_count"] == 1
    assert {needed("checks.ask"), needed("checks.standing"), needed("article.check_now")} == {"capture"}


def test_the_article_page_has_it_looked_at_by_a_form_and_tells_what_came_of_it(
    backend: Backend, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = backend.client.capture().json["article"]["id"]
    page_at, check = f"/articles/{number}", f"/articles/{number}/check"
    visitor = owner_at_home(backend)
    assert visitor.send(check, csrf="x").status == 403
    assert backend.store.checks_wanted.standing(number, backend.clock()) is None
    pressed = visitor.press(page_at, check)
    assert (pressed.status, pressed.headers["location"]) == (303, page_at)
    shown_then = visitor.get(page_at).body.decode()
    assert "A look was asked for." in shown_then
    assert "<button>Check now</button>" not in shown_then
    monkeypatch.setenv("ROWBACK_COMMAND", "server/run")
    assert "`server/run poll`" in visitor.get(page_at).body.decode()
    backend.store.checks_wanted.fail(number, backend.clock(), Outcome.MISSING, "the server answered <404>")
    shown_then = visitor.get(page_at).body.decode()
    assert "its page is not there. (the server answered &lt;404&gt;)" in shown_then
    assert "<button>Check now</button>" in shown_then
    visitor.press(page_at, check)
    assert "once a minute at most" in visitor.get(page_at).body.decode()
    backend.clock.advance(hours=1)
    assert "A look" not in (later := visitor.get(page_at).body.decode())
    assert "Looked at on" not in later


def test_whoever_only_reads_sees_no_button(backend: Backend) -> None:
    number = backend.client.capture().json["article"]["id"]
    reader = by_link(backend, at_home(backend), Scope.READ)
    assert "Check now" not in reader.get(f"/articles/{number}").body.decode()
    assert reader.press(f"/articles/{number}", f"/articles/{number}/check").status == 403
