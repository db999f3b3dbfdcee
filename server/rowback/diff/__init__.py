"""The diff engine: from an article's versions to its edits. Pure: no I/O, no clock.

Four wings; each imports only those below it:

telling   history ─ edits, passing, returns, moments    what differs, came and went, came back, and when
          markup, excerpt, step, table                  how that is written down
blocks    carry ─ align ─ similarity, joins             which block became which, through all versions
labels    rules ─ lexicon, figures, names, quotes, slips    what a change touches
words     compare ─ tokens, untangle, tidy; fixed_points    what changed inside a block
"""
