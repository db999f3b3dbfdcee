"""Whether a page that was captured is the article at all. Pure: each answer is a `Doubt`, or None.

`doubt_page` looks at the page alone: consent walls, bot checks, error pages. `doubt_change` looks at what is known of the
article: paywall cuts, texts that are suddenly tiny, and pages without a sentence. Nothing is doubted for being different.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from rowback.model import Content, Doubt, Reason
from rowback.text.normalize import comparable, count_words, kept_count
from rowback.text.prose import has_prose, is_prose
from rowback.text.walls import NO_PROSE, OFFERS, PAYWALL, SAYINGS, TAKEN_BACK, TITLES, TOLD, WHOLE_TITLES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rowback.model import Block

MAX_NOTICE_WORDS = 80  # "Page not found" and the like
MAX_WALL_WORDS = 400  # a consent wall with its purposes told in full
MAX_WALL_CHARACTERS = 20_000  # the same where hardly any word ends
MAX_TITLE_CHARACTERS = 1_000  # of a wall's
NOTICE_PHRASES = 2  # different ones that must be there
WORDS_PER_PHRASE = 45  # an article that speaks of cookies has fewer of them
MIN_KNOWN_WORDS = 120  # below it a text may shrink to anything
TINY = 0.2  # of the known text
SMALL = 0.35  # of the known text, for a page that shares nothing with it
CUT = 0.9
ELLIPSES = ("…", "...", "…]", "...]")
TEASER_BLOCKS = 4  # what a paywall puts below its cut
SAME_TITLE = 80.0
MIN_REWRITTEN_WORDS = 40
OTHER_TITLE = 50.0
HEAD_WORDS = 12  # of a block before an article's first paragraph: a byline, a date, a line of a template
RUN = 3  # words; of shorter runs two stories of one place share many
MIN_RUNS = 40  # of a text that is long enough to tell a story by itself
# Of the shorter text's runs of words, what two texts of one story share: less the more alike their headlines are.
SHARED = 0.3
SHARED_UNDER_LIKE_TITLES = 0.1
SHARED_UNDER_ONE_TITLE = 0.02


def doubt_page(title: str, texts: Sequence[str], is_article: bool) -> Doubt | None:
    """`texts` are what was found on the page; `is_article` is True where the page itself says that it is an article."""
    joined = "\n".join(texts)
    if len(joined) > MAX_WALL_CHARACTERS:
        return None
    words = count_words(joined)
    if words > MAX_WALL_WORDS:
        return None
    title = title[:MAX_TITLE_CHARACTERS]
    for reason, pattern in TITLES.items():
        is_titled = pattern.match(title) is not None and not is_article
        said = len({found.lower() for found in SAYINGS[reason].findall(f"{title}\n{joined}")})
        is_notice = words <= MAX_NOTICE_WORDS and _is_notice(reason, title, joined)
        if is_titled and (is_notice or said >= NOTICE_PHRASES):
            return Doubt(reason, TOLD[reason])
        if not is_article and _is_wall(reason, joined, words, said):
            return Doubt(reason, TOLD[reason])
    return None


def _is_notice(reason: Reason, title: str, text: str) -> bool:
    """Whether a short text under a title that begins like a wall's, as "404 dead" and "Forbidden City" do, is one."""
    return WHOLE_TITLES[reason].fullmatch(title) is not None or SAYINGS[reason].search(text) is not None


def _is_wall(reason: Reason, text: str, words: int, said: int) -> bool:
    """Whether a page of so many words is one by the number of different things it says."""
    if reason is Reason.CONSENT:
        offers = OFFERS.search(text) is not None
        return offers and said > NOTICE_PHRASES and said * WORDS_PER_PHRASE >= words
    return words <= MAX_NOTICE_WORDS and said > NOTICE_PHRASES and said * WORDS_PER_PHRASE / 2 >= words


def doubt_change(known: Content, found: Content, *, is_free: bool, is_second_hand: bool) -> Doubt | None:
    """`known` is the text in force. `is_free` is False where the new page is for subscribers; `is_second_hand` is True where
    a reader saw the known text and a server, which may be shown less, saw this one."""
    before, after = _words(known), _words(found)
    if after >= CUT * before:
        return None
    if is_cut(known, found, is_free=is_free, is_second_hand=is_second_hand):
        return Doubt(Reason.CUT, "The page showed only the beginning of the article that is known already.")
    if has_prose(block.text for block in known.blocks) and not has_prose(block.text for block in found.blocks):
        return Doubt(Reason.SCRIPTS, NO_PROSE)
    if before < MIN_KNOWN_WORDS:
        return None
    likeness = fuzz.token_set_ratio(comparable(known.title), comparable(found.title))
    shares = bool(
        {comparable(block.text) for block in known.blocks} & {comparable(block.text) for block in found.blocks}
    )
    if after < SMALL * before and not shares and likeness < OTHER_TITLE:
        return Doubt(Reason.ANOTHER, "The page had another headline and nothing of the article that is known.")
    if after < TINY * before and not (likeness >= SAME_TITLE and _is_rewritten(known, found)):
        return Doubt(
            Reason.SHORT, "The article has suddenly lost nearly all of its text. If it stays so, it is believed."
        )
    return None


