"""Scenarios, references, claims and numbers at random, and what Python makes of them: the browser's twin must say the same, bit for bit."""

import json
import math
import random
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from itertools import chain, islice, product
from pathlib import Path
from typing import Any

from hooks.formula.declaration import Choice, Field, Quantity, Setting, Tables
from hooks.formula.dimensions import shows
from hooks.formula.evaluate import Given, Scenario, Value
from hooks.formula.format import WORDS, format_value
from hooks.formula.library import Library, closure
from hooks.formula.phrases import BETWEEN, phrase, worth_telling
from hooks.formula.quantity import Reason
from hooks.formula.reference import PinnedName, Reference, in_run, parse_reference
from hooks.formula.units import PREFIXES, WORD, unit
from hooks.live.bundle import CORE, models_object, script
from hooks.page.claim import OPERATORS, Claim, Side
from hooks.text.languages import Language
from hooks.text.problems import Mistake
from tests.real import ENGINE

BROWSER = (Path(__file__).parent / "twins.js").read_text("utf-8")
"""The browser's half: a script that defines `twins`."""


@dataclass(frozen=True)
class World:
    """A library and the tables that it reads: the real ones, or some that are made up."""

    library: Library
    tables: Tables

    def scenario(self, given: Given) -> Scenario:
        """A scenario of this world."""
        return Scenario(self.library, self.tables, given)

    def script(self, language: Language, files: tuple[str, ...] = (*CORE, "api")) -> str:
        """A script with every formula and every row."""
        return script(
            models_object(self.library, self.tables, self.library.names, language),
            files,
            language,
        )


REAL = World(ENGINE.library, ENGINE.catalogue.tables)


def full_script(language: Language, files: tuple[str, ...] = (*CORE, "api")) -> str:
    """A script with every formula and every row."""
    return REAL.script(language, files)


# Scenarios


def random_given(chance: random.Random) -> Given:
    """Some fields set: to any row, or to a number within bounds, the edges of what is possible more often than not."""
    return {
        name: random_value(field, chance)
        for name, field in REAL.library.fields_of_scenario.items()
        if chance.random() >= 0.45
    }


WIDE = 1000
"""A setting that may be larger than this is tried at sizes of every order, and far beyond its range."""


def random_value(field: Choice | Setting, chance: random.Random) -> float | str:
    """A row of a choice's table, or a number within a setting's bounds."""
    if isinstance(field, Choice):
        return chance.choice(list(REAL.tables[field.table]))
    low, high = field.low, field.high
    if high is None or high > WIDE:
        far = max(field.low, field.default, 1.0) * 10 ** chance.uniform(0, 7)
        high = far if high is None else min(far, high)
    value = chance.choice(
        [
            low,
            high,
            field.default,
            low + (high - low) * chance.random(),
            2.0 ** chance.randrange(0, 21),
        ]
    )
    value = min(max(value, low), high)
    return float(round(value)) if field.whole else value


def expected(given: Given, language: Language) -> list[tuple[float | str, str]]:
    """Every name's value and text in a scenario; a reason's value is its text."""
    return [
        (value[0] if isinstance(value, list) else value, text)
        for value, text in answers(REAL.scenario(given), language)
    ]


def cases(
    count: int, seed: int, language: Language
) -> list[tuple[Given, list[tuple[float | str, str]]]]:
    """So many scenarios with what is expected of them."""
    chance = random.Random(seed)
    return [
        (given, expected(given, language)) for given in (random_given(chance) for _ in range(count))
    ]


Told = float | str | list[str | bool]


def told(value: Value, language: Language) -> Told:
    """A value as the browser is told it: a reason as its text and whether it is only a missing value."""
    return (
        [value.zh if language == "zh" else value.text, value.missing]
        if isinstance(value, Reason)
        else value
    )


def answers(
    scenario: Scenario, language: Language, names: Iterable[str] = ()
) -> list[tuple[Told, str]]:
    """The value and text of some names, or of every one."""
    return [
        (told(scenario[name], language), scenario.text(name, "", language))
        for name in names or scenario.library.names
    ]


# Scripts that ask the browser's twin


