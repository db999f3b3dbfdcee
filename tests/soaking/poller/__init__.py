"""The poller for minutes, among hosts that work and hosts that do not."""