def _is_rewritten(known: Content, found: Content) -> bool:
    """Whether a short text under the same headline says something new: what became of the story, or why it was taken back.
    What is no prose says nothing: menus have a "Legal notice" and "Corrections"."""
    old = {comparable(block.text) for block in known.blocks}
    new = [block.text for block in found.blocks if comparable(block.text) not in old and is_prose(block.text)]
    is_taken_back = any(TAKEN_BACK.search(text) for text in new)
    return is_taken_back or sum(count_words(text) for text in new) >= MIN_REWRITTEN_WORDS


def is_same_story(one: Content, other: Content) -> bool:
    """Whether two texts are of one article: the other has most blocks of the shorter, or the headline and some."""
    texts, others = ({comparable(block.text) for block in content.blocks} for content in (one, other))
    shared = len(texts & others)
    least = min(len(texts), len(others))
    is_titled_alike = comparable(one.title) == comparable(other.title) != ""
    return least > 0 and (shared > least / 2 or (is_titled_alike and shared > 0))


def is_other_story(one: Content, other: Content) -> bool:
    """Whether two texts are of two stories: hardly any run of words stands in both, and not the same headline either. Of the
    same headline even less has to be shared: sites give it to pages that have none."""
    if is_same_story(one, other):
        return False
    runs, others = _runs(one), _runs(other)
    least = min(len(runs), len(others))
    shared = len(runs & others) / least if least else 0.0
    if comparable(one.title) == comparable(other.title) != "":
        return least >= MIN_RUNS and shared < SHARED_UNDER_ONE_TITLE
    is_titled_alike = fuzz.token_sort_ratio(comparable(one.title), comparable(other.title)) >= SAME_TITLE
    return shared < (SHARED_UNDER_LIKE_TITLES if is_titled_alike else SHARED)


def _runs(content: Content) -> set[tuple[str, ...]]:
    """The runs of `RUN` words of a text's blocks; whole blocks where they are shorter."""
    found = set()
    for block in content.blocks:
        words = tuple(comparable(block.text).lower().split())
        found |= {words[at : at + RUN] for at in range(max(1, len(words) - RUN + 1))}
    return found


def is_cut(known: Content, found: Content, *, is_free: bool, is_second_hand: bool) -> bool:
    """Whether a text is only the beginning of another, whatever short lines a template puts above either."""
    whole, part = known.blocks, found.blocks
    bodies = (_body(whole), _body(part))
    return _words(found) < CUT * _words(known) and (
        _is_cut(whole, part, is_free=is_free, is_second_hand=is_second_hand)
        or (all(bodies) and _is_cut(*bodies, is_free=is_free, is_second_hand=is_second_hand))
    )


def _body(blocks: Sequence[Block]) -> Sequence[Block]:
    """The blocks from an article's first paragraph on."""
    start = next((n for n, block in enumerate(blocks) if kept_count(block.text) > HEAD_WORDS), len(blocks))
    return blocks[start:]


def _is_cut(known: Sequence[Block], found: Sequence[Block], *, is_free: bool, is_second_hand: bool) -> bool:
    """Whether a text is the beginning of another, then perhaps an offer to subscribe, and something says it was cut off."""
    whole = [comparable(block.text) for block in known]
    kept = 0
    part = ""
    texts = [comparable(block.text) for block in found]
    for text in texts:
        if kept < len(whole) and text == whole[kept]:
            kept += 1
        else:
            part = text
            break
    is_torn = kept < len(whole) and _is_torn(part, whole[kept])
    if is_torn and not part.endswith(ELLIPSES) and sum(map(count_words, whole)) < MIN_KNOWN_WORDS:
        return False  # a note that lost its last words
    rest = texts[kept + is_torn :]
    if not (kept or is_torn) or len(rest) > TEASER_BLOCKS:
        return False
    if any(PAYWALL.search(text) for text in rest):
        return True
    return not rest and (is_torn or not is_free or is_second_hand)


def _is_torn(part: str, whole: str) -> bool:
    """Whether `part` is `whole` broken off in the middle."""
    bare = part.rstrip(".… [")
    return (
        0 < len(bare) < len(whole)
        and part != f"{bare}."  # a sentence that ends earlier than it did
        and whole.startswith(bare)
        and whole[len(bare) : len(bare) + 1] not in {".", "!", "?", "”", '"'}
    )


def _words(content: Content) -> int:
    return sum(kept_count(block.text) for block in content.blocks)
