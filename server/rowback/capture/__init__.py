"""Getting captures: fetching pages, and the one door through which every observation goes."""
