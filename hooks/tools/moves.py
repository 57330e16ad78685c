"""Every published number that a change moves: `python -m hooks.tools.moves BASE` compares two
trees.

For each page: numbers, claims and charts that say something else than in the tree BASE, before
and after, and the formula, datum or scenario that made the difference. The output is Markdown,
for the summary of a pull request.
"""

import argparse
import io
import subprocess
import sys
import tarfile
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from hooks.data.dependencies import Dependencies
from hooks.data.engine import ROOT, Engine
from hooks.data.scoreboard import scores
from hooks.formula.evaluate import Scenario
from hooks.formula.reference import Reference, parse_reference, scenario_from
from hooks.page.claim import parse_claim
from hooks.page.scan import Slot, scan
from hooks.page.table import sweep
from hooks.pictures.drawing import FigureProblem, draw_picture
from hooks.series.metadata import front_matter
from hooks.text.command import run
from hooks.text.problems import Mistake, line_and_column

READ = ("docs", "figures", "hooks/costs")
"""What published numbers come from."""

SHOWN = 200
"""So many moved numbers of one page are listed before they are only counted."""


@dataclass(frozen=True)
class Published:
    """One published number, claim or chart: where it stands, what it says, and every input that
    it rests on.
    """

    line: int
    text: str
    inputs: frozenset[str]


Key = tuple[str, str, int]
"""A kind, what the writer wrote (with a table row's pins), and which occurrence of it on its
page.
"""


@dataclass(frozen=True)
class Move:
    """One entry that says something else than before."""

    line: int
    kind: str
    written: str
    before: str
    after: str
    causes: tuple[str, ...]


class Tree:
    """The published entries of one tree, page by page; `problems` holds what could not be read."""

    def __init__(self, root: Path):
        """`root` holds `docs`, `figures` and `hooks/costs`."""
        self.root = root
        self.engine = Engine(root)
        self.problems = [str(problem) for problem in self.engine.problems]
        self._base = Scenario(self.engine.library, self.engine.catalogue.tables, {}, set())
        self.dependencies = Dependencies(root, self.engine)
        self.pages = {
            path.relative_to(root).as_posix(): self._page(path)
            for path in sorted((root / "docs").rglob("index.md"))
        }

    def _page(self, path: Path) -> dict[Key, Published]:
        """The entries of a page. Its twin in the other language computes the same."""
        text = path.read_text("utf-8-sig")
        try:
            given = front_matter(text).get("scenario")
        except Mistake:
            given = None
        scenario, _ = scenario_from(dict(given) if isinstance(given, dict) else {}, self._base)
        seen: Counter[tuple[str, str]] = Counter()
        found: dict[Key, Published] = {}
        for kind, written, at, entry in self._entries(path, text, scenario):
            seen[kind, written] += 1
            line, _ = line_and_column(text, at)
            found[kind, written, seen[kind, written]] = Published(line, *entry)
        return found

    def _entries(
        self, path: Path, text: str, scenario: Scenario
    ) -> Iterator[tuple[str, str, int, tuple[str, frozenset[str]]]]:
        """Kind, what is written, its offset, and what it says with its inputs."""
        slots = scan(text)
        rows = {
            inner: slot for slot in slots if slot.kind == "table" for inner in _inside(slot, slots)
        }
        for slot in slots:
            try:
                match slot.kind:
                    case "number":
                        table = rows.get(slot)
                        for pins in sweep(table.text, scenario) if table else [{}]:
                            own = scenario.pinned(pins)
                            reference = parse_reference(slot.text, own)
                            row = ", ".join(f"{name}={value}" for name, value in pins.items())
                            written = slot.text + (f" at {row}" if row else "")
                            yield "number", written, slot.inner, self._number(reference, own)
                    case "claim":
                        yield "claim", slot.text.strip(), slot.inner, self._claim(slot, scenario)
                    case "figure":
                        name = Path(slot.parts[1][0]).name
                        yield "chart", name, slot.start, self._chart(path, slot, scenario)
                    case "list" if slot.text.startswith("scoreboard"):
                        for score in scores(scenario):
                            said = f"{score.bound:.3g}, calibrated {score.predicted or 0:.3g}"
                            inputs = self._inputs([score.reference], score.scenario)
                            yield "scoreboard row", score.row.id, slot.start, (said, inputs)
            except (Mistake, FigureProblem):
                continue  # the build tells the writer

    def _number(self, reference: Reference, scenario: Scenario) -> tuple[str, frozenset[str]]:
        return reference.text(scenario, "en"), self._inputs([reference], scenario)

    def _claim(self, slot: Slot, scenario: Scenario) -> tuple[str, frozenset[str]]:
        claim = parse_claim(slot.text, scenario)
        sides = (
            f"{claim.left.written(scenario, 'en')} {claim.operator}"
            f" {claim.right.written(scenario, 'en')}"
        )
        verdict = "broken" if claim.failure(scenario) else "holds"
        references = [side.reference for side in (claim.left, claim.right) if side.reference]
        return f"{sides}: {verdict}", self._inputs(references, scenario)

    def _chart(self, path: Path, slot: Slot, scenario: Scenario) -> tuple[str, frozenset[str]]:
        file = (path.parent / slot.parts[1][0]).resolve()
        reads = self._base.reads
        assert reads is not None
        reads.clear()
        drawn = draw_picture(file, scenario, "en", "")
        inputs = frozenset(self.dependencies.behind(reads))
        return drawn.csv or drawn.svg, inputs | {f"file {file.relative_to(self.root).as_posix()}"}

    def _inputs(self, references: list[Reference], scenario: Scenario) -> frozenset[str]:
        """Formulas, cells and scenario fields that the values of references rest on."""
        terms = [term for reference in references for term in reference.terms()]
        asked = [term.pinned_in(scenario).asked(term.name) for term in terms]
        fields = {field for term in terms for field in term.follows(scenario.library)}
        settings = {f"scenario {field}={scenario.setting(field)}" for field in fields}
        return frozenset(self.dependencies.behind(asked) | settings)


