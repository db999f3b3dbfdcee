"""Which block of one version became which block of another, and of all that follow."""
