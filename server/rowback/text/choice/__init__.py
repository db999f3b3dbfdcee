"""Which of a page's pieces are the article."""