def _inside(table: Slot, slots: tuple[Slot, ...]) -> list[Slot]:
    """The numbers in the repeated row of a table: those below its header."""
    body = "\n".join(table.parts[0][0].split("\n", 2)[:2]) if table.parts else ""
    start = table.parts[0][1] + len(body)
    return [p for p in slots if p.kind == "number" and start <= p.start and p.end <= table.end]


def moves(before: Tree, after: Tree) -> dict[str, list[Move]]:
    """What says something else in `after`, by page. What was written anew or deleted is no
    move.
    """
    found: dict[str, list[Move]] = {}
    for page, entries in after.pages.items():
        known = before.pages.get(page, {})
        changed = [
            Move(
                entry.line,
                key[0],
                key[1],
                *_in_a_line(key[0], known[key].text, entry.text),
                _causes(known[key], entry, before, after),
            )
            for key, entry in entries.items()
            if key in known and known[key].text != entry.text
        ]
        if changed:
            found[page] = sorted(changed, key=lambda move: (move.line, move.written))
    return found


def _in_a_line(kind: str, before: str, after: str) -> tuple[str, str]:
    """Before and after in a line; of a chart, how many of its points have moved."""
    if kind != "chart":
        return before, after
    old, new = before.splitlines(), after.splitlines()
    moved = sum(a != b for a, b in zip(old, new, strict=False)) + abs(len(old) - len(new))
    return "", (
        f"{moved} of {max(len(old), len(new))} rows of its points"
        if "," in after[:200]
        else "its drawing"
    )


def _causes(old: Published, new: Published, before: Tree, after: Tree) -> tuple[str, ...]:
    """The formulas, data and settings behind an entry that are not what they were."""
    causes = []
    for name in sorted(old.inputs | new.inputs):
        kind, _, which = name.partition(" ")
        if kind == "scenario":
            if name not in old.inputs:
                causes.append(f"the page's scenario: {which}")
        elif before.dependencies.digest(name) != after.dependencies.digest(name):
            causes.append(_cause(kind, which, before, after))
    return tuple(dict.fromkeys(causes))


