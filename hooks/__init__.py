"""The engine behind the pages: cost models in, numbers, tables, figures and their derivations
out.
"""
