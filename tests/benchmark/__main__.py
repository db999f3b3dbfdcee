"""Runs all benchmarks: `python -m tests.benchmark`."""

from tests.benchmark import diffs, edits_route

if __name__ == "__main__":
    diffs.main()
    edits_route.main()
