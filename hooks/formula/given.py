"""Values that are given instead of being looked up or computed: `layers=64`, `kv_memory=264GiB`."""

from dataclasses import replace
from math import isfinite

from hooks.formula.declaration import Choice, Constant, Field, Quantity, Setting
from hooks.formula.evaluate import Given, Scenario
from hooks.formula.format import PRINTED
from hooks.formula.units import WORD, unit
from hooks.formula.value import check_range, read_value
from hooks.text.problems import Mistake, did_you_mean, resting_on


def given_from(pairs: list[tuple[str, str]], base: Scenario) -> tuple[Scenario, list[Mistake]]:
    """The scenario with these values, each by the name of an input or a quantity, and what is wrong
    with them.
    """
    values: Given = {}
    mistakes = []
    for name, text in pairs:
        try:
            if name in values:
                raise Mistake(f"'{name}' is given twice")
            values[name] = given_value(name, text, base)
        except Mistake as mistake:
            mistakes.append(mistake)
    return base.pinned(values), mistakes


def given_value(name: str, text: str, scenario: Scenario) -> float | str:
    """A value in base units, as somebody wrote it.

    Refuses a name nobody declares, a field of the scenario, which is set and not given, a constant,
    a number out of the input's range, without its unit or in one of another kind, and a word that
    is not among the name's own.
    """
    library = scenario.library
    declared = library.names.get(name)
    if name in library.broken:
        raise resting_on(library.broken[name])
    if declared is None:
        raise Mistake(f"no name '{name}'{did_you_mean(name, library.names)}")
    if isinstance(declared, (Choice, Setting)):
        raise Mistake(f"'{name}' is a field of the scenario: set it, --scenario {name}={text}")
    if isinstance(declared, Constant):
        raise Mistake(f"'{name}' holds by definition, so it cannot be given")
    if not text:
        raise Mistake(f"'{name}' lacks a value: {name}=1")
    if isinstance(declared, Field):
        value = read_value(text, "", declared.printed)
        check_range(value, text, replace(declared, key=name))
        return value
    if declared.unit == WORD:
        if isinstance(declared, Quantity) and declared.picks:
            raise Mistake(f"'{name}' picks a row, so it cannot be given: set '{declared.picks}'")
        words = declared.words if isinstance(declared, Quantity) else {}
        if text not in words:
            raise Mistake(f"'{name}' is one of {', '.join(words)}, not '{text}'")
        return text
    value = read_value(text, "", declared.unit.measured_part())
    if not isinstance(value, float) or not isfinite(value) or value < 0:
        raise Mistake(f"'{name}' is a number of at least 0, not {text}")
    match = PRINTED.match(text)
    if match and not match[2]:
        return value * float(unit(str(declared.unit)).factor)
    return value
