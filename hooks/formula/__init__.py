"""The formula engine: reads quantities and gives their values, units, printed formulas and texts.
Knows no LLM.
"""
