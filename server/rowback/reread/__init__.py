"""Stored texts as newer reading rules would have read them: what is an edit of the page, and what only another reading."""
