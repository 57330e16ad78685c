"""What a writer sees while MkDocs serves: an edit before their eye has reached the browser, and a
mistake in its place.
"""
