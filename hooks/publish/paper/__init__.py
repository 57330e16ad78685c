"""Books made from a built site: the whole series as one PDF and one EPUB per language. Knows no
Markdown and no formula.
"""
