"""The command line: `python -m hooks 'decode_step(batch=32):ms' --scenario model=llama-3.1-8b`."""

import argparse
import json
import sys
from math import isfinite
from pathlib import Path

from hooks.data.engine import Engine
from hooks.formula.evaluate import Scenario
from hooks.formula.given import given_from
from hooks.formula.quantity import Reason
from hooks.formula.reference import Reference, parse_reference, scenario_from
from hooks.page.floors import FAMILY, Expected, expected
from hooks.text.command import run
from hooks.text.problems import Mistake, Problem, folded

OK, IMPOSSIBLE, WRONG = 0, 1, 2


def main(arguments: list[str] | None = None) -> int:
    """Answer on standard output; problems go to standard error.

    Returns 0 for a number, 1 when the scenario makes one impossible, 2 when the question or a file
    is wrong.
    """
    options = _options(arguments)
    engine = Engine(data=tuple(options.data))
    if options.names:
        _tell(engine.problems, [])
        return _names(engine)
    pairs = _pairs(options.scenario)
    scenario, mistakes = scenario_from(dict(pairs), engine.scenario)
    names = [name for name, _ in pairs]
    mistakes += [
        Mistake(f"'{name}' is set twice") for name in dict.fromkeys(names) if names.count(name) > 1
    ]
    scenario, wrong = given_from(_pairs(options.given), scenario)
    mistakes += wrong
    try:
        texts = _expressions(options)
    except (OSError, ValueError) as error:
        mistakes.append(Mistake(f"{options.expressions}: {error}"))
        texts = []
    references = []
    for text in texts:
        try:
            references.append((text, parse_reference(text.strip().strip("{}"), scenario)))
        except Mistake as mistake:
            mistakes.append(Mistake(f"{text}: {mistake.message}", cause=mistake.cause))
    _tell(engine.problems, mistakes)
    if mistakes or engine.problems:
        return WRONG
    return _answer(references, scenario, options)


def _pairs(texts: list[str]) -> list[tuple[str, str]]:
    """Names with values, as `a=1,b=2` lists them; spaces around them do not count."""
    parts = [part for text in texts for part in text.split(",") if part.strip()]
    found = [part.partition("=")[::2] for part in parts]
    return [(name.strip(), value.strip()) for name, value in found]


def _tell(problems: list[Problem], mistakes: list[Mistake]) -> None:
    """Say what is wrong: in files first, with how much of what was asked rests on it, then in what
    was asked.
    """
    asked = [Problem("python -m hooks", 0, 0, wrong.message, wrong.cause) for wrong in mistakes]
    resting = [problem for problem in asked if problem.cause]
    for line in folded([*problems, *resting]):
        print(line, file=sys.stderr)
    for problem in asked:
        if not problem.cause:
            print(problem, file=sys.stderr)


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m hooks", description="Ask the cost models for a number."
    )
    parser.add_argument(
        "expression",
        nargs="*",
        help="a quantity, as in a page: decode_step(batch=32):ms, or a ratio of two",
    )
    parser.add_argument(
        "--scenario",
        action="append",
        default=[],
        metavar="FIELD=VALUE[,…]",
        help="set scenario fields: model=llama-3.1-8b,chips=1",
    )
    parser.add_argument(
        "--given",
        action="append",
        default=[],
        metavar="NAME=VALUE[,…]",
        help="give an input or a quantity instead of looking it up: layers=64,kv_memory=264GiB",
    )
    parser.add_argument(
        "--work", action="store_true", help="print how the number comes about, down to the sources"
    )
    parser.add_argument("--json", action="store_true", help="print a list of results in base units")
    parser.add_argument(
        "--expressions", metavar="FILE", help="one expression a line; '-' for standard input"
    )
    parser.add_argument(
        "--data",
        action="append",
        default=[],
        type=Path,
        metavar="DIR",
        help="read further catalogue files",
    )
    parser.add_argument(
        "--names", action="store_true", help="list every name with its unit, and leave"
    )
    parser.add_argument("--language", choices=("en", "zh"), default="en")
    options = parser.parse_args(arguments)
    if options.names:
        return options
    if not options.expression and not options.expressions:
        parser.error("name a quantity, or a file of them with --expressions")
    for folder in options.data:
        if not folder.is_dir():
            parser.error(f"--data {folder}: no such folder")
    return options


def _names(engine: Engine) -> int:
    for name, declaration in engine.library.names.items():
        print(f"{name:32} {declaration.unit!s:18} {declaration.label} / {declaration.zh}")
    return WRONG if engine.problems else OK


def _expressions(options: argparse.Namespace) -> list[str]:
    if not options.expressions:
        return list(options.expression)
    text = (
        sys.stdin.read()
        if options.expressions == "-"
        else Path(options.expressions).read_text("utf-8-sig")
    )
    lines = [line.strip() for line in text.splitlines()]
    return [*options.expression, *(line for line in lines if line and not line.startswith("#"))]


def _answer(
    references: list[tuple[str, Reference]], scenario: Scenario, options: argparse.Namespace
) -> int:
    from hooks.formula.derivation import outline

    status = OK
    results = []
    for text, reference in references:
        value = reference.value(scenario)
        status = IMPOSSIBLE if isinstance(value, Reason) else status
        beside = expected(reference, scenario)
        results.append(
            {"expression": text, **_result(reference, value, scenario, options.language)}
            | ({"expected": _beside(beside, scenario, options.language)} if beside else {})
        )
        if not options.json:
            print(reference.text(scenario, options.language))
            if beside:
                print(f"  {beside.text(scenario, options.language)}")
        if options.work and not options.json:
            for term in reference.terms():
                print(outline(term.name, term.pinned_in(scenario), options.language))
    if options.json:
        print(json.dumps(results, ensure_ascii=False, indent=2))
    return status


def _beside(beside: Expected, scenario: Scenario, language: str) -> dict[str, object]:
    """What to expect, its interval, and the calibration that it rests on."""
    result = _result(beside.reference, beside.value, scenario, language)
    if isinstance(beside.value, Reason):
        return result
    ends = {"between": [end.value(scenario) for end in beside.ends]} if beside.ends else {}
    return result | ends | {"calibration": beside.reference.top.pinned_in(scenario)[FAMILY]}


def _result(
    reference: Reference, value: object, scenario: Scenario, language: str
) -> dict[str, object]:
    unit = reference.unit(scenario.library)
    base = str(type(unit)(unit.factor, unit.powers))
    if isinstance(value, Reason):
        return {"value": None, "unit": base, "reason": value.zh if language == "zh" else value.text}
    if isinstance(value, float) and not isfinite(value):
        return {"value": None, "unit": base, "reason": "太大" if language == "zh" else "too large"}
    return {"value": value, "unit": base, "text": reference.text(scenario, language)}  # type: ignore[arg-type]


if __name__ == "__main__":
    run(main)
