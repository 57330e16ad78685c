"""Pages: Markdown in, Markdown out, with every number, table, figure and claim filled."""
