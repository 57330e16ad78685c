"""What a reader takes away: a Python file that prints the page's numbers, the same numbers as CSV, and a citation."""

import ast
import csv
import gzip
import io
import os
import random
import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route

from hooks.formula.evaluate import Given, Scenario
from hooks.formula.library import Library
from hooks.formula.phrases import BETWEEN, in_order, phrase
from hooks.formula.quantity import Reason
from hooks.formula.reference import PinnedName, Reference, parse_reference
from hooks.formula.units import WORD
from hooks.live.export import IMPORTS, base, docstring, excerpt, export_script, kernel
from hooks.text.languages import Language
from hooks.text.problems import Mistake
from tests.conftest import HANG
from tests.often import times
from tests.real import ENGINE
from tests.twins import full_script, random_given, random_giving

LANGUAGES: tuple[Language, ...] = ("en", "zh")
LIBRARY, TABLES = ENGINE.library, ENGINE.catalogue.tables
SITE = "Inference, worked out"
ADDRESS = "https://example.org/essays/two-clocks/"
POLICY = "default-src 'none'; script-src 'self'"

STUB = """
let current;
live.TWIN.version = "1a2b3c4d";
Object.assign(live, {
  at(given) { current = new live.Scenario(given); },
  home: new live.Scenario(), now: () => current, address: () => location.href.split("?")[0] + "?batch=7#costs",
});
live.at({});
"""


# References of every kind: all names, pinned and free, ratios, units, and some that nothing changes.


def pinned(name: str, chance: random.Random, every: bool = False) -> PinnedName:
    """A name with some of the fields that it rests on pinned at random."""
    given = random_given(chance)
    fields = LIBRARY.fields_of_scenario
    pins = {
        field: given.get(field, fields[field].default)
        for field in sorted(LIBRARY.depends_on(name))
        if every or chance.random() < 0.3
    }
    pins |= random_giving(name, chance) if not every and chance.random() < 0.3 else {}
    return PinnedName(name, tuple(sorted(pins.items())))


def references(seed: int) -> list[Reference]:
    chance = random.Random(seed)
    result = [Reference(PinnedName(name)) for name in LIBRARY.names]
    result += [Reference(pinned(name, chance)) for name in chance.sample(list(LIBRARY.names), 150)]
    result += [
        Reference(pinned(name, chance, every=True))
        for name in chance.sample(list(LIBRARY.names), 40)
    ]
    numbers = [d for d in LIBRARY.names.values() if d.unit != WORD]
    for above in chance.sample(numbers, 80):
        below = chance.choice(
            [d for d in numbers if d.unit.measured_part().same_kind(above.unit.measured_part())]
        )
        result.append(
            Reference(
                pinned(above.name, chance), pinned(below.name, chance, every=chance.random() < 0.2)
            )
        )
    result += [
        parse_reference(text, ENGINE.scenario)
        for text in (
            "decode_step:ms",
            "decode_step(batch=32):ms",
            "kv_per_token:KiB",
            "weight_bytes(model=deepseek-v3):GB",
            "decode_step(batch=32) / decode_step",
            "params:billion",
        )
    ]
    return list(dict.fromkeys(result))


REFERENCES = references(seed=20270105)


def label(reference: Reference, language: Language) -> str:
    """A reference as the page names it: `Step (Batch 32)`."""
    return " ÷ ".join(_label(term, language) for term in reference.terms())


def _label(term: PinnedName, language: Language) -> str:
    own = ENGINE.scenario.pinned(dict(term.pins))
    names = in_order([name for name, _ in term.pins if name != term.name], own)
    pins = BETWEEN.join(phrase(name, own, language) for name in names)
    title = LIBRARY.names[term.name].title(language)
    if not pins:
        return title
    return f"{title}（{pins}）" if language == "zh" else f"{title} ({pins})"


def printed(shown: list[Reference], scenario: Scenario, language: Language) -> list[str]:
    """What the file is to print, from the engine."""
    return [
        f"{label(reference, language)} = {reference.text(scenario, language)}"
        for reference in shown
    ]


# A page in the browser


