"""Share cards: what a messenger or a network shows of a page when somebody passes its address on.
Knows no MkDocs, no Markdown.
"""
