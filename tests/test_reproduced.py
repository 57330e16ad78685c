"""What the build says of published results that the models do not reproduce."""

from copy import copy

import pytest

from hooks.data.catalogue import Catalogue
from hooks.data.engine import Engine
from hooks.data.reproduced import reproduction_problems
from hooks.formula.evaluate import Scenario
from tests.real import ENGINE
from tests.rows_of_data import EXACT, MEASUREMENT, text

RUN = MEASUREMENT | {
    "scenario": "{model: llama-2-7b, accelerator: a100-80-sxm, chips: 1, precision: bf16, context: 105}"
}


def told(row: dict[str, str], **changes: str) -> list[str]:
    """What is said of one published result beside the real models and chips."""
    engine: Engine = copy(ENGINE)
    files = [
        (
            f"docs/data/{name}.yml",
            (ENGINE.root / "docs" / "data" / f"{name}.yml").read_text("utf-8"),
        )
        for name in ("models", "accelerators", "precisions")
    ]
    engine.catalogue = Catalogue(
        ENGINE.library, [*files, ("m.yml", ""), ("measurements.yml", text(row, dict(changes)))]
    )
    engine.scenario = Scenario(ENGINE.library, engine.catalogue.tables, {})
    return [str(problem).replace("\u202f", " ") for problem in reproduction_problems(engine)]


@pytest.mark.parametrize(
    ("row", "changes", "problems"),
    [
        (RUN, {}, []),
        (RUN, {"speed": "204.9 token/s"}, ["measurements.yml:7:12: 'row': 205 tokens/s is 1.39 of the bound, user_speed = 147 tokens/s, and not between 0.6 and 0.75"]),
        (RUN, {"between": "[0.72, 0.75]"}, ["measurements.yml:7:12: 'row': 105 tokens/s is 0.713 of the bound, user_speed = 147 tokens/s, and not between 0.72 and 0.75"]),
        (RUN, {"scenario": "{model: llama-2-7b, accelerator: a100-80-sxm, chips: 1, precision: nvfp4}"}, ["measurements.yml:4:15: 'row': user_speed has no value here: A100 80GB SXM has no FP4 rate"]),
        (EXACT, {}, []),
        (EXACT, {"params": "6.84 billion"}, ["measurements.yml:7:13: 'row': params comes to 6.74 billion, and 6.84 billion was printed: further apart than 0.1%"]),
    ],
)  # fmt: skip
def test_a_result_lies_where_its_row_says(
    row: dict[str, str], changes: dict[str, str], problems: list[str]
) -> None:
    """A run within its share of the bound, arithmetic within its tolerance; at the value that allows it."""
    assert told(row, **changes) == problems


def test_the_real_results_are_reproduced() -> None:
    """All of them, so that the strict build passes."""
    assert reproduction_problems(ENGINE) == []
