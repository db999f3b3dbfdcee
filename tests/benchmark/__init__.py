"""Measures speed, as ratios to a reference in the same run. Run by hand: no test asserts a time."""
