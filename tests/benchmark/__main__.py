"""Runs all benchmarks: `python -m tests.benchmark`."""

from tests.benchmark import capture_route, diffs, edits_route, start

if __name__ == "__main__":
    diffs.main()
    edits_route.main()
    capture_route.main()
    start.main()
