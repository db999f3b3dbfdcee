"""`kill -9` of the poller while it sends: every edit must be told, and what comes twice under one key."""
