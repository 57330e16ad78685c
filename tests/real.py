"""The real cost models and data, read once for all tests."""

from hooks.engine import Engine

ENGINE = Engine()
