"""Operators: what each holds, reads and multiplies adds up to the totals that other pages use."""

import pytest

from tests.engine import HOME, tables

OPERATORS = list(tables()["operators"])
MODELS = list(tables()["models"])