def asking(question: str, *arguments: Any) -> str:
    """A script that asks one thing. What JSON cannot say, Infinity and NaN, is said as JavaScript says it."""
    return f"twins.{question}({','.join(json.dumps(argument, ensure_ascii=False) for argument in arguments)})"


def about_scenarios(
    world: World, givens: Iterable[Given], language: Language, names: Iterable[str] = ()
) -> Iterator[str]:
    """Some names, or every one, in every scenario; and the fields that each name rests on."""
    asked = list(names or world.library.names)
    yield world.script(language)
    yield asking("rests", {name: listed(world.library.depends_on(name)) for name in asked})
    for some in batches(givens, 100):
        yield asking(
            "scenarios",
            asked,
            [(given, answers(world.scenario(given), language, asked)) for given in some],
        )


def about_references(
    asked: Iterable[tuple[Given, list[Reference]]], language: Language
) -> Iterator[str]:
    """References in scenarios: value, text, and the fields that they follow."""
    yield REAL.script(language)
    for some in batches(asked, 50):
        yield asking(
            "references",
            [
                (
                    given,
                    [
                        _reference(reference, REAL.scenario(given), language)
                        for reference in references
                    ],
                )
                for given, references in some
            ],
        )


def _reference(
    reference: Reference, scenario: Scenario, language: Language
) -> tuple[str, Told, str, str]:
    return (
        reference.wire(ENGINE.scenario),
        told(reference.value(scenario), language),
        reference.text(scenario, language),
        listed(reference.follows(scenario.library)),
    )


def about_claims(asked: Iterable[tuple[Given, list[Claim]]], language: Language) -> Iterator[str]:
    """Claims in scenarios: whether they hold, the reason where that cannot be said, and both sides."""
    yield REAL.script(language)
    for some in batches(asked, 50):
        yield asking(
            "claims",
            [
                (given, [_claim(claim, REAL.scenario(given), language) for claim in claims])
                for given, claims in some
            ],
        )


def _claim(
    claim: Claim, scenario: Scenario, language: Language
) -> tuple[str, bool, str, list[tuple[Told, str]]]:
    sides = [
        (
            told(side.value(scenario), language),
            side.reference.text(scenario, language)
            if side.reference
            else format_value(side.number, side.unit, "", language),
        )
        for side in (claim.left, claim.right)
    ]
    return (
        claim.wire(ENGINE.scenario),
        not claim.failure(scenario),
        next((value[0] for value, _ in sides if isinstance(value, list)), ""),
        sides,
    )


def about_phrases(count: int, language: Language) -> Iterator[str]:
    """Random scenarios in words: of some fields those that are worth telling."""
    yield REAL.script(language)
    chance = random.Random(count)
    fields = list(REAL.library.fields_of_scenario)
    cases = []
    for _ in range(count):
        given = random_given(chance)
        scenario = REAL.scenario(given)
        names = [name for name in fields if chance.random() < 0.8]
        told = worth_telling(names, scenario)
        words = BETWEEN.join(phrase(name, scenario, language) for name in told)
        cases.append((given, names, words))
    yield asking("phrases", cases)


def about_numbers(
    asked: Iterable[tuple[str, str, list[float]]], language: Language
) -> Iterator[str]:
    """Numbers in a unit, written in a display unit or in one that suits."""
    yield REAL.script(language)
    for some in batches(asked, 200):
        yield asking(
            "written",
            [
                (
                    of,
                    display,
                    numbers,
                    [format_value(number, unit(of), display, language) for number in numbers],
                )
                for of, display, numbers in some
            ],
        )


def listed(fields: Iterable[str]) -> str:
    """Fields in an order that both sides can say."""
    return ",".join(sorted(fields))


def batches(items: Iterable[Any], size: int) -> Iterator[list[Any]]:
    """Items by so many, so that no script is too long."""
    rest = iter(items)
    while some := list(islice(rest, size)):
        yield some


# References and claims


@cache
def displays(of: str) -> list[str]:
    """The display units that a number in `of` may be asked for in: its parts with every prefix, and without what is only counted."""
    above, *below = of.split("/")
    spellings = [alike(above), *(["", *alike(part)] for part in below)]
    found = dict.fromkeys(
        [
            "",
            of,
            "1",
            "%",
            *WORDS,
            *("/".join([first, *filter(None, rest)]) for first, *rest in product(*spellings)),
        ]
    )
    return [display for display in found if not display or shows(unit(display), unit(of))]


