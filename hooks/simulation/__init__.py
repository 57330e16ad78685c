"""The simulation: one serving engine, iteration by iteration, on the machine that the cost models
describe.
"""
