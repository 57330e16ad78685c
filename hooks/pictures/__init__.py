"""Pictures: what a chart shows in a scenario, and the drawing of it, kept until something it shows
changes.
"""