def _cause(kind: str, which: str, before: Tree, after: Tree) -> str:
    match kind:
        case "cell":
            table, row, key = which.split("/", 2)
            old, new = (_cell(tree, table, row, key) for tree in (before, after))
            return f"docs/data/{table}.yml, {row}: {key} {old} → {new}"
        case "declaration":
            return f"the formula {which}"
        case "file":
            return which
    return f"{kind} {which}"


def _cell(tree: Tree, table: str, row: str, key: str) -> str:
    found = tree.engine.catalogue.tables.get(table, {}).get(row)
    cell = found.cells.get(key) if found else None
    return cell.text if cell else "none"


def untouched(before: Tree, after: Tree) -> set[str]:
    """The pages whose own text is as it was: their writers have said nothing of what moves."""
    return {
        page
        for page in after.pages
        if page in before.pages
        and (before.root / page).read_bytes() == (after.root / page).read_bytes()
    }


def report(found: dict[str, list[Move]], untouched: set[str]) -> str:
    """The moves as Markdown: a heading and a table a page."""
    if not found:
        return "No published number, claim or chart moves.\n"
    total = sum(map(len, found.values()))
    count = Counter(move.kind for moves in found.values() for move in moves)
    kinds = ", ".join(f"{count[kind]} {kind}{'s' * (count[kind] > 1)}" for kind in sorted(count))
    lines = [
        f"# Published numbers that move: {total} on {len(found)} page{'s' * (len(found) > 1)}",
        "",
        kinds,
        "",
    ]
    for page, changed in found.items():
        lines += [
            f"## {page}{' (its own text has not changed)' * (page in untouched)}",
            "",
            "| Line | What | Before | After | Because of |",
            "| ---: | :--- | ---: | ---: | :--- |",
        ]
        for move in changed[:SHOWN]:
            cells = (
                f"`{move.written}`",
                move.before,
                move.after,
                "; ".join(move.causes) or "the page's own text",
            )
            lines.append(
                f"| {move.line} | {move.kind} "
                + " | ".join(cell.replace("|", "\\|") for cell in cells)
                + " |"
            )
        if len(changed) > SHOWN:
            lines.append(f"\n… and {len(changed) - SHOWN} more on this page.")
        lines.append("")
    return "\n".join(lines)


def checked_out(revision: str, folder: Path) -> None:
    """Put what numbers come from into a folder as a revision of this repository has it. Raises
    Mistake for no revision.
    """
    command = ["git", "-C", str(ROOT), "archive", "--format=tar", revision, *READ]
    result = subprocess.run(command, capture_output=True, check=False)
    if result.returncode:
        raise Mistake(f"git cannot read '{revision}': {result.stderr.decode().strip()}")
    with tarfile.open(fileobj=io.BytesIO(result.stdout)) as archive:
        archive.extractall(folder, filter="data")


def main(arguments: list[str] | None = None) -> int:
    """Print what moves between BASE and the working tree. Returns 0, or 2 where one of them
    cannot be read.
    """
    parser = argparse.ArgumentParser(
        prog="python -m hooks.tools.moves",
        description="Published numbers that differ from those of another revision.",
    )
    parser.add_argument(
        "base",
        metavar="BASE",
        help="a revision of this repository (origin/main), or a folder with another tree",
    )
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(options.base)
        try:
            if not (folder / "docs").is_dir():
                folder = Path(temporary)
                checked_out(options.base, folder)
            before, after = Tree(folder.resolve()), Tree(ROOT)
        except Mistake as mistake:
            print(f"python -m hooks.tools.moves: {mistake.message}", file=sys.stderr)
            return 2
        print(report(moves(before, after), untouched(before, after)))
        for name, tree in (("BASE", before), ("the working tree", after)):
            for problem in tree.problems:
                print(f"{name}: {problem}", file=sys.stderr)
    return 2 if before.problems or after.problems else 0


if __name__ == "__main__":
    run(main)
