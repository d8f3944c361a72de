"""The knowledge base holds what we know: articles, their search and their rendering."""
