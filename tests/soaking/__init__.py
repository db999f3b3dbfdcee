"""The long checks, run by hand with `tests/soak`: what shows only after thousands of requests, kills or versions.

Every part is real: `rowback` processes, database files, HTTP over loopback. `tests/server/test_soak.py` runs each check in
its smallest size, so that the code stays alive.
"""