@cache
def alike(part: str) -> list[str]:
    """The units of one kind: B, kB, MiB, bit …"""
    named = (
        "B",
        "s",
        "FLOP",
        "J",
        "W",
        "bit",
        "token",
        "USD",
        "min",
        "h",
        "day",
        "value",
        "param",
        "μs",
    )
    return [part] + [
        name
        for base in named
        for name in (base, *(prefix + base for prefix in PREFIXES))
        if name != part and _exists(name) and unit(name).same_kind(unit(part))
    ]


def _exists(name: str) -> bool:
    try:
        return bool(unit(name))
    except Mistake:
        return False


def every_display() -> list[Reference]:
    """Every name in every unit that it may be shown in."""
    return [
        Reference(PinnedName(name), None, display)
        for name, declaration in REAL.library.names.items()
        for display in displays(str(declaration.unit))
    ]


def ratios_at_the_edge() -> list[Reference]:
    """Ratios beyond all bounds, of nothing and by nothing."""
    sizes = (0.0, -0.0, 5e-324, 1e-9, 1.0, 1e308)
    terms = [
        (
            PinnedName("overhead", (("overhead", above),)),
            PinnedName("launch_time", (("launch_time", below),)),
        )
        for above in sizes
        for below in sizes
    ]
    return [
        Reference(above, below, display)
        for above, below in terms
        for display in ("", "%", "billion")
    ]


def random_references(chance: random.Random) -> Iterator[Reference]:
    """References with pins, ratios, and display units of a ratio."""
    while True:
        bottom = random_term(chance) if chance.random() < 0.5 else None
        top = random_term(chance)
        if (
            bottom and chance.random() < 0.5
        ):  # few pairs are of a kind: one quantity in two scenarios always is
            bottom = PinnedName(top.name, random_pins(top.name, chance))
        try:
            of = parse_reference(
                f"{top.name} / {bottom.name}" if bottom else top.name, ENGINE.scenario
            ).unit(REAL.library)
        except Mistake:
            continue
        reference = Reference(top, bottom, chance.choice(displays(str(of))))
        if not reference.display or shows(unit(reference.display), reference.unit(REAL.library)):
            yield reference


def random_term(chance: random.Random) -> PinnedName:
    """Any name, with some of the fields that it rests on pinned, or in the whole scenario of somebody's run."""
    name = chance.choice(list(REAL.library.names))
    pins = random_pins(name, chance)
    if chance.random() < 0.2:
        run = chance.choice(list(REAL.tables["measurements"]))
        with suppress(Mistake):  # not every row says a whole scenario
            return in_run(PinnedName(name, pins), ENGINE.scenario, run)
    return PinnedName(name, pins)


def random_pins(name: str, chance: random.Random) -> tuple[tuple[str, float | str], ...]:
    """Some fields pinned, not seldom to what they are anyway."""
    fields = REAL.library.fields_of_scenario
    rests = sorted(REAL.library.depends_on(name))
    chosen = chance.sample(rests, min(len(rests), chance.choice((0, 1, 1, 2, 3))))
    pins = {
        field: fields[field].default
        if chance.random() < 0.2
        else random_value(fields[field], chance)
        for field in chosen
    }
    pins |= random_giving(name, chance) if chance.random() < 0.3 else {}
    return tuple(sorted(pins.items()))


def random_giving(name: str, chance: random.Random) -> Given:
    """One of the inputs and formulas that a name rests on, given: as large as it is, or of any size; nothing where it rests on none."""
    behind = [
        declared
        for other in closure(REAL.library, [name])
        if other != name
        and isinstance(declared := REAL.library.names[other], (Field, Quantity))
        and not (isinstance(declared, Quantity) and declared.picks)
    ]
    if not behind:
        return {}
    given = chance.choice(behind)
    if given.unit == WORD:
        words = [*given.words]
        return {given.name: chance.choice(words)} if words else {}
    value = ENGINE.scenario[given.name]
    start = value if isinstance(value, float) and chance.random() < 0.7 else 1.0
    return {given.name: start * chance.choice((0.0, 0.5, 1.0, 1.5, 2.0, 1e3))}


