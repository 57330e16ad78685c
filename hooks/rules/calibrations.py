"""What a calibration must hold to: something fitted, and points that there are."""

from collections.abc import Iterator

from hooks.formula.declaration import Row, Tables, find, ids
from hooks.formula.evaluate import Scenario
from hooks.formula.library import Library
from hooks.page.reference import parse
from hooks.problems import Mistake, row_meant
from hooks.rules.rule import Broken


def broken(row: Row, tables: Tables, library: Library) -> Iterator[Broken]:
    """What is wrong with a row as a whole."""
    if not row.cells:
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
                f"no row '{point}' in docs/data/measurements.yml{row_meant(point, ids(tables, 'measurements'))}",
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
            parse(str(expression), scenario)
        except Mistake as mistake:
            if not mistake.cause:
                yield f"instead.{key}", mistake.message
