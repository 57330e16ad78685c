"""Tools that people run, and no build: configurations as rows, the fit of the calibrations, the
numbers that a change moves.
"""
