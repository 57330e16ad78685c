"""From sources to a site in one language: the project, one record a page, and the files made of all
records. Knows no MkDocs.
"""
