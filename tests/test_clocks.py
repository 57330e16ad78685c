"""No test depends on how fast a machine is: none reads a clock, and what ends a wait is there for what hangs.

What takes how long is measured by tests/bench.py, which reports and fails nothing.
"""

import ast
import re
from pathlib import Path

import pytest

from tests.conftest import HANG, PATIENCE

HERE = Path(__file__).resolve().parent
CLOCK = re.compile(
    r"\b(time\.(time|monotonic|perf_counter|process_time|thread_time)(_ns)?\b|from time import|performance\.now|Date\.now|console\.time|timeit|datetime\.(now|utcnow)|mark\.timeout)"
)
MAY = {"conftest.py eventually", "test_serve.py wait_for"}
"""What gives up waiting for what hangs; neither can be called a measurement."""
LEAST = 120
"""Seconds: a wait that may end sooner is a limit on the machine."""


def clocks(name: str, text: str) -> list[str]:
    """Where a test file reads a clock: the file and the function, or the file alone."""
    if not name.endswith(".py"):
        return [name for _ in CLOCK.findall(text)]
    lines, found = text.splitlines(), []
    functions = [
        part
        for part in ast.walk(ast.parse(text))
        if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    for number, line in enumerate(lines, 1):
        if CLOCK.search(line):
            around = [each for each in functions if each.lineno <= number <= (each.end_lineno or 0)]
            found.append(f"{name} {around[0].name}" if around else name)
    return found


def limits(name: str, text: str) -> list[str]:
    """Where a test file waits for less than LEAST seconds; Playwright's own limits are in milliseconds."""
    found = []
    for call in ast.walk(ast.parse(text)):
        if not isinstance(call, ast.Call):
            continue
        method = call.func.attr if isinstance(call.func, ast.Attribute) else ""
        given = [item.value for item in call.keywords if item.arg == "timeout"]
        given += call.args[:1] if method in ("wait", "set_default_timeout") else []
        given += call.args[:1] if method == "join" and isinstance(call.func, ast.Attribute) else []
        for value in given:
            if (
                isinstance(value, ast.Constant)
                and isinstance(value.value, int | float)
                and not isinstance(value.value, bool)
            ):
                seconds = value.value / (
                    1000 if method.startswith(("to_", "not_to_", "set_", "wait_for")) else 1
                )
                if seconds < LEAST:
                    found.append(f"{name}:{call.lineno}: {ast.unparse(call)[:80]}")
    return found


def sources() -> list[Path]:
    """Every file of the tests but the benchmark and this one."""
    paths = [path for path in HERE.rglob("*") if path.suffix in (".py", ".js", ".mjs")]
    return [path for path in sorted(paths) if path.name not in ("bench.py", Path(__file__).name)]


def test_no_test_reads_a_clock() -> None:
    found = {place for path in sources() for place in clocks(path.name, path.read_text("utf-8"))}
    assert found - MAY == set()
    assert found == MAY, "tests/test_clocks.py allows what is not there any more"


def test_what_ends_a_wait_is_generous() -> None:
    assert min(HANG, PATIENCE) >= LEAST
    found = [
        place
        for path in sources()
        if path.suffix == ".py"
        for place in limits(path.name, path.read_text("utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("def test_a():\n    start = time.perf_counter()\n", ["a.py test_a"]),
        ("from time import monotonic\n", ["a.py"]),
        ("def test_a():\n    page.evaluate('performance.now()')\n", ["a.py test_a"]),
        ("@pytest.mark.timeout(5)\ndef test_a(): ...\n", ["a.py"]),
        ("def test_a():\n    time.sleep(1)\n", []),
    ],
)
def test_a_clock_is_found(text: str, found: list[str]) -> None:
    assert clocks("a.py", text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("subprocess.run(command, timeout=60)", 1),
        ("expect(it).to_be_visible(timeout=5_000)", 1),
        ("thread.join(5)", 1),
        ("process.wait(10)", 1),
        ("page.wait_for_function('x', timeout=119_999)", 1),
        ("subprocess.run(command, timeout=HANG)", 0),
        ("subprocess.run(command, timeout=600)", 0),
        ("page.wait_for_timeout(50)", 0),
        ("', '.join(words)", 0),
    ],
)
def test_a_limit_is_found(text: str, found: int) -> None:
    assert len(limits("a.py", text)) == found
