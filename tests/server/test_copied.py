"""Archive copies beside what was seen live: cut pages and templates make no edits, and it does not matter what came first."""

from __future__ import annotations

from dataclasses import replace
from itertools import count, permutations
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rowback.errors import NotAnArticle
from rowback.model import Capture, Origin
from rowback.text.doubts import is_cut
from rowback.web.api.edit_answers import Asked, Histories

from .samples import TITLE, URL, at, content

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from rowback.store import Store

Template = tuple[tuple[str, ...], tuple[str, ...]]  # what stands above and below an article
PLAIN: Template = ((), ())
NOW = at(60 * 24 * 400)
TEXT = (
    "The harbour office said on Friday that the first ferry will leave at six in the morning from Monday on.",
    "About 400 commuters cross the bay every day, and many of them have asked the office for an earlier boat.",
    "The last crossing of the evening stays where it is for now, the office said in a short notice on its door.",
    "A meeting is planned.",
)
EDITED = tuple(text.replace("400", "900") for text in TEXT)
LATER = (
    *EDITED[:2],
    "There will be no crossing at all in the evening any more, the office said in a notice on Sunday.",
    EDITED[3],
)
OLD: Template = (
    ("Mia Sand, harbour desk",),
    ("Send this by e-mail", "Most read"),
)  # what a template puts above and below
OFFER = ("Subscribe to continue reading this article.", "Already a subscriber? Log in")
_numbers = count()


def _seen(
    texts: Sequence[str], minutes: float, template: Template = PLAIN, origin: Origin = Origin.ARCHIVE, **more: object
) -> Capture:
    above, below = template
    said = content(TITLE, [*above, *texts, *below])
    return replace(Capture(URL, said, at(minutes), origin, is_page=True, reading=1), **more)  # type: ignore[arg-type]


def _live(texts: Sequence[str], minutes: float, template: Template = PLAIN) -> Capture:
    return _seen(texts, minutes, template, Origin.POLL)


def _cut(texts: Sequence[str], minutes: float, template: Template = PLAIN) -> Capture:
    return _seen([*texts[:1], *OFFER], minutes, template, is_free=False)


def _address(number: int) -> str:
    """Of an article of a site of its own: what is learned of one site's lines says nothing of another's."""
    return f"https://echo-{number:06}.example/news"


def _record(store: Store, captures: Sequence[Capture]) -> str:
    """What is answered about an article of its own with these captures, without its numbers."""
    url = _address(next(_numbers))
    for each in captures:
        try:
            store.record(replace(each, url=url), NOW)
        except NotAnArticle:
            continue
    article = store.articles.find(url)
    assert article is not None
    answer = Histories(store).body(Asked(article, "first", "latest", "")).decode()
    return (
        answer.replace(url, URL)
        .replace(article.source, "echo.example")
        .replace(f'"id": {article.id},', "")
        .replace(f"articles/{article.id}", "")
    )


def _texts(store: Store, captures: Sequence[Capture]) -> list[tuple[str, ...]]:
    """The versions' paragraphs."""
    answers = {_record(store, order) for order in permutations(captures)}
    assert len(answers) == 1, "the order of arrival matters"
    article = store.articles.find(_address(next(_numbers) - 1))
    assert article is not None
    return _said(store, article.id)


def _told_of(store: Store, captures: Sequence[Capture]) -> list[tuple[str, ...]]:
    """The same of captures in this order alone."""
    _record(store, captures)
    article = store.articles.find(_address(next(_numbers) - 1))
    assert article is not None
    return _said(store, article.id)


def _said(store: Store, article_id: int) -> list[tuple[str, ...]]:
    return [tuple(block.text for block in each.content.blocks) for each in store.versions.of_article(article_id)]


