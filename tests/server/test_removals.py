"""Removing a saved search or an alert is undone within an hour: all comes back as it was, and nothing is told meanwhile."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from rowback.errors import BadInput, NotFound
from rowback.model import Scope
from rowback.store.alerts import MAX_ALERTS
from rowback.store.audience import OWNER
from rowback.store.removals import KEPT_FOR, Removed
from rowback.store.searches import MAX_SEARCHES

from .alert_targets import HOST
from .samples import START, URL
from .test_alerts import Desk, desk
from .test_saved_searches import NAME, OWN, edited, reader

if TYPE_CHECKING:
    from rowback.store import Store

__all__ = ["desk", "edited"]
MINUTE = timedelta(minutes=1)
NUMBER = re.compile(r'name="removal" value="(\d+)"')


def test_an_alert_comes_back_with_what_waits_under_the_same_keys(desk: Desk) -> None:
    alert, other = desk.alert(), desk.alert(query="commuters")
    desk.target.answers = [(500, {})] * 2
    desk.edit()
    desk.sender().run_once()
    before, log = desk.store.alerts.get(alert.id), desk.log(alert)
    desk.store.removals.remove_alert(alert, desk.clock())
    assert [each.id for each in desk.store.alerts.all()] == [other.id]
    assert desk.log(alert) == []
    desk.edit()
    removal = desk.store.removals.last_alert(alert.search, desk.clock())
    assert removal is not None
    assert (removal.kind, removal.name) == (Removed.ALERT, alert.target.shown)
    desk.store.removals.undo(removal)
    assert desk.store.alerts.get(alert.id) == before
    back = desk.log(alert)
    assert [(each.key, each.steps, each.state, each.tries) for each in back] == [
        (each.key, each.steps, each.state, each.tries) for each in log
    ]
    assert desk.store.removals.last_alert(alert.search, desk.clock()) is None
    desk.store.alerts.remove(other.id)
    desk.target.posted.clear()
    desk.clock.advance(hours=1)
    assert desk.sender().run_once() == {"sent": 2}
    assert desk.target.steps == [(URL, 1), (URL, 2)]  # also what became known while it was away
    assert desk.target.posted[0].key == log[0].key


def test_a_removed_alert_sends_nothing_and_keeps_no_poller(desk: Desk) -> None:
    alert = desk.alert()
    desk.edit()
    desk.store.removals.remove_alert(alert, desk.clock())
    assert desk.sender().run_once() == {}
    assert desk.target.posted == []


def test_a_search_comes_back_with_its_alerts_and_their_logs(desk: Desk) -> None:
    alert = desk.alert()
    desk.edit()
    desk.sender().run_once()
    log = desk.log(alert)
    desk.store.removals.remove_search(alert.search, desk.clock())
    assert (desk.store.searches.all(OWNER), desk.store.alerts.all(), desk.log(alert)) == ([], [], [])
    taken = desk.store.searches.save(OWNER, "Has its number now", "ferry", desk.clock())
    assert taken.id == alert.search.id
    removal = desk.store.removals.last_search(OWNER, desk.clock())
    assert removal is not None
    desk.store.removals.undo(removal)
    back = desk.store.searches.named(OWNER, alert.search.name)
    assert back.id != taken.id
    (found,) = desk.store.alerts.of_search(back.id)
    assert (found.target, found.cursor) == (alert.target, desk.store.alerts.get(found.id).cursor)
    assert [each.key for each in desk.log(found)] == [each.key for each in log]
    assert desk.store.alerts.of_search(taken.id) == []


def test_an_hour_later_it_is_gone_for_good_with_its_address(desk: Desk) -> None:
    alert, search = desk.alert(), desk.alert(query="ferry").search
    desk.store.removals.remove_alert(alert, desk.clock())
    desk.store.removals.remove_search(search, desk.clock())
    removals = [
        desk.store.removals.last_alert(alert.search, desk.clock()),
        desk.store.removals.last_search(OWNER, desk.clock()),
    ]
    desk.clock.at += KEPT_FOR - MINUTE
    desk.sender().run_once()
    assert desk.store.removals.last_search(OWNER, desk.clock()) == removals[1]
    desk.clock.at += MINUTE
    assert desk.store.removals.last_search(OWNER, desk.clock()) is None
    assert desk.store.removals.last_alert(alert.search, desk.clock()) is None
    desk.sender().run_once()
    for each in removals:
        assert each is not None
        with pytest.raises(NotFound):
            desk.store.removals.undo(each)


def test_what_a_clock_far_ahead_removed_is_not_kept_for_ever(desk: Desk) -> None:
    alert = desk.alert()
    desk.store.removals.remove_alert(alert, desk.clock() + timedelta(days=400))
    removal = desk.store.removals.last_alert(alert.search, desk.clock() + timedelta(days=400))
    assert removal is not None
    assert desk.store.removals.last_alert(alert.search, desk.clock()) is None
    desk.sender().run_once()
    with pytest.raises(NotFound):
        desk.store.removals.undo(removal)


def test_an_alert_never_comes_back_to_another_search_with_the_number_of_its_own(desk: Desk) -> None:
    alert = desk.alert()
    desk.store.removals.remove_alert(alert, desk.clock())
    desk.store.removals.remove_search(alert.search, desk.clock())
    other = desk.store.searches.save(OWNER, "Another", "ferry", desk.clock())
    assert other.id == alert.search.id
    assert desk.store.removals.last_alert(other, desk.clock()) is None


def test_what_has_no_room_any_more_stays_removed_and_can_be_undone_later(desk: Desk) -> None:
    store, at = desk.store, desk.clock()
    first = store.searches.save(OWNER, "First", "ferry", at)
    store.removals.remove_search(first, at)
    removal = store.removals.last_search(OWNER, at)
    assert removal is not None
    again = store.searches.save(OWNER, "First", "boat", at)
    with pytest.raises(BadInput, match="Remove it first"):
        store.removals.undo(removal)
    store.searches.remove(OWNER, again.name)
    for number in range(MAX_SEARCHES):
        store.searches.save(OWNER, f"Search {number}", "ferry", at)
    with pytest.raises(BadInput, match="Remove one"):
        store.removals.undo(removal)
    store.searches.remove(OWNER, "Search 0")
    store.removals.undo(removal)
    assert store.searches.named(OWNER, "First").query == "ferry"


def test_there_is_an_end_to_alerts_that_come_back_too(desk: Desk) -> None:
    alert = desk.alert()
    desk.store.removals.remove_alert(alert, desk.clock())
    removal = desk.store.removals.last_alert(alert.search, desk.clock())
    for _ in range(MAX_ALERTS):
        desk.store.alerts.add(alert.search, alert.target, alert.schedule, desk.clock(), listed_only=True)
    assert removal is not None
    with pytest.raises(BadInput, match="Remove one"):
        desk.store.removals.undo(removal)
    assert len(desk.store.alerts.all()) == MAX_ALERTS


def test_what_a_reader_removed_goes_with_the_reader(store: Store) -> None:
    store.readers.invite("Bea", Scope.READ, START)
    bea = store.readers.named("Bea")
    store.removals.remove_search(store.searches.save(bea.id, "Hers", "ferry", START), START)
    removal = store.removals.last_search(bea.id, START)
    assert removal is not None
    assert store.removals.last_search(OWNER, START) is None
    store.readers.delete(bea.id)
    with pytest.raises(NotFound):
        store.removals.undo(removal)


def test_a_search_is_brought_back_on_the_page_by_its_own_reader_alone(edited: Store) -> None:
    owner, bea = reader(edited), reader(edited, "Bea")
    owner.post("/searches", do="save", name=NAME, q="added:401")
    owner.post("/searches", do="remove", name=NAME)
    number = NUMBER.search(owner.get("/searches").text)
    assert number is not None
    assert NUMBER.search(bea.get("/searches").text) is None
    for wrong in ("", "x", "99", "9" * 30):
        assert owner.post("/searches", do="undo", removal=wrong).status_code == 404
    assert bea.post("/searches", do="undo", removal=number[1]).status_code == 404
    assert owner.get(OWN).status_code == 404
    assert owner.post("/searches", do="undo", removal=number[1]).status_code == 303
    assert owner.get(OWN).status_code == 200
    assert NUMBER.search(owner.get("/searches").text) is None
    assert owner.post("/searches", do="undo", removal=number[1]).status_code == 404


def test_an_alert_is_brought_back_on_the_page_and_its_secrets_are_never_shown(edited: Store) -> None:
    owner = reader(edited)
    for name in (NAME, "Other"):
        owner.post("/searches", do="save", name=name, q="added:401")
    owner.post(f"{OWN}/alerts", do="set", target=f"https://{HOST}/s3cret-of-the-hook", rhythm="daily")
    (alert,) = edited.alerts.all()
    owner.post(f"{OWN}/alerts", do="remove", alert=str(alert.id))
    page = owner.get(OWN).text
    number = NUMBER.search(page)
    assert number is not None
    for secret in ("s3cret-of-the-hook", alert.target.secret):
        assert secret not in page + owner.get("/status").text + owner.get("/searches").text
    assert NUMBER.search(owner.get("/searches").text) is None
    assert owner.post("/searches", do="undo", removal=number[1]).status_code == 404
    assert owner.post("/searches/Other/alerts", do="undo", removal=number[1]).status_code == 404
    assert owner.post(f"{OWN}/alerts", do="undo", removal=number[1], csrf="wrong").status_code == 403
    assert owner.post(f"{OWN}/alerts", do="undo", removal=number[1]).status_code == 303
    assert edited.alerts.all() == [alert]
