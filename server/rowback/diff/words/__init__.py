"""What changed inside one block: two texts in, runs of equal, deleted and inserted words out."""
