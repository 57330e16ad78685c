"""Scenarios at random, and what Python makes of them: the browser's twin must say the same, bit for bit."""

import json
import random
from pathlib import Path

from hooks.formula.declaration import Choice, Quantity
from hooks.formula.evaluate import Given, Scenario
from hooks.formula.format import Language
from hooks.formula.quantity import Reason
from hooks.live.twin import CORE, script, twin
from tests.real import ENGINE

PARTLY = ("measurements", "price_cards", "calibrations")
"""Tables that a page takes in part; a reader never chooses from them."""


def full_script(language: Language, files: tuple[str, ...] = (*CORE, "api")) -> str:
    """A script with every formula and every row."""
    return script(twin(ENGINE.library, ENGINE.catalogue.tables, ENGINE.library.names, {}, language), files, language)


def random_given(chance: random.Random) -> Given:
    """Some fields set: to any row, or to a number within bounds, the edges of what is possible more often than not."""
    given: Given = {}
    for name, field in ENGINE.library.fields_of_scenario.items():
        if chance.random() < 0.45:
            continue
        if isinstance(field, Choice):
            given[name] = chance.choice(list(ENGINE.catalogue.tables[field.table]))
            continue
        low, high = field.low, field.high if field.high is not None else max(field.low, field.default, 1.0) * 10 ** chance.uniform(0, 7)
        value = chance.choice([low, high, field.default, low + (high - low) * chance.random(), 2.0 ** chance.randrange(0, 21)])
        value = min(max(value, low), high)
        given[name] = float(round(value)) if field.whole else value
    return given


def expected(given: Given, language: Language) -> list[tuple[float | str, str]]:
    """Every name's value and text in a scenario; a reason's value is its text."""
    scenario = Scenario(ENGINE.library, ENGINE.catalogue.tables, given)
    results = []
    for name in ENGINE.library.names:
        value = scenario[name]
        results.append(((value.zh if language == "zh" else value.text) if isinstance(value, Reason) else value, scenario.text(name, "", language)))
    return results


COMPARE = """(cases) => {
  const wrong = [];
  for (const [given, results] of cases) {
    const scenario = new live.Scenario(given);
    NAMES.forEach((name, at) => {
      const [value, text] = results[at], found = scenario.value(name), plain = found instanceof live.Reason ? found.text : found;
      if (!Object.is(plain, value)) wrong.push([name, given, value, plain]);
      const said = scenario.text(name);
      if (said !== text) wrong.push([name, given, text, said]);
    });
  }
  return wrong.slice(0, 20);
}"""


def compare() -> str:
    """A function of the browser that takes cases and gives what differs."""
    return COMPARE.replace("NAMES", json.dumps(list(ENGINE.library.names)))


def cases(count: int, seed: int, language: Language) -> list[tuple[Given, list[tuple[float | str, str]]]]:
    """So many scenarios with what is expected of them."""
    chance = random.Random(seed)
    return [(given, expected(given, language)) for given in (random_given(chance) for _ in range(count))]
