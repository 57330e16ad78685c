"""The real cost models and data, read once for all tests."""

from hooks.data.engine import Engine

ENGINE = Engine()
