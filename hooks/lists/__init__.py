"""Lists that pages show in place of comments: each is a function with `@page_list` in one of these files."""
