"""What a build leaves for the next one: records of pages and drawings as plain data, and whether
the site is unchanged.
"""
