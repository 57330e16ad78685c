"""Whether the models reproduce what others published, within what each row allows."""

from collections.abc import Iterator

from hooks.data.engine import Engine
from hooks.data.rules.rule import Broken
from hooks.data.scoreboard import Score, scenario_of, scores
from hooks.formula.declaration import Row
from hooks.formula.format import format_value
from hooks.formula.quantity import Reason
from hooks.formula.reference import parse_reference
from hooks.text.problems import Problem

TABLE = "measurements"


def reproduction_problems(engine: Engine) -> list[Problem]:
    """Every published result that a formula misses by more than its row allows, that beats its
    bound, or that no number stands beside. All of them take one or two seconds.
    """
    scored = {score.row.id: score for score in scores(engine.scenario)}
    return [
        Problem(engine.catalogue.path(TABLE, id), *row.place(key), f"'{id}': {message}")
        for id, row in engine.catalogue.tables.get(TABLE, {}).items()
        if row.extra.get("kind") in ("exact", "measured")
        for key, message in (_misses(scored[id]) if id in scored else _without_number(row, engine))
    ]


def _misses(score: Score) -> Iterator[Broken]:
    """How far the formula lies from what was published, where that is too far."""
    row, unit = score.row, score.reference.unit(score.scenario.library)
    ours, theirs = (format_value(value, unit) for value in (score.bound, score.measured))
    if row.extra["kind"] == "exact":
        off, key = abs(score.bound - score.measured), "relative"
        if key in row.extra:
            allowed = score.measured * float(str(row.extra[key]).rstrip("%")) / 100
        else:
            key = "absolute"
            allowed = float(row.extra[key])
        if off > abs(allowed):
            yield (
                key,
                f"{score.reference} comes to {ours}, and {theirs} was printed: further apart than"
                f" {row.extra[key]}",
            )
        return
    low, high = row.extra["between"]
    reached = score.efficiency
    if not float(low) <= reached <= float(high):
        yield (
            "between",
            f"{theirs} is {reached:.3g} of the bound, {score.reference} = {ours}, and not between"
            f" {low} and {high}",
        )


def _without_number(row: Row, engine: Engine) -> Iterator[Broken]:
    """Why nothing stands beside a result."""
    within = scenario_of(row, engine.scenario)
    value = parse_reference(str(row.extra["expression"]), within).value(within)
    if isinstance(value, Reason):
        yield "expression", f"{row.extra['expression']} has no value here: {value.text}"
