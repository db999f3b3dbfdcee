"""Many clients at once, for minutes, with the poller at work beside them."""