@cache
def page_of(shown: tuple[Reference, ...], language: Language) -> dict[str, tuple[str, str]]:
    """A page's files by address: the smallest page whose numbers can be taken away."""
    wires = [
        (
            "n" if reference.follows(LIBRARY) else "fixed",
            reference.wire(ENGINE.scenario),
            reference.text(ENGINE.scenario, language),
        )
        for reference in shown
    ]
    buttons = "".join(
        f'<button type="button" class="n" data-{kind}="{escape(wire)}">{escape(text)}</button>'
        for kind, wire, text in wires
    )
    scripts = "".join(
        f'<script src="{name}"></script>' for name in ("live.js", "stub.js", "live-export.js")
    )
    return {
        "": (
            "text/html",
            f'<!doctype html><meta charset="utf-8"><h1>Two clocks: "bytes" \\ FLOPs<a class="headerlink" href="#">#</a></h1><article>{buttons}</article>{scripts}',
        ),
        "live.js": ("text/javascript", full_script(language)),
        "stub.js": ("text/javascript", STUB),
        "live-export.js": (
            "text/javascript",
            export_script(LIBRARY, TABLES, shown, ENGINE.scenario, language, SITE),
        ),
    }


def opened(page: Page, shown: list[Reference], language: Language) -> Page:
    """The page, served under a strict policy."""
    files = page_of(tuple(shown), language)

    def answer(route: Route) -> None:
        kind, text = files.get(route.request.url.removeprefix(ADDRESS), ("text/plain", ""))
        route.fulfill(
            body=text,
            content_type=f"{kind}; charset=utf-8",
            headers={"Content-Security-Policy": POLICY},
        )

    page.route("**/*", answer)
    page.goto(ADDRESS)
    return page


@pytest.fixture(scope="module", params=LANGUAGES)
def everything(request: pytest.FixtureRequest, browser: Browser) -> Iterator[tuple[Page, Language]]:
    """A page that shows every reference, in each language."""
    page = browser.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield opened(page, REFERENCES, request.param), request.param
    page.close()
    assert errors == []


@pytest.fixture(scope="module")
def small(browser: Browser) -> Iterator[Page]:
    """A page with a handful of numbers, in English."""
    page = browser.new_page()
    yield opened(page, SMALL, "en")
    page.close()


@pytest.fixture
def fresh(browser: Browser) -> Iterator[Page]:
    """The same page for a single reader."""
    context = browser.new_context(accept_downloads=True)
    yield opened(context.new_page(), SMALL, "en")
    context.close()


SMALL = [
    parse_reference(text, ENGINE.scenario)
    for text in (
        "model",
        "decode_step:ms",
        "decode_step(batch=32) / decode_step",
        "bandwidth",
        "fp4_flops",
        "kv_per_token(model=deepseek-v3)",
        "measured_speed(measurement=gptfast-l2-7b-bf16)",
        "flops_per_param",
        "prefill_mfu",
        "decode_step:ms",
    )
]


def ask(page: Page, given: Given, what: str) -> str:
    """What `live.python()` or `live.csv()` gives in a scenario."""
    text: str = page.evaluate(
        "([given, what]) => { live.at(given); return live[what](); }", [given, what]
    )
    return text


def run(file: str, folder: Path, name: str = "page.py") -> list[str]:
    """The lines that an exported file prints, by a Python that sees nothing but its standard library."""
    path = folder / name
    path.write_text(file, "utf-8")
    environment = {"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1"}
    result = subprocess.run(
        [sys.executable, "-I", "-S", str(path)],
        capture_output=True,
        cwd=folder,
        env=environment,
        timeout=HANG,
        check=False,
    )
    assert result.returncode == 0, result.stderr.decode()
    return result.stdout.decode("utf-8").splitlines()


def scenarios(count: int, seed: int) -> list[Given]:
    chance = random.Random(seed)
    return [{}, *(random_given(chance) for _ in range(count - 1))]


@pytest.mark.parametrize("count", times(4, 30))
def test_the_file_prints_every_number_as_the_engine_writes_it(
    count: int, everything: tuple[Page, Language], tmp_path: Path
) -> None:
    """All names, pins, ratios and units in random scenarios, reasons included."""
    page, language = everything
    cases = scenarios(count, seed=4)
    files = [ask(page, given, "python") for given in cases]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        outputs = list(
            pool.map(lambda pair: run(pair[1], tmp_path, f"page{pair[0]}.py"), enumerate(files))
        )
    for given, lines in zip(cases, outputs, strict=True):
        told = printed(REFERENCES, Scenario(LIBRARY, TABLES, given), language)
        assert lines == [line.replace("’", "'") for line in told], given


def unit_of(reference: Reference) -> str:
    """The unit of a number in the CSV: a factor, such as one batch over another, has none."""
    unit = reference.unit(LIBRARY)
    return "1" if reference.bottom and unit.counts_only else base(unit)