@pytest.mark.parametrize("template", [PLAIN, OLD])
def test_a_cut_copy_before_the_whole_text_is_not_believed(store: Store, template: Template) -> None:
    whole = (*OLD[0], *TEXT, *OLD[1])
    assert _texts(store, [_cut(TEXT, 0), _seen(whole, 60)]) == [whole]
    assert _texts(store, [_cut(TEXT, 0, ((OLD[0][0],), ())), _live(TEXT, 60)]) == [TEXT]
    assert _texts(store, [_cut(TEXT, 60, template), _live(TEXT, 0), _live(TEXT, 120)]) == [TEXT]


def test_a_cut_page_of_the_past_that_anybody_sends_is_not_believed(store: Store) -> None:
    _record(store, [_live(TEXT, 60)])
    url = _address(next(_numbers) - 1)
    with pytest.raises(NotAnArticle, match="only the beginning"):
        store.record(replace(_cut(TEXT, 0), origin=Origin.API, url=url), NOW)


def test_a_short_first_text_that_grew_is_believed(store: Store) -> None:
    assert _texts(store, [_seen(TEXT[:1], 0), _seen(TEXT, 60)]) == [TEXT[:1], TEXT]


@pytest.mark.parametrize("template", [OLD, (OLD[0], ()), ((), OLD[1][:1])])
def test_a_copy_between_equal_live_texts_makes_no_version(store: Store, template: Template) -> None:
    assert _texts(store, [_live(TEXT, 0), _seen(TEXT, 60, template), _live(TEXT, 120)]) == [TEXT]
    assert _texts(store, [_live(TEXT, 0, template), _seen(TEXT, 60), _live(TEXT, 120, template)]) == [
        tuple(block.text for block in _live(TEXT, 0, template).content.blocks)
    ]


def test_a_sentence_of_a_template_is_none_between_equal_live_texts_alone(store: Store) -> None:
    line = "This story is more than a year old."
    aged = ((line,), ())
    assert _texts(store, [_live(TEXT, 0), _seen(TEXT, 60, aged), _live(TEXT, 120)]) == [TEXT]
    assert _texts(store, [_live(TEXT, 0), _seen(TEXT, 60, aged)]) == [TEXT, (line, *TEXT)]


def test_what_an_archive_alone_saw_is_an_edit(store: Store) -> None:
    assert _texts(store, [_live(TEXT, 0), _seen(EDITED, 60), _live(TEXT, 120)]) == [TEXT, EDITED, TEXT]
    added = (*TEXT, "Correction: the ferry leaves at six, not seven.")
    assert _texts(store, [_live(TEXT, 0), _seen(added, 60), _live(TEXT, 120)]) == [TEXT, added, TEXT]


def test_a_redesign_makes_no_edit_and_is_remembered_for_other_copies(store: Store) -> None:
    copies = [_seen(TEXT, 0, OLD), _seen(EDITED, 60, OLD), _seen(EDITED, 120), _seen(LATER, 180)]
    assert _texts(store, copies) == [TEXT, EDITED, LATER]
    assert _texts(store, [*copies[:2], _live(EDITED, 120), _live(LATER, 180)]) == [TEXT, EDITED, LATER]


def test_copies_read_as_the_live_page_does(store: Store) -> None:
    live = (*OLD[0], *EDITED, *OLD[1])
    copies = [_seen(TEXT, 0), _seen(EDITED, 60), _live(EDITED, 120, OLD)]
    assert _texts(store, copies) == [(*OLD[0], *TEXT, *OLD[1]), live]


def test_one_line_between_two_copies_is_an_edit(store: Store) -> None:
    assert len(_texts(store, [_seen(TEXT, 0), _seen(TEXT, 60, (OLD[0], ()))])) == 2


@pytest.mark.parametrize("origin", [Origin.ARCHIVE, Origin.IMPORT])
def test_a_copy_that_a_cache_gave_out_late_makes_no_version(store: Store, origin: Origin) -> None:
    stale = _seen(TEXT, 120, origin=origin)
    assert _texts(store, [_seen(TEXT, 0), _seen(EDITED, 60), stale, _seen(EDITED, 180)]) == [TEXT, EDITED]
    of_before = [_seen(TEXT, 0), _seen(EDITED, 60), _seen(LATER, 120), _seen(TEXT, 180), _seen(LATER, 240)]
    assert _told_of(store, of_before) == _told_of(store, of_before[::-1]) == [TEXT, EDITED, LATER]
    for place in range(4):
        seen = [_live(TEXT, 0), _live(EDITED, 60), _live(EDITED, 180)]
        assert _told_of(store, [*seen[:place], stale, *seen[place:]]) == [TEXT, EDITED]


