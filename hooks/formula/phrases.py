"""A scenario in words: which of its fields are worth telling, and how each is told.

hooks/live/browser/scenario.js does the same for a reader's scenario.
"""

from collections.abc import Collection

from hooks.formula.declaration import Choice, ScenarioField
from hooks.formula.evaluate import Scenario
from hooks.formula.quantity import Reason
from hooks.formula.template import fill_template
from hooks.text.languages import Language

BETWEEN = " · "
"""What parts the phrases of a scenario: names of prices and of measurements have commas."""


def worth_telling(names: Collection[str], scenario: Scenario) -> list[str]:
    """Of the fields on which something rests those that are worth telling, in their order: what is
    always told or not as usual, unless it means nothing in this scenario.
    """
    fields = scenario.library.fields_of_scenario
    return [
        name
        for name, field in fields.items()
        if name in names
        and (field.always or scenario.setting(name) != field.default)
        and not _means_nothing(field, names, scenario)
    ]


def _means_nothing(field: ScenarioField, names: Collection[str], scenario: Scenario) -> bool:
    """Whether a field waits for a name that has no value here. Where that also hangs on fields that
    are not among `names`, as on the models of a table's rows, nobody knows.
    """
    library = scenario.library
    if field.where not in library.names or not library.depends_on(field.where) <= set(names):
        return False
    value = scenario[field.where]
    return not isinstance(value, Reason) and not value


def phrase(name: str, scenario: Scenario, language: Language) -> str:
    """A field, or a value that is given, in words: `weights in FP8`, `Batch 32`, `H100 SXM`."""
    declaration, text = scenario.library.names[name], scenario.text(name, "", language)
    if isinstance(declaration, ScenarioField) and (template := declaration.template(language)):
        return fill_template(template, lambda *_: text)
    return text if isinstance(declaration, Choice) else f"{declaration.title(language)} {text}"


def in_order(names: Collection[str], scenario: Scenario) -> list[str]:
    """Names in the order in which a scenario is told: its fields, then what else is given."""
    fields = [name for name in scenario.library.fields_of_scenario if name in names]
    return fields + sorted(set(names) - set(fields))
