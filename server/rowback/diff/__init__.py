"""The diff engine: from an article's versions to its edits. Pure: no I/O, no clock.

Four wings; each imports only those below it:

telling   history ─ edits, between, passing, returns, announced     what differs, came and went, came back, and when
          step, table ─ edits, excerpt, markup                      how that is written down
blocks    carry ─ comparison ─ align, segments; similarity, joins   which block became which, through all versions
labels    rules ─ lexicon, figures, names, quotes, slips            what a change touches
words     compare ─ tokens, untangle, tidy; fixed_points            what changed inside a block

A `Comparison` aligns two versions once and compares the words of each difference once. A step and a table are told of one;
a history is told of those that the lineage holds for neighbours, and of one for the two versions that are asked about.
"""