def test_a_text_that_went_back_is_told_again(store: Store) -> None:
    assert _texts(store, [_seen(TEXT, 0), _seen(EDITED, 60), _seen(TEXT, 120)]) == [TEXT, EDITED, TEXT]
    twice = [_seen(TEXT, 0), _seen(EDITED, 60), _seen(TEXT, 120), _seen(TEXT, 180), _seen(EDITED, 240)]
    assert _told_of(store, twice) == _told_of(store, twice[::-1]) == [TEXT, EDITED, TEXT, EDITED]
    live = [_live(TEXT, 0), _live(EDITED, 60), _live(TEXT, 120), _live(EDITED, 180)]
    assert _told_of(store, [_seen(TEXT, -60), *live]) == [TEXT, EDITED, TEXT, EDITED]


def test_a_text_that_shrank_and_stays_is_believed(store: Store) -> None:
    long = [f"{text} It was told in part {n} of the notice." for n in range(3) for text in TEXT]
    short = ["The notice is gone."]
    assert len(_texts(store, [_seen(long, 0), _seen(short, 60), _seen(short, 120)])) == 1
    days = [_seen(short, 60 + 600 * n) for n in range(3)]
    assert len(_texts(store, [_seen(long, 0), *days])) == 2


def test_lines_above_a_text_do_not_hide_that_it_is_cut() -> None:
    whole, part = content(TITLE, [*OLD[0], *TEXT]), content(TITLE, [TEXT[0], *OFFER])
    assert is_cut(whole, part, is_free=False, is_second_hand=False)
    assert not is_cut(
        content(TITLE, ["A", "B", "C", *OLD[0]]), content(TITLE, ["D", *OFFER]), is_free=False, is_second_hand=False
    )


_TEXTS = st.sampled_from([TEXT, EDITED, LATER])
_SIGHTS = st.lists(
    st.tuples(_TEXTS, st.sampled_from([PLAIN, OLD, (OLD[0], ())]), st.sampled_from("acl"), st.integers(0, 40)),
    min_size=2,
    max_size=7,
    unique_by=lambda sight: sight[3],
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_SIGHTS, st.randoms(use_true_random=False))
def test_any_order_of_arrival_gives_the_same_answer(
    store: Store, sights: list[tuple[tuple[str, ...], Template, str, int]], random: Random
) -> None:
    makers = {"a": _seen, "c": _cut, "l": _live}
    captures = [
        makers[kind](texts, 60 * hour, template if kind != "l" else PLAIN) for texts, template, kind, hour in sights
    ]
    live = sorted((each for each in captures if each.origin is Origin.POLL), key=lambda each: each.seen_at)
    shuffled = random.sample(captures, len(captures))
    places = iter(live)  # the site itself is seen in the order of time
    arrived = [next(places) if each.origin is Origin.POLL else each for each in shuffled]
    in_order = sorted(captures, key=lambda each: each.seen_at)
    assert _record(store, arrived) == _record(store, in_order)


def test_archives_teach_no_habits(store: Store) -> None:
    _record(store, [_live(TEXT, 600), _live(EDITED, 900), _seen(TEXT, 60), _seen(LATER, 0)])
    assert [times for times, _ in store.queue.pasts(None)] == [(at(600), at(900))]


def test_a_copy_plans_no_check_of_what_is_watched(store: Store) -> None:
    url = "https://www.harbour-echo.example/news/planned"
    live = store.record(replace(_live(TEXT, 0), url=url), at(1)).article
    after = store.record(replace(_seen(EDITED, -600), url=url), at(2)).article
    assert (after.next_check_at, after.status) == (live.next_check_at, live.status)


