"""What a calibration must hold to: something fitted, and points that there are."""

from collections.abc import Iterator

from hooks.data.rules.rule import Broken
from hooks.formula.declaration import Cell, Choice, Row, Source, Tables, find, ids
from hooks.formula.evaluate import Scenario
from hooks.formula.library import Library
from hooks.formula.reference import parse_reference
from hooks.text.problems import Mistake, row_meant

KINDS = ("dense", "moe")
"""The models that a calibration may be for."""


def family_cells(accelerator: str, calibrations: dict[str, Row]) -> dict[str, Cell]:
    """The cells that say which calibration is there for an accelerator: one for dense models,
    one for mixtures of experts.
    """
    source = Source("docs/data/calibrations.yml", section="for", mark="fitted")
    return {
        f"{kind}_family": Cell(row.id, row.id, source, row.line)
        for row in calibrations.values()
        for kind in claimed(row, accelerator)
    }


def claimed(row: Row, accelerator: str) -> list[str]:
    """The kinds of models for which a calibration is there on an accelerator."""
    meant = row.extra.get("for")
    if not isinstance(meant, dict) or accelerator not in (meant.get("accelerators") or []):
        return []
    return [kind for kind in KINDS if kind in (meant.get("models") or KINDS)]


def calibration_faults(row: Row, tables: Tables, library: Library) -> Iterator[Broken]:
    """What is wrong with a row as a whole."""
    choice = library.names.get("calibration")
    if not row.cells and not (isinstance(choice, Choice) and row.id == choice.default):
        yield "", "says nothing: one fitted parameter at least"
    points = row.extra.get("points", [])
    if not isinstance(points, list) or not all(isinstance(point, str) for point in points):
        yield "points", "points are a list of rows of docs/data/measurements.yml"
        points = []
    for number, point in enumerate(points):
        run = find(tables, "measurements", point)
        if not run:
            yield (
                f"points.{number}",
                (
                    f"no row '{point}' in"
                    f" docs/data/measurements.yml{row_meant(point, ids(tables, 'measurements'))}"
                ),
            )
        elif run.extra.get("role") == "judge":
            yield f"points.{number}", f"'{point}' is there to judge, and nothing is fitted to it"
        if point in points[:number]:
            yield f"points.{number}", f"'{point}' stands twice among the points"
    instead = row.extra.get("instead", {})
    if not isinstance(instead, dict):
        yield (
            "instead",
            "instead maps a point or an expression to the expression that stands for it",
        )
        return
    scenario = Scenario(library, tables, {})
    for key, expression in instead.items():
        try:
            parse_reference(str(expression), scenario)
        except Mistake as mistake:
            if not mistake.cause:
                yield f"instead.{key}", mistake.message