def random_claims(scenario: Scenario, chance: random.Random) -> Iterator[Claim]:
    """Claims about two references, or about one and a number on, beside or far from its value."""
    for reference in random_references(chance):
        of, value = reference.unit(REAL.library), reference.value(scenario)
        left = Side(str(reference), Reference(reference.top, reference.bottom), 0, of)
        if (
            str(of) == "word"
            or not reference.follows(REAL.library)
            or (isinstance(value, float) and math.isinf(value))
        ):
            continue
        other = Reference(PinnedName(reference.top.name, random_pins(reference.top.name, chance)))
        if reference.bottom is None and other.follows(REAL.library) and chance.random() < 0.5:
            right = Side(str(other), other, 0, of)
        else:
            near = value if isinstance(value, float) else chance.uniform(0, 100)
            number = near * chance.choice(
                (
                    1,
                    1,
                    1.0004,
                    1.0005,
                    1.0005002,
                    1.0005003,
                    1.0006,
                    0.9995,
                    0.9994999,
                    0.9994,
                    1 + 2**-52,
                    1 - 2**-53,
                    0,
                    -1,
                    chance.uniform(0, 3),
                )
            )
            right = Side(
                str(number),
                None,
                number,
                unit(str(of) if reference.display in ("", *WORDS) else reference.display),
            )
        sides = (left, right) if chance.random() < 0.8 else (right, left)
        yield Claim(sides[0], chance.choice(list(OPERATORS)), sides[1])


# Numbers

TIES = (
    0.125,
    0.375,
    1.125,
    2.5e6,
    1234.5,
    999.5,
    999_500.0,
    0.0000995,
    12_350_000.0,
    1_000.5,
    1_001.5,
    0.5,
    0.25,
    0.0625,
    100.5,
    101.5,
    1.005,
    1.015,
    2.675,
)
EDGES = (
    0.0, 1.0, 2.0, 9.995, 99.95, 999.4, 999.6, 1e3, 9_999_999.0, 9_999_999.5, 1e7, 10_000_001.0, 999_499_999_999_999.0, 999_500_000_000_000.0, 1e15, 1e21, 1e22, 2.0**53, 1e-4, 9.995e-5, 9.994e-5,
    1e-5, 0.1, 0.3, 1e300, 1.7976931348623157e308, 1e-300, 5e-324, 2.2250738585072014e-308,
)  # fmt: skip
DOLLARS = (
    0.995,
    0.9949999,
    0.994,
    0.996,
    0.005,
    0.0095,
    0.0995,
    0.105,
    0.115,
    999.995,
    999.994,
    999.996,
    999.99,
    1_000.0,
    1_000.49,
    12_345.5,
    1e15,
    1e22,
)


def boundaries() -> list[float]:
    """Every boundary with its two neighbours, and all of them below zero."""
    found = [
        near
        for value in (*TIES, *EDGES, *DOLLARS)
        for near in (value, math.nextafter(value, math.inf), math.nextafter(value, 0))
    ]
    return [
        signed
        for value in dict.fromkeys(found)
        if math.isfinite(value)
        for signed in (value, -value)
    ]


def ties() -> list[float]:
    """Doubles that lie exactly between two numbers of two or three digits, of every size that has some."""
    decimals = [
        (ciphers * 10 + 5) * 10**power
        for power in range(20)
        for ciphers in (*range(10, 100, 7), *range(100, 1000, 37))
    ]
    binary = [(2 * whole + 1) / 2**places for places in range(1, 7) for whole in range(0, 2000, 13)]
    return [*map(float, decimals), *binary]


def decades(seed: int) -> list[float]:
    """Numbers over forty decades, of either sign."""
    chance = random.Random(seed)
    return [
        chance.choice((1, -1)) * mantissa * 10.0**power
        for power in range(-20, 21)
        for mantissa in (1.0, 9.995, 9.9949, chance.uniform(1, 10), chance.uniform(1, 10))
    ]


