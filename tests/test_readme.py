"""The README as a newcomer takes it: its example builds as it stands, and every command in it runs, or is known to exist where it takes minutes or a network."""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import HANG, ROOT, mkdocs

README = (ROOT / "README.md").read_text("utf-8")
TOOLS = r"(\.venv[/\\]\S+|python3?|py|pip|bash|mkdocs|git|npm|rm|cp|docker|make|sudo|apt-get) \S"
"""How a command in a sentence begins."""


def commands(text: str) -> list[str]:
    """Every command of a Markdown text as it stands, comments included: lines of indented blocks and shell fences, and code in sentences."""
    fence = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
    indented = re.compile(r"^(?: {4}|\t)(.*)\n", re.MULTILINE)
    fenced = [body for kind, body in fence.findall(text) if kind not in ("markdown", "python")]
    text = fence.sub("", text)
    found = [line.strip() for body in fenced for line in body.splitlines()]
    found += [line.strip() for line in indented.findall(text)]
    found += [
        code for code in re.findall(r"`([^`\n]+)`", indented.sub("", text)) if re.match(TOOLS, code)
    ]
    return [line for line in dict.fromkeys(found) if line]


def shell(command: str) -> str:
    """What a command prints that leaves with 0, with the interpreter of these tests for the README's own."""
    here = Path(sys.executable).parent.as_posix()
    path = os.pathsep.join([here, os.environ.get("PATH", "")])  # as in an active environment
    command = re.sub(r"(?<!\S)python3?(?=\s)", ".venv/bin/python", command)
    run = subprocess.run(
        ["bash", "-c", command.replace(".venv/bin/", f"{here}/")],
        cwd=ROOT,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONDONTWRITEBYTECODE": "1", "PATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=HANG,
        check=False,
    )
    assert run.returncode == 0, f"{command}\n{run.stdout}"
    return run.stdout


# What is done with a command


def run(command: str) -> None:
    """It is quick: it runs as it stands, and prints something."""
    assert shell(command).strip()


def exists(command: str) -> None:
    """It takes minutes, a network or a server: its program can be asked for help, which names every option of it."""
    words = shlex.split(command.partition("#")[0])
    program = words[:3] if "-m" in words[:3] else words[:1] + words[1:2]
    known = re.findall(r"--?[a-z][\w-]*", shell(f"{shlex.join(program)} --help"))
    options = [word.partition("=")[0] for word in re.findall(r"(?<!\S)--?[a-z][\w-]*", command)]
    assert [option for option in options if option != "-m" and option not in known] == []
    for folder, extra in re.findall(r"-e '?([\w./]+)(?:\[(\w+)\])?", command):
        project = (ROOT / folder / "pyproject.toml").read_text("utf-8")
        assert not extra or f"\n{extra} = [" in project


def parses(command: str) -> None:
    """A script that takes minutes, of which this test is a part: bash can read it, and what it starts is there."""
    script = command.split()[1]
    shell(f"bash -n {script}")
    assert ".venv/bin/python -m tests " in (ROOT / script).read_text("utf-8")
    assert "--weekly" in shell("python -m tests --help")


def clears(command: str) -> None:
    """It deletes, so it is not run: what it deletes is no part of the project."""
    for path in command.split()[2:]:
        assert f"/{path.rstrip('/')}/" in (ROOT / ".gitignore").read_text("utf-8").splitlines()


def elsewhere(command: str) -> None:
    """Windows: the same command as on other machines, in that system's spelling, must work there."""
    same = command.replace("\\", "/").replace(".venv/Scripts/", ".venv/bin/")
    same = re.sub(r"(?<!\S)py(?=\s)", "python3", same).replace("; ", " && ").replace(".exe", "")
    check(same)


COVERED: dict[str, Callable[[str], None]] = {
    r"py -m|.*\\Scripts\\": elsewhere,
    r"bash \S+$": parses,
    r"rm -rf ": clears,
    r"\S*python -m hooks (?!-h)": run,
    r"\S*python3? -m ": exists,
    r"\S*pip install ": exists,
    r"\S*mkdocs (serve|build)": exists,
}
"""What a command begins with, and what is done with it; the first that matches."""


def check(command: str) -> None:
    """Check each part of a command. Refuses one that nothing here covers."""
    for part in re.split(r" && ", command):
        for beginning, checked in COVERED.items():
            if re.match(beginning, part):
                checked(part)
                break
        else:
            raise AssertionError(
                f"nothing in tests/test_readme.py covers this command of the README: {part}"
            )


@pytest.mark.parametrize("command", commands(README))
def test_every_command_works(command: str) -> None:
    check(command)


def test_the_two_commands_are_found_wherever_they_stand() -> None:
    found = commands(README)
    assert found[:2] == [
        "python3 -m venv .venv && .venv/bin/pip install -q -c .constraints.txt -e . && .venv/bin/mkdocs serve",
        "bash .ci/run",
    ]
    assert "python -m tests.engines" in found and "rm -rf .cache" in found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("    a --b\n\tc d\n", ["a --b", "c d"]),
        ("```sh\na --b\n```\n```python\nx = 1\n```\n", ["a --b"]),
        ("```\na b\n```\n", ["a b"]),
        ("Say `python -m x` or `pip`, see `docs/a b`.", ["python -m x"]),
        ("    .venv/bin/a   # why\n", [".venv/bin/a   # why"]),
    ],
)
def test_commands_of_a_text(text: str, found: list[str]) -> None:
    assert commands(text) == found


@pytest.mark.parametrize(
    "command",
    [
        "curl -sSf example.org",
        "python3 -m venv .venv && wheel pack",
        "python -m tests.benches",
        "python -m tests.bench --size 3",
        "python -m hooks 'decode_stp'",
        "pip install -e '.[tests]'",
        "pip install --quietly -e .",
        "rm -rf docs",
        "bash .ci/walk",
        "mkdocs build --stricter",
        r".venv\Scripts\mkdocs deploy",
    ],
)
def test_a_command_that_does_not_work_or_that_nobody_covers_is_found(command: str) -> None:
    with pytest.raises((AssertionError, OSError)):
        check(command)


# The example


def test_the_example_builds_as_it_stands(house: Path) -> None:
    """Both files with the README's own text, and the line in nav; the home page lists it, and so does its tag's."""
    [example] = re.findall(r"^```markdown\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    assert example.count("\n") == 10
    path = "essays/my-essay/index.md"
    assert f"`docs/{path}`, and its twin `index.zh.md`" in README
    (house / "docs" / path).parent.mkdir()
    for name in (path, path.replace(".md", ".zh.md")):
        (house / "docs" / name).write_text(example, "utf-8")
    config = (house / "mkdocs.yml").read_text("utf-8")
    nav = config.replace("  - roadmap/index.md\n", f"  - {path}\n  - roadmap/index.md\n")
    assert nav != config
    (house / "mkdocs.yml").write_text(nav, "utf-8")
    built = mkdocs(house, "build", "--strict")
    assert built.returncode == 0, built.stdout
    for prefix in ("", "zh/"):
        for page in ("", "tags/memory/"):
            assert "essays/my-essay/" in (house / "site" / prefix / page / "index.html").read_text(
                "utf-8"
            )
