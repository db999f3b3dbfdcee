"""Stories with known edits, and what a reader must then see. Every story has a site of its own name."""

from __future__ import annotations

from dataclasses import dataclass

from .story import Story, Text

TITLE = "Council closes the old harbour bridge"
COST = "The council will spend {} million crowns on repairs to the harbour bridge, it said on Monday."
RUST = (
    "Engineers found rust in the main girders during a routine inspection last spring, and said that the bridge was "
    "safe for walkers only."
)
BUSES = "Buses will take the northern road until the work is done, and drivers should expect delays in the mornings."
MAYOR = "The mayor, who had opposed the plan from the start, was not available for comment."

ARABIC = "قال المجلس إن إصلاح جسر الميناء القديم سيكلف {} ملايين دينار، وإن العمل سيبدأ في الربيع المقبل."
ARABIC_REST = "وستسلك الحافلات الطريق الشمالي إلى أن ينتهي العمل، كما قال متحدث باسم البلدية يوم الاثنين."
JAPANESE = "市は月曜日、旧港橋の修理に{}億円を使うと発表した。工事は来年の春に始まる予定だという。"
JAPANESE_REST = "工事が終わるまで、バスは北の道を通る。朝は道が混むと市の担当者は話している。"

GONE_MARKUP = 'The notice read <script>window.hit=1</script><img src=x onerror="window.hit=2"> to whoever opened it.'
NEW_MARKUP = (
    'Since then it has said </p></article><svg onload="window.hit=3">&amp; \u202egnorw yaw eht\u202c, we were told.'
)


@dataclass(frozen=True)
class Case:
    """`marked` are the words painted as changed or inserted; `deleted` what the cards show as gone, in page order."""

    name: str
    story: Story
    marked: tuple[str, ...]
    deleted: tuple[str, ...]
    edits: int = 1


def story(name: str, *versions: tuple[str, ...], lang: str = "en", direction: str = "ltr") -> Story:
    """Each version: its title, then its paragraphs."""
    texts = tuple(Text(title, paragraphs) for title, *rest in versions for paragraphs in [tuple(rest)])
    return Story(f"https://{name}.lantern-post.test/2026/{name}", texts, lang, direction)


FIGURE = story(
    "figure", (TITLE, COST.format("four"), RUST, BUSES), (TITLE, COST.format("nine"), RUST, BUSES)
)  # a figure that changed without a word

CASES = (
    Case("a changed figure", FIGURE, ("nine",), ("four",)),
    Case(
        "an inserted paragraph",
        story("inserted", (TITLE, COST.format("four"), RUST, BUSES), (TITLE, COST.format("four"), RUST, BUSES, MAYOR)),
        (MAYOR,),
        (),
    ),
    Case(
        "a deleted paragraph",
        story("deleted", (TITLE, COST.format("four"), RUST, BUSES), (TITLE, COST.format("four"), BUSES)),
        (),
        (RUST,),
    ),
    Case(
        "a changed headline",
        story(
            "headline",
            ("Council ponders the old harbour bridge", COST.format("four"), RUST),
            ("Council closes the old harbour bridge", COST.format("four"), RUST),
        ),
        ("closes",),
        ("ponders",),
    ),
    Case(
        "two edits",
        story(
            "two",
            (TITLE, COST.format("four"), RUST, BUSES),
            (TITLE, COST.format("nine"), RUST, BUSES.replace("northern", "southern")),
        ),
        ("nine", "southern"),
        ("four", "northern"),
        edits=2,
    ),
    Case(
        "text from right to left",
        story(
            "arabic",
            ("المجلس يغلق جسر الميناء", ARABIC.format("أربعة"), ARABIC_REST),
            ("المجلس يغلق جسر الميناء", ARABIC.format("تسعة"), ARABIC_REST),
            lang="ar",
            direction="rtl",
        ),
        ("تسعة",),
        ("أربعة",),
    ),
    Case(
        "text without spaces",
        story(
            "japanese",
            ("市、旧港橋を閉鎖へ", JAPANESE.format("四"), JAPANESE_REST),
            ("市、旧港橋を閉鎖へ", JAPANESE.format("九"), JAPANESE_REST),
            lang="ja",
        ),
        ("九億",),
        ("四億",),
    ),
    Case(
        "text that looks like markup",
        story(
            "markup",
            (TITLE, GONE_MARKUP, COST.format("four"), RUST),
            (TITLE, COST.format("four"), RUST, NEW_MARKUP),
        ),
        (NEW_MARKUP,),
        (GONE_MARKUP,),
        edits=2,
    ),
)

WORDINGS = story(
    "wordings",
    (TITLE, COST.format("four"), RUST, BUSES),
    (TITLE, COST.format("six"), RUST, BUSES),
    (TITLE, COST.format("nine"), RUST, BUSES, MAYOR),
)
NEVER_EDITED = story("never-edited", (TITLE, COST.format("four"), RUST, BUSES))
UNKNOWN = story("unknown", (TITLE, COST.format("four"), RUST, BUSES))