def in_every_unit(seed: int) -> Iterator[tuple[str, str, list[float]]]:
    """Numbers in every unit that a declaration has, and in every unit that these may be shown in."""
    chance = random.Random(seed)
    numbers = [*decades(seed), *boundaries(), *ties()]
    for plain in ("1", "B", "s", "USD", "token"):
        yield plain, "", numbers
    for of in sorted(
        {str(declaration.unit) for declaration in REAL.library.names.values()} - {"word"}
    ):
        yield of, "", decades(seed)
        for display in displays(of):
            yield of, display, chance.sample(numbers, 4)


# Scenarios at the edge of what is possible


def every_cell(language: Language) -> Iterator[str]:
    """Scenarios in which each row of each table is chosen once, and what the rows say there."""
    names = REAL.library.names
    choices = {
        name: list(REAL.tables[choice.table])
        for name, choice in names.items()
        if isinstance(choice, Choice)
    }
    givens: list[Given] = [
        {name: ids[at % len(ids)] for name, ids in choices.items()}
        for at in range(max(map(len, choices.values())))
    ]
    return about_scenarios(
        REAL,
        givens,
        language,
        [name for name, declaration in names.items() if isinstance(declaration, (Field, Choice))],
    )


def edges() -> dict[str, list[Given]]:
    """Scenarios at the edge of what is possible, by what they are."""
    settings = [
        field for field in REAL.library.fields_of_scenario.values() if isinstance(field, Setting)
    ]
    models = list(REAL.tables["models"])[::3]
    fits = {model: REAL.scenario({"model": model, "chips": 8.0})["max_batch"] for model in models}
    largest: list[Given] = [
        {"model": model, "chips": 8.0, "batch": batch + more}
        for model, batch in fits.items()
        if isinstance(batch, float) and batch >= 1
        for more in (0, 1)
    ]
    single = [
        model
        for model, row in REAL.tables["models"].items()
        if "num_experts_per_tok" in row.cells and row.cells["num_experts_per_tok"].value == 1
    ]
    return {
        "the largest batch that fits, and one more": largest,
        "one expert for each token, and all experts in one place": [
            {"model": model, "expert_parallel": 1.0, "chips": chips}
            for model in (*single, "deepseek-v3")
            for chips in (1.0, 8.0)
        ],
        "one chip": [{"chips": 1.0, "model": model} for model in models],
        "everything at its lowest": [{field.name: field.low for field in settings}],
        "everything at its highest": [
            {field.name: field.high for field in settings if field.high is not None}
        ],
        "a setting without bound that is far too large": [
            {field.name: 1e300} for field in settings if field.high is None or field.high > WIDE
        ],
        "all settings without bound far too large": [
            {field.name: size for field in settings if field.high is None or field.high > WIDE}
            for size in (1e15, 1e22, 1e150, 1e300)
        ],
        "nothing where something is divided by": [
            {field.name: zero} for field in settings if field.low == 0 for zero in (0.0, -0.0)
        ],
    }


# What the tests ask in Chromium, and `python -m tests.engines` in every other engine too


def random_scenarios(count: int, language: Language) -> Iterator[str]:
    """So many scenarios at random, others in each language."""
    chance = random.Random(f"scenarios {language}")
    return about_scenarios(REAL, (random_given(chance) for _ in range(count)), language)


def displayed(language: Language) -> Iterator[str]:
    """Every name in every unit that it may be shown in, in twenty scenarios."""
    chance = random.Random(f"displays {language}")
    references = every_display()
    return about_references(
        ((random_given(chance), references[at::20]) for at in range(20)), language
    )


def random_references_in(scenarios: int, language: Language) -> Iterator[str]:
    """Forty references in each of so many scenarios, after those at the edge."""
    chance = random.Random(f"references {language}")
    asked = (
        (random_given(chance), list(islice(random_references(chance), 40)))
        for _ in range(scenarios)
    )
    return about_references(chain([({}, ratios_at_the_edge())], asked), language)


def random_claims_in(scenarios: int, language: Language) -> Iterator[str]:
    """Ten claims in each of so many scenarios."""
    chance = random.Random(f"claims {language}")
    return about_claims(
        (
            (given, list(islice(random_claims(REAL.scenario(given), chance), 10)))
            for given in (random_given(chance) for _ in range(scenarios))
        ),
        language,
    )
