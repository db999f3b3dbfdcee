"""The diff engine: from an article's versions to its edits. Pure: no I/O, no clock.

history ─ carry ─ align ─ similarity      which block became which, through all versions
        └ markup ─ words                  what changed inside a block
        └ labels                          what the change touches
"""