def test_what_the_server_says_still_stands_is_what_it_gave_last(store: Store) -> None:
    _record(store, [_live(TEXT, 0), _seen(EDITED, 60)])
    article = store.articles.find(_address(next(_numbers) - 1))
    assert article is not None
    store.queue.see_again(article.id, at(120), Origin.POLL)
    told = [(each.seen_at, each.content.blocks[1].text) for each in store.versions.of_article(article.id)]
    assert told == [(at(0), TEXT[1]), (at(60), EDITED[1]), (at(120), TEXT[1])]


def test_copies_of_articles_that_are_merged_and_parted_are_told_together(store: Store) -> None:
    one, other = _address(next(_numbers)), _address(next(_numbers))
    live = [replace(each, url=one) for each in (_live(TEXT, 0), _seen(TEXT, 60, OLD), _live(TEXT, 120))]
    copy = replace(_seen(EDITED, 180, OLD), url=other)
    kept = [store.record(each, NOW).article for each in live][-1]
    lone = store.record(copy, NOW).article
    merged = store.merge(kept.id, lone.id)
    assert _said(store, merged.id) == [TEXT, EDITED], "the lines of the older template are known here"
    kept, parted = store.part(other, NOW)
    assert _said(store, kept.id) == [TEXT]
    assert _said(store, parted.id) == [(*OLD[0], *EDITED, *OLD[1])], "as it was read"


def test_a_version_that_is_set_aside_stays_so_when_another_copy_comes(store: Store) -> None:
    url = _address(next(_numbers))
    long = [f"{text} It was told in part {n} of the notice." for n in range(4) for text in TEXT]
    for texts, minutes in ((["Home", "News"], 0), (long, 60)):
        store.record(replace(_seen(texts, minutes), url=url), NOW)
    store.set_aside.put(store.set_aside.found(), NOW)
    article = store.record(replace(_seen(long, 120), url=url), NOW).article
    assert _said(store, article.id) == [tuple(long), tuple(long)]
    assert store.set_aside.bring_back(NOW) == 1
    assert _said(store, article.id) == [("Home", "News"), tuple(long)]


def test_copies_teach_no_lines_that_come_and_go(store: Store) -> None:
    line = "This story is more than a year old."
    aged: Template = ((line,), ())
    site = f"https://lines-{next(_numbers)}.example"
    for n in range(12):
        templates = (aged, PLAIN) if n % 2 else (PLAIN, aged)
        for each in (_seen(TEXT, 0, templates[0]), _live(TEXT, 60, templates[1])):
            store.record(replace(each, url=f"{site}/{n}"), NOW)
    last = [replace(each, url=f"{site}/last") for each in (_seen(TEXT, 0, aged), _live(TEXT, 60))]
    article = [store.record(each, NOW).article for each in last][-1]
    assert _said(store, article.id) == [(line, *TEXT), TEXT]


@pytest.mark.parametrize("is_reversed", [False, True])
def test_the_plainest_address_is_the_article_s_whichever_copy_came_first(store: Store, is_reversed: bool) -> None:
    url = _address(next(_numbers))
    copies = [replace(_seen(TEXT, n), url=each) for n, each in enumerate((url, f"{url}/amp", url.replace("s:", ":")))]
    order = copies[::-1] if is_reversed else copies
    article = [store.record(each, NOW).article for each in order][-1]
    assert article.url == url
    live = store.record(replace(_live(TEXT, 60), url=f"{url}/amp"), NOW).article
    assert live.url == f"{url}/amp", "where the site itself was read"


def test_what_is_seen_live_is_planned_as_if_no_copy_had_come_before(store: Store) -> None:
    urls = [_address(next(_numbers)) for _ in range(2)]
    store.record(replace(_seen(TEXT, -6_000), url=urls[0]), at(1))
    one, other = (store.record(replace(_live(TEXT, 0), url=url), at(1)).article for url in urls)
    assert (one.next_check_at, one.status) == (other.next_check_at, other.status)
