"""The real cost models and data, read once for all tests."""

from hooks.data.engine import Engine
from hooks.formula.evaluate import Scenario

ENGINE = Engine()


def pinned(**given: float | str) -> Scenario:
    """The series' running scenario, Llama 3.1 70B in FP8 on two H100s at 8,192 tokens, but for what is given."""
    return ENGINE.scenario.pinned(
        {name: value if isinstance(value, str) else float(value) for name, value in given.items()}
    )
