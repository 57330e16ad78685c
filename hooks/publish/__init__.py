"""What is made of compiled pages for other readers: feeds, the search index, share cards, books."""
