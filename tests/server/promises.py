"""What `GET /api/v1/edits` promises of the edits between two versions, as checks that fail where a promise is broken.

`old` and `new` are the texts of the two versions' blocks, the headline first. Whoever hands them over may have them from the
diff itself or from a backend's answers (`edit_of`).
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING, Any

from rowback.model import BLOCK_KINDS
from rowback.text.normalize import comparable
from rowback.told import Anchor, Edit, EditKind, Happening, Moment, Times, Wording

from . import markup_sides as markup

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    Texts = list[str]

# The kinds whose markup has text on the older side, and on the newer one.
HAVE_OLD = set(EditKind) - {EditKind.INSERT}
HAVE_NEW = set(EditKind) - {EditKind.DELETE}


def edit_of(told: Mapping[str, Any]) -> Edit:
    """An edit as the API tells it."""
    return Edit(
        id=told["id"],
        kind=EditKind(told["kind"]),
        block_kind=told["block"]["kind"],
        index=told["block"]["index"],
        anchor=Anchor(**told["anchor"]),
        markup=told["markup"],
        wordings=tuple(_wording_of(each) for each in told["wordings"]),
        labels=tuple(told["labels"]),
        minor=told["minor"],
        moved_from=told["moved_from"],
        changed_in=told["changed_in"],
        times=tuple(_times_of(each) for each in told["times"]),
    )


def _times_of(told: Mapping[str, Any]) -> Times:
    first, last = (
        Moment(at["version"], datetime.fromisoformat(at["after"]), datetime.fromisoformat(at["seen_at"]))
        for at in (told["first"], told["last"])
    )
    return Times(Happening(told["what"]), told["count"], first, last)


def _wording_of(told: Mapping[str, Any]) -> Wording:
    instants = {name: datetime.fromisoformat(told[name]) for name in ("seen_at", "last_seen_at")}
    return Wording(version=told["version"], last_version=told["last_version"], text=told["text"], **instants)


def joined(edit: Edit) -> tuple[str, str]:
    """The texts of both sides of an edit's markup."""
    sides = markup.read(edit.markup)
    return "".join(side.old for side in sides), "".join(side.new for side in sides)


def markup_gives_both_sides(edits: Sequence[Edit], old: Texts, new: Texts) -> None:
    """Without `ins` the markup is a block of the older version, without `del` one of the newer, exactly."""
    for edit in edits:
        sides = markup.read(edit.markup)
        old_text, new_text = joined(edit)
        assert bool(old_text) is (edit.kind in HAVE_OLD)
        assert bool(new_text) is (edit.kind in HAVE_NEW)
        if edit.kind in HAVE_NEW:
            assert [side.new for side in sides] == new[edit.index : edit.index + len(sides)]
        if edit.kind in HAVE_OLD:
            assert _runs(old_text, old), f"{old_text!r} is no block of the older version"
        if edit.kind is EditKind.DELETE:
            assert old_text == old[edit.index]


def every_difference_is_told(edits: Sequence[Edit], old: Texts, new: Texts) -> None:
    """Every block that differs is in some edit. A headline that is empty is no text to speak of."""
    pairs = [joined(edit) for edit in edits]
    old, new = [text for text in old if text], [text for text in new if text]
    left_old, left_new = _left(old, [one for one, _ in pairs]), _left(new, [other for _, other in pairs])
    assert Counter(left_old) == Counter(left_new)
    if _is_unmistakable(old, [one for one, _ in pairs]) and _is_unmistakable(new, [other for _, other in pairs]):
        assert left_old == left_new, "blocks changed places, and no edit says so"


def unchanged_words_are_shown_once(edits: Sequence[Edit]) -> None:
    """No `del` says the same as the `ins` beside it."""
    for edit in edits:
        for gone, come in re.findall(r"<del>([^<]*)</del><ins>([^<]*)</ins>", edit.markup):
            assert gone != come


def anchors_stand(edits: Sequence[Edit], new: Texts) -> None:
    """An anchor is the text on the page, and what stands around it."""
    for edit in edits:
        anchor = edit.anchor
        if edit.kind is EditKind.DELETE:
            assert anchor.near in ("before", "after")
            assert anchor.exact in new
        else:
            assert anchor.near is None
            assert anchor.exact == joined(edit)[1]
        assert _stands(anchor, new)


def are_well_formed(edits: Sequence[Edit]) -> None:
    """Ids are different; kinds, moves and labels are as they are described."""
    assert len({edit.id for edit in edits}) == len(edits)
    for edit in edits:
        assert edit.block_kind in BLOCK_KINDS
        assert (edit.moved_from is not None) is (edit.kind is EditKind.MOVE)
        assert len(markup.read(edit.markup)) == 1 or edit.kind is EditKind.SPLIT
        assert len(set(edit.labels)) == len(edit.labels)


def wordings_stood(edits: Sequence[Edit], texts: Sequence[Collection[str]], last: int, to: int) -> None:
    """Wordings stood in the versions they name, up to `last`; `texts` are the `comparable` ones of each version."""
    for edit in edits:
        assert [wording.version for wording in edit.wordings] == sorted(wording.version for wording in edit.wordings)
        for wording in edit.wordings:
            assert wording.version <= wording.last_version <= last
            assert not wording.version <= to <= wording.last_version, "what stands there now is no earlier wording"
            for number in range(wording.version, wording.last_version + 1):
                assert comparable(wording.text) in texts[number]


def older_texts_are_wordings(edits: Sequence[Edit]) -> None:
    """An edited block has its older text among its wordings."""
    for edit in edits:
        if edit.kind in (EditKind.CHANGE, EditKind.DELETE):
            assert comparable(joined(edit)[0]) in {comparable(wording.text) for wording in edit.wordings}


def _runs(text: str, blocks: Texts) -> list[tuple[int, int]]:
    """Runs of neighbouring blocks (first, behind the last) that say a text when joined."""
    found = []
    for first in range(len(blocks)):
        so_far = 0
        for behind in range(first + 1, len(blocks) + 1):
            if not text.startswith(blocks[behind - 1], so_far):
                break
            so_far += len(blocks[behind - 1])
            if so_far == len(text):
                found.append((first, behind))
    return found


def _left(texts: Texts, edited: Texts) -> Texts:
    """The texts (comparable) that no edit speaks of. Edits of several blocks find theirs first."""
    free: list[str | None] = list(texts)
    for text in sorted(filter(None, edited), key=lambda text: min(b - a for a, b in _runs(text, texts)), reverse=True):
        for first, behind in _runs(text, texts):
            if None not in free[first:behind]:
                free[first:behind] = [None] * (behind - first)
                break
        else:
            raise AssertionError(f"two edits speak of the same block: {text!r}")
    return [comparable(text) for text in free if text is not None]


def _is_unmistakable(texts: Texts, edited: Texts) -> bool:
    """Whether there is but one way to say which blocks the edits are about."""
    different = {comparable(text) for text in texts}
    return len(different) == len(texts) and all(len(_runs(text, texts)) == 1 for text in edited if text)


def _stands(anchor: Anchor, texts: Texts) -> bool:
    """Whether the texts around a quote are those of the blocks around it."""
    for first, behind in _runs(anchor.exact, texts):
        before = texts[first - 1] if first else ""
        after = texts[behind] if behind < len(texts) else ""
        if before.endswith(anchor.prefix) and after.startswith(anchor.suffix):
            return True
    return False
