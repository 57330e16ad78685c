"""Words of the field and works that pages cite: read from data, marked in essays, listed with every
place that uses them.
"""
