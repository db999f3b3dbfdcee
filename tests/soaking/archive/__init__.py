"""A real pywb serves copies of an article, and `rowback backfill` reads them."""