def test_the_csv_holds_the_exact_values_and_the_texts(everything: tuple[Page, Language]) -> None:
    page, language = everything
    for given in scenarios(10, seed=5):
        scenario = Scenario(LIBRARY, TABLES, given)
        text = ask(page, given, "csv")
        assert text.startswith("\ufeff") and text.endswith("\r\n")
        _, *rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
        fields, numbers = rows[: -len(REFERENCES)], rows[-len(REFERENCES) :]
        for reference, (_, title, written, value, unit, shown) in zip(
            REFERENCES, numbers, strict=True
        ):
            expected = reference.value(scenario)
            told = (
                label(reference, language),
                str(reference),
                unit_of(reference),
                reference.text(scenario, language),
            )
            assert (title, written, unit, shown) == tuple(one.replace("’", "'") for one in told)
            assert (
                value == ""
                if isinstance(expected, Reason)
                else (value if isinstance(expected, str) else float(value)) == expected
            )
        assert {name for _, _, name, *_ in fields} == {
            field for reference in REFERENCES for field in reference.follows(LIBRARY)
        }
        for _, title, name, value, unit, shown in fields:
            expected = scenario.setting(name)
            assert (title, unit, shown) == (
                LIBRARY.names[name].title(language).replace("’", "'"),
                base(LIBRARY.names[name].unit),
                scenario.text(name, "", language).replace("’", "'"),
            )
            assert (value if isinstance(expected, str) else float(value)) == expected


def test_base_units_are_those_of_the_values(small: Page) -> None:
    _, *rows = csv.reader(io.StringIO(ask(small, {}, "csv").removeprefix("\ufeff"), newline=""))
    units = {row[2]: row[4] for row in rows}
    assert {units[name] for name in ("decode_step:ms", "overhead")} == {"s"}
    assert units["decode_step(batch=32) / decode_step"] == units["prefill_mfu"] == "1"
    assert (units["bandwidth"], units["bandwidth_efficiency"]) == ("B/s/chip", "1")
    assert units["measured_speed(measurement=gptfast-l2-7b-bf16)"] == "token/s/seq"


def test_a_number_that_stands_twice_is_given_once_and_in_page_order(
    small: Page, tmp_path: Path
) -> None:
    shown = list(dict.fromkeys(SMALL))
    assert len(shown) < len(SMALL)
    given: Given = (
        {"batch": 64.0, "accelerator": "b200"}
        if "b200" in TABLES["accelerators"]
        else {"batch": 64.0}
    )
    assert run(ask(small, given, "python"), tmp_path) == printed(
        shown, Scenario(LIBRARY, TABLES, given), "en"
    )


def changed_cell(choice: str, row: str, key: str, text: str, value: float) -> Scenario:
    """The engine with one value of the catalogue read differently."""
    table = LIBRARY.names[choice].table  # type: ignore[attr-defined]
    old = TABLES[table][row]
    new = replace(old, cells=old.cells | {key: replace(old.cells[key], text=text, value=value)})
    return Scenario(LIBRARY, TABLES | {table: TABLES[table] | {row: new}}, {})


def edited(file: str, pattern: str, to: str) -> str:
    text, count = re.subn(pattern, to, file, flags=re.MULTILINE)
    assert count == 1
    return text


def test_an_edited_scenario_changes_the_numbers_as_the_engine_says(
    small: Page, tmp_path: Path
) -> None:
    file = edited(ask(small, {}, "python"), r"^batch = 1 ", "batch = 48 ")
    shown = list(dict.fromkeys(SMALL))
    lines = run(edited(file, r"^overhead = 0 ", "overhead = 0.0021 "), tmp_path)
    assert lines == printed(
        shown, Scenario(LIBRARY, TABLES, {"batch": 48.0, "overhead": 0.0021}), "en"
    )
    assert lines != printed(shown, ENGINE.scenario, "en")


@pytest.mark.parametrize(
    ("to", "text", "value"),
    [('"4.9 TB/s"', "4.9 TB/s", 4.9e12), ("4.9e12", "", 4.9e12)],
    ids=["as printed", "as a number"],
)
def test_an_edited_input_changes_the_numbers_as_the_engine_says(
    small: Page, tmp_path: Path, to: str, text: str, value: float
) -> None:
    file = edited(ask(small, {}, "python"), r'"bandwidth": "[^"]*"', f'"bandwidth": {to}')
    shown = list(dict.fromkeys(SMALL))
    scenario = changed_cell("accelerator", "h100-sxm", "memory_bandwidth", text, value)
    assert run(file, tmp_path) == printed(shown, scenario, "en")
    assert printed(shown, scenario, "en") != printed(shown, ENGINE.scenario, "en")


