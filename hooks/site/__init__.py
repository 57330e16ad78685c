"""From sources to a site in one language: the project, one record a page, and the files made of all
records. `events.py` and `mkdocs_parts.py` know MkDocs, and no other file here.
"""
