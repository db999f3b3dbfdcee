"""The diff engine: from an article's versions to its edits. Pure: no I/O, no clock.

history ─ carry ─ align ─ anchors, similarity, joins     which block became which, through all versions
        ├ edits, passing, returns, moments               what differs, came and went, came back, and when
        ├ markup ─ words ─ tokens, untangle, tidy        what changed inside a block
        └ labels ─ lexicon, figures, names, quotes, slips    what the change touches
"""
