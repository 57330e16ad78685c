"""The live page: the same formulas and numbers in the reader's browser, and what the reader does
with them.
"""
