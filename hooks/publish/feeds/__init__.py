"""What leaves the site for readers without its pages: Markdown copies, llms.txt, Atom, sitemaps,
structured data. Knows no MkDocs.
"""
