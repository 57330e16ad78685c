"""Tools that people run, and no build: configurations as rows, the fit of the calibrations, the
numbers that a change moves.
"""

import hooks.lists  # noqa: F401  # a tool that reads pages knows the lists that they ask for
