"""What kind of page it is, where it is no article: a front or another list, a shop's page, a forum's, a service's. Pure.

Judged by how it is built: what stands under headlines that lead elsewhere, how many parts weigh the same, what its address
and its makers say. `extension/content/page/page-kind.js` judges the same (`tests/cases/page-kinds.json` holds both to it).
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

import regex

from rowback.model import Reason
from rowback.text.places import AddressKind

if TYPE_CHECKING:
    from collections.abc import Collection

    from rowback.text.page_build import Build
    from rowback.text.page_facts import PageFacts


class Claim(IntEnum):
    """How clearly a page says that it is an article."""

    NONE = 0
    SAID = 1
    """In words that a whole site may have by mistake, as `og:type`."""
    DESCRIBED = 2
    """In linked data of its own."""


# schema.org's Article and what derives from it; a review, a recipe and a check of facts are read like one.
_ARTICLE_TYPE = regex.compile(r"\w*Article|(?:Live)?BlogPosting|SocialMediaPosting|Report|Recipe|\w*Review")
_SINGLE = regex.compile(
    r"single|single-(?:\w*post|\w*article|format-\w+)|postid-\d+|(?:page-?type__)?article(?:-page|-single)?"
)
_LIST_CLASSES = frozenset("archive category tag author paged search-results post-type-archive".split())
_LIST_TYPES = frozenset({"CollectionPage", "SearchResultsPage", "ItemList"})
_PRODUCT_TYPES = frozenset({"Product", "ProductGroup", "OfferCatalog"})
_SHOP_CLASS = regex.compile(
    r"(?:single-|template-|page)?product(?:page|-?details?)?|shop_\w+|catalog-\w+-view|page-(?:category|product\w*)"
)
_FORUM_MAKERS = regex.compile(
    r"vbulletin|phpbb|xenforo|mybb|vanilla|discourse|invision|ip\.board|nodebb|flarum|discuz|fluxbb|smf|yabb"
)
_FORUM_CLASSES = frozenset({"section-index", "section-viewtopic", "section-viewforum", "vanilla"})
_FORUM_TYPES = frozenset({"DiscussionForumPosting", "QAPage"})
_OTHER_GRAPHS = regex.compile(r"(?:video|music|game|restaurant|business|place|hotel)(?:\.\w+)*|profile")
_OTHER_TYPES = frozenset("VideoObject SoftwareSourceCode SoftwareApplication Restaurant Hotel ProfilePage".split())
MAX_DESCRIBED = 3  # articles that one page is described as; more are a list
MIN_OPENING = 2  # words under a page's own headline: a note may have no more
MIN_LEAD = 50  # words before the first link to another article, of a page without a headline of its own
MIN_SAID = 15  # words that an article of one sentence has
MIN_OPENING_OF_LIST = 40  # the same where something speaks of a list, which may be introduced
ENOUGH = 100  # words under its own headline make an article of any page, as where the next ones follow below
WORDS_OF_POST = 150  # under a headline that leads to the same in full: no excerpt any more
MIN_EQUALS = 5  # parts that are marked as articles
MIN_TEASERS = 3
MANY_TEASERS = 5
SOME, MOST = 0.6, 0.8  # of the words that stand under headlines of others
FEW_WORDS = 150  # of its own, for a page that says nothing of itself
SHOP_WORDS = 250  # of the description of a product
MIN_PRICES = 5  # of a list of products
WORDS_PER_PRICE = 40  # of an article that compares products; a list of them has about 10
MIN_EVENTS = 3
MIN_PIECES = 20  # of a page that is all menus and labels


def kind_of(facts: PageFacts, places: Collection[AddressKind], build: Build, is_article_address: bool) -> Reason | None:
    """What a page is taken for; None for an article, and where nothing is sure. `is_article_address`: its address has a date,
    a number or a headline in it."""
    claim = _claim(facts)
    if _is_forum(facts, places, claim):
        return Reason.FORUM
    if _is_shop(facts, places, build, claim):
        return Reason.SHOP
    if _is_list(facts, places, build, claim, is_article_address):
        return Reason.FRONT
    return Reason.SERVICE if claim is Claim.NONE and _is_other(facts, places, build, is_article_address) else None


def _claim(facts: PageFacts) -> Claim:
    if 1 <= sum(_ARTICLE_TYPE.fullmatch(kind) is not None for kind in facts.linked) <= MAX_DESCRIBED:
        return Claim.DESCRIBED
    items = sum(count for kind, count in facts.items if _ARTICLE_TYPE.fullmatch(kind))
    is_said = facts.open_graph == "article" or facts.is_dated or items == 1 or _is_single(facts)
    return Claim.SAID if is_said else Claim.NONE


def _is_single(facts: PageFacts) -> bool:
    return any(_SINGLE.fullmatch(name) for name in facts.classes)


def _is_list(
    facts: PageFacts, places: Collection[AddressKind], build: Build, claim: Claim, is_article_address: bool
) -> bool:
    of_list = {AddressKind.HOME, AddressKind.LIST, AddressKind.PAGED} & set(places)
    if is_article_address and not of_list:
        return False
    has_class = bool(facts.classes & _LIST_CLASSES) and not _is_single(facts)
    is_even = build.equals >= MIN_EQUALS
    hints = len(of_list) + has_class + is_even + bool(_LIST_TYPES & set(facts.linked))
    least = min(ENOUGH, max(MIN_OPENING_OF_LIST, build.under / 4)) if hints else MIN_OPENING
    is_full = build.teasers > 0 and build.under > WORDS_OF_POST * build.teasers and not of_list
    if build.opening >= least or build.lead >= (ENOUGH if hints else MIN_LEAD) or is_full:
        return False
    share = build.under / max(1, build.under + build.own)
    if claim is Claim.NONE:
        is_thin = build.own < FEW_WORDS or share >= SOME
        return has_class or hints > 1 or (hints == 1 and is_thin) or (build.teasers >= MIN_TEASERS and share >= SOME)
    if build.teasers >= MANY_TEASERS and share >= MOST:
        return hints > 0 or claim is Claim.SAID
    return claim is Claim.SAID and share >= SOME and (hints > 1 or (hints > 0 and build.teasers >= MIN_TEASERS))


def _is_shop(facts: PageFacts, places: Collection[AddressKind], build: Build, claim: Claim) -> bool:
    if facts.open_graph.partition(":")[2].startswith("product") or facts.open_graph.startswith("product"):
        return claim < Claim.DESCRIBED
    if claim is not Claim.NONE:
        return False
    kinds = dict(facts.items)
    products = sum(kinds.get(kind, 0) + facts.linked.count(kind) for kind in _PRODUCT_TYPES)
    is_list = build.prices >= MIN_PRICES and build.own < WORDS_PER_PRICE * build.prices
    is_shops = products > 0 or AddressKind.SHOP in places or any(_SHOP_CLASS.fullmatch(name) for name in facts.classes)
    return is_list or products >= MIN_TEASERS or (is_shops and (build.own < SHOP_WORDS or build.prices >= MIN_PRICES))


def _is_forum(facts: PageFacts, places: Collection[AddressKind], claim: Claim) -> bool:
    if claim is Claim.DESCRIBED:
        return False
    is_made = bool(_FORUM_MAKERS.search(facts.generator)) or bool(facts.classes & _FORUM_CLASSES)
    is_said = AddressKind.FORUM in places or bool(_FORUM_TYPES & set(facts.linked))
    return is_made or (is_said and claim is Claim.NONE)


def _is_other(facts: PageFacts, places: Collection[AddressKind], build: Build, is_article_address: bool) -> bool:
    """Whether a page that does not call itself an article is a service's, an application's, or about something else."""
    kinds = {kind for kind, _ in facts.items} | set(facts.linked)
    is_said = _OTHER_GRAPHS.fullmatch(facts.open_graph) is not None or (
        bool(kinds & _OTHER_TYPES) and build.own < FEW_WORDS
    )
    is_object = (
        facts.open_graph == "object"
        and build.own > build.under
        and not (is_article_address and build.opening >= MIN_SAID)
    )
    is_calendar = dict(facts.items).get("Event", 0) + facts.linked.count("Event") >= MIN_EVENTS
    is_service = AddressKind.SERVICE in places and build.own < SHOP_WORDS
    is_empty = build.own == build.under == build.opening == 0 and build.pieces >= MIN_PIECES and not is_article_address
    return is_said or is_object or is_calendar or is_service or is_empty
