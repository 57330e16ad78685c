"""The data: `docs/data` read and checked, and the engine that answers from it and the cost
models.
"""
