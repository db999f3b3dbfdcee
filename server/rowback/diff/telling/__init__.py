"""An article's history told: its edits with markup, labels and earlier wordings, for one step or for all versions."""