def test_an_edited_formula_changes_what_rests_on_it(small: Page, tmp_path: Path) -> None:
    """The formulas in the file are what computes, not a picture of it."""
    file = ask(small, {}, "python")
    before = run(file, tmp_path)
    after = run(
        edited(
            file,
            r"^(def weights_time\(.*\n.*\n) +return .*$",
            r"\1    return 2 * weights_read / machine_bandwidth",
        ),
        tmp_path,
    )
    assert [old == new for old, new in zip(before, after, strict=True)] != [True] * len(before)
    assert before[0] == after[0]


def test_a_row_that_the_file_does_not_hold_is_refused_by_name(small: Page, tmp_path: Path) -> None:
    path = tmp_path / "page.py"
    path.write_text(
        edited(ask(small, {}, "python"), r'^model = "[^"]*"', 'model = "llama-3.1-70"'), "utf-8"
    )
    result = subprocess.run(
        [sys.executable, "-I", "-S", str(path)],
        capture_output=True,
        text=True,
        timeout=HANG,
        check=False,
    )
    assert (
        result.returncode == 1
        and "no row 'llama-3.1-70' in model; did you mean 'llama-3.1-70b'?" in result.stderr
    )


def test_a_linter_finds_nothing_missing_unused_or_out_of_order(
    everything: tuple[Page, Language], tmp_path: Path
) -> None:
    page, _ = everything
    path = tmp_path / "page.py"
    path.write_text(ask(page, {}, "python"), "utf-8")
    result = subprocess.run(
        [
            sys.executable,
            "-m",
            "ruff",
            "check",
            "--isolated",
            "--no-cache",
            "--select",
            "E,F,I,W",
            "--ignore",
            "E501,E402",
            str(path),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout


def test_the_file_cites_each_input_and_says_each_formulas_sentence(small: Page) -> None:
    file = ask(small, {"batch": 7.0}, "python")
    cell = TABLES["accelerators"]["h100-sxm"].cells["memory_bandwidth"]
    assert re.search(
        rf"# {re.escape(cell.source.title)}.*{re.escape(cell.source.url)}\n(?: +\"\w+\": .*\n)* +\"bandwidth\": \"{re.escape(cell.text)}\"",
        file,
    )
    for name in LIBRARY.names:
        if f"\ndef {name}(" in file:
            why = LIBRARY.names[name].why  # type: ignore[attr-defined]
            assert docstring(why.replace("’", "'")) in file
    assert "batch = 7  # Batch (seq), whole, from 1 to " in file
    assert LIBRARY.names["decode_step"].why_zh not in file  # type: ignore[attr-defined]


def test_no_formula_stands_before_what_it_is_computed_from(
    everything: tuple[Page, Language],
) -> None:
    page, _ = everything
    order = re.findall(r"^def (\w+)\(", ask(page, {}, "python"), re.MULTILINE)
    quantities = {quantity.name: quantity for quantity in LIBRARY.quantities}
    order = [name for name in order if name in quantities]
    assert sorted(order) == sorted(quantities)
    for name, quantity in quantities.items():
        assert all(
            order.index(parameter) < order.index(name)
            for parameter in quantity.parameters
            if parameter in quantities
        )


def test_every_name_has_its_row_even_if_only_pins_ask_for_it(small: Page) -> None:
    file = ask(small, {}, "python")
    assert (
        '"deepseek-v3": {' in file
        and '"gptfast-l2-7b-bf16": {' in file
        and '"llama-3.1-405b": {' not in file
    )


# Links and files


def test_the_citation_names_site_page_language_version_day_and_address(fresh: Page) -> None:
    fresh.clock.set_fixed_time("2027-02-03T12:00:00")
    line = fresh.evaluate("() => live.citation()")
    assert (
        line
        == f'{SITE}, “Two clocks: "bytes" \\ FLOPs” (English, data version 1a2b3c4d), retrieved 2027-02-03 from {ADDRESS}?batch=7&data=1a2b3c4d#costs'
    )


def test_files_are_saved_under_a_strict_policy(fresh: Page, tmp_path: Path) -> None:
    for kind, name in (("csv", "two-clocks-en.csv"), ("python", "two-clocks.py")):
        with fresh.expect_download() as waiting:
            fresh.evaluate("kind => { live.offer(kind); }", kind)
        assert waiting.value.suggested_filename == name
        waiting.value.save_as(tmp_path / name)
    assert (tmp_path / "two-clocks-en.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert run((tmp_path / "two-clocks.py").read_text("utf-8"), tmp_path) == printed(
        list(dict.fromkeys(SMALL)), ENGINE.scenario, "en"
    )


@pytest.mark.parametrize("allowed", [True, False], ids=["clipboard", "no clipboard"])
def test_a_citation_is_copied_or_stands_selected(fresh: Page, allowed: bool) -> None:
    if allowed:
        fresh.context.grant_permissions(["clipboard-read", "clipboard-write"])
    else:
        fresh.evaluate(
            "() => { navigator.clipboard.writeText = () => Promise.reject(); document.execCommand = () => false; }"
        )
    done = fresh.evaluate("() => live.offer('citation')")
    line = fresh.evaluate("() => live.citation()")
    assert done is allowed
    assert fresh.evaluate("() => getSelection().toString()") == line
    assert fresh.locator("dialog [role=status]").inner_text() == (
        "Copied." if allowed else "Selected: copy it with your keyboard or the menu."
    )
    if allowed:
        assert fresh.evaluate("() => navigator.clipboard.readText()") == line
    fresh.keyboard.press("Escape")
    fresh.wait_for_function("() => !document.querySelector('dialog')")


# The kernel


def test_an_excerpt_holds_whole_statements_with_their_docstrings(tmp_path: Path) -> None:
    path = tmp_path / "one.py"
    path.write_text(
        "'''A head.'''\n\nimport re\n\nWORD = re.compile('µ')\n'''A pattern.'''\n\nOTHER = 1\nOTHER += 1\n\n\n@cache\ndef top():\n    return WORD\n\n\ndef below():\n    return 1\n",
        "utf-8",
    )
    word, top = "WORD = re.compile('µ')\n'''A pattern.'''", "@cache\ndef top():\n    return WORD"
    below = "def below():\n    return 1"
    assert excerpt(path, ("WORD", "top")) == f"{word}\n\n\n{top}"
    assert excerpt(path) == f"{word}\n\nOTHER = 1\nOTHER += 1\n\n\n{top}\n\n\n{below}"
    assert excerpt(path, without=("top", "WORD")) == f"OTHER = 1\nOTHER += 1\n\n\n{below}"


def test_the_kernel_computes_formulas_without_the_project() -> None:
    first, rest = kernel()
    file = f"""{IMPORTS}
{first}

@quantity("s", "Way to work", zh="路程")
def way(distance, speed):
    return distance / speed if speed < 9 else impossible("no: {{speed:B/s}}", zh="不")

{rest}
fields = [field_of("van", "speed", "B/s/chip", "Speed", each="chip"), field_of("van", "doors", "1", "Doors")]
rows = {{"van": {{"a": {{"name": "A", "speed": "4 B/s"}}, "b": {{"name": "B", "speed": 9}}}}}}
here = opened({{"van": "a", "distance": 8}}, {{"distance": "B"}}, fields, rows)
told = [
    number("way"), number("way", "ms", distance=0.002), number("way", van="b"), number("doors"),
    ratio(number("way", distance=16), number("way")), number("van", van="b"), number("speed"),
]
"""
    names: dict[str, Any] = {}
    exec(file, names)
    assert [one.text(names["here"], "en").replace("\u202f", " ") for one in names["told"]] == [
        "2 s", "0.500 ms", "no: 9 B/s", "A has no doors", "2", "B", "4 B/s",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["digits", "sorted", "here", "re", "opened", "quantity"])
def test_a_quantity_named_like_a_part_of_the_kernel_is_refused(name: str) -> None:
    library = Library(
        [
            (
                "costs/a.py",
                f'x = constant("1", 2, "X", zh="X", why="x", why_zh="x")\n\n\n@quantity("1", "Y", zh="Y")\ndef {name}(x):\n    """One.\n\n    一。\n    """\n    return x\n'.replace(
                    "x = constant",
                    "from hooks.formula.quantity import constant, quantity\n\nx = constant",
                ),
            )
        ]
    )
    assert library.problems == []
    with pytest.raises(
        Mistake,
        match=re.escape(
            f"'{name}' (costs/a.py:7) is also a name in every exported file: rename one"
        ),
    ):
        export_script(
            library, {}, [Reference(PinnedName(name))], Scenario(library, {}, {}), "en", SITE
        )


@pytest.mark.parametrize(
    "text", ["Plain.", 'He said "x"', 'A """ within', "A back\\slash", 'Ends \\"']
)
def test_a_sentence_becomes_a_docstring_whatever_it_holds(text: str) -> None:
    assert ast.literal_eval(docstring(text)) == text


def test_the_script_stays_small() -> None:
    """It loads only when a reader asks, with every formula and row of the library."""
    assert (
        len(
            gzip.compress(
                export_script(LIBRARY, TABLES, REFERENCES, ENGINE.scenario, "zh", SITE).encode(), 9
            )
        )
        < 145_000
    )
