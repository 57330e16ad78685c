"""A figure file in, a picture out; drawn again only when something that it shows has changed."""

import ast
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from types import ModuleType

from figures import style
from hooks.cache.fingerprint import digest_of
from hooks.cache.store import Store
from hooks.formula.evaluate import Scenario
from hooks.formula.quantity import Reason
from hooks.formula.reference import PinnedName, parse_reference
from hooks.pictures.bars import bars
from hooks.pictures.board import board
from hooks.pictures.chart import Scores
from hooks.pictures.curves import curves
from hooks.pictures.labels import Misread, Shown, short_reason
from hooks.pictures.live import Wire, Wires
from hooks.pictures.plot import plot
from hooks.pictures.render import Figure, render
from hooks.pictures.svg import Colourless
from hooks.pictures.tracing import reading
from hooks.text.languages import Language
from hooks.text.problems import Mistake, Problem
from hooks.text.source import read_source

HERE = Path(__file__).resolve()
ROOT = HERE.parents[2]
STYLE = ROOT / "figures" / "style.py"
SIMULATION = HERE.parents[1] / "simulation"
SOURCES = (
    STYLE,
    style.METRICS,
    *sorted(HERE.parent.glob("*.py")),
    *sorted(SIMULATION.glob("*.py")),
)
"""What a drawing depends on besides its own file: the style, every file of this room, and the simulation that some show."""


OWN = {path.relative_to(ROOT).as_posix() for path in SOURCES}
"""The same as names of inputs; Python may read one of them once for many drawings."""

Cached = tuple[tuple[str, str], dict[str, str]]
"""Two drawings, and the digests of the files that were read for them."""


@cache
def _matplotlib() -> str:
    """Its version, asked for once: the answer costs ten milliseconds. It is not imported for that."""
    return version("matplotlib")


class FigureProblem(Exception):
    """A mistake in a figure file, as a problem with its path and line."""

    def __init__(self, problem: Problem):
        super().__init__(str(problem))
        self.problem = problem


@dataclass(frozen=True)
class Picture:
    """An inline SVG, another for phones, and the numbers that it plots: a short table for the page, all of them as CSV. Diagrams have none.

    `live` is what a browser needs to draw it again for another scenario, and `terms` what it computes to do so; of a
    diagram, the numbers that it shows.
    """

    svg: str
    phone: str = ""
    columns: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    csv: str = ""
    live: Wire = field(default_factory=dict)
    terms: frozenset[PinnedName] = frozenset()
    inputs: frozenset[str] = frozenset()
    """The files of the project that its file reads, and the modules that it imports, by their paths below the project."""


def draw_picture(
    path: Path,
    scenario: Scenario,
    language: Language,
    alt: str,
    cache: Path | None = None,
    root: Path = ROOT,
) -> Picture:
    """The picture of a figure file in a scenario. Raises FigureProblem for a mistake in the file."""
    figure = _Figure(path, scenario, language, alt, cache, root)
    try:
        with reading(root) as read:
            drawn = figure.diagram() if figure.draws else figure.chart()
        return replace(drawn, inputs=frozenset((read | figure.read) - OWN))
    except FigureProblem:
        raise
    except (Exception, SystemExit) as error:
        raise figure.problem(error) from error


class _Figure:
    """One figure file, read, and run if it must be."""

    def __init__(
        self,
        path: Path,
        scenario: Scenario,
        language: Language,
        alt: str,
        cache: Path | None,
        root: Path,
    ):
        self.path, self.scenario, self.language, self.alt = path, scenario, language, alt
        self.cache, self.root = cache, root
        self.read: frozenset[str] = frozenset()
        """What was read when a drawing was made that now comes from the cache."""
        self.name = path.stem
        self.tree = ast.Module([], [])
        self.module = ModuleType(f"figure_{self.name}")
        self.module.__file__ = str(path)  # by which a figure finds files beside it
        try:
            path.open("rb").close()  # a file that is not there is told as that
            self.source = read_source(path)
            self.tree = ast.parse(self.source, str(path))
        except Exception as error:
            raise self.problem(error) from error
        self.draws = any(
            isinstance(node, ast.FunctionDef) and node.name == "draw" for node in self.tree.body
        )

    def run(self) -> ModuleType:
        """The file as a module. A diagram whose drawings are cached is not run: it would import matplotlib for nothing."""
        exec(compile(self.tree, str(self.path), "exec"), self.module.__dict__)
        return self.module

    def chart(self) -> Picture:
        """A declared chart: sampled always, drawn when the sample is new."""
        module = self.run()
        if not hasattr(module, "chart"):
            raise self.refuse(
                1, "a figure file holds `chart = Chart(…)` or `def draw(ax, say, at):`"
            )
        chart = module.chart
        scored = any(isinstance(mark, Scores) for mark in chart.marks)
        sample = (bars if chart.bars else board if scored else curves)(
            chart, self.scenario, self.language
        )
        svgs = self._drawn(repr(sample), lambda wide: plot(sample, self.name, self.alt, wide))
        rows = [list(row) for row in sample.texts]
        wires = Wires(self.scenario, self.language)
        wire = wires.chart(chart)
        return Picture(
            *svgs,
            list(sample.columns),
            rows,
            sample.csv(),
            wire,
            frozenset(wires.terms if wire else ()),
        )

    def diagram(self) -> Picture:
        """A drawn diagram: new when its text or one of the values that it shows is."""
        shown = {text: self._value(text, line) for text, line in self._shown()}

        def say(en: str, zh: str) -> str:
            return zh if self.language == "zh" else en

        def draw(figure: Figure) -> None:
            figure.set_layout_engine("constrained")
            self.run().draw(figure.add_subplot(), say, shown.__getitem__)

        content = [(text, value, value.number) for text, value in sorted(shown.items())]
        svgs = self._drawn(
            repr(content), lambda wide: render(draw, wide, style.HIGH, self.name, self.alt)
        )
        wires = Wires(self.scenario, self.language)
        return Picture(*svgs, live=wires.diagram(shown), terms=frozenset(wires.terms))

    def _shown(self) -> list[tuple[str, int]]:
        """Every `at("…")` of the file. A value is looked up before drawing, so its name must stand there as it is."""
        calls = [
            node
            for node in ast.walk(self.tree)
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id == "at"
        ]
        texts = []
        for call in calls:
            match call.args:
                case [ast.Constant(value=str(text))]:
                    texts.append((text, call.lineno))
                case _:
                    raise self.refuse(
                        call.lineno, 'at() takes one text as it stands: at("kv_per_token:KiB")'
                    )
        return texts

    def _value(self, text: str, line: int) -> Shown:
        try:
            reference = parse_reference(text, self.scenario)
            written, value = (
                reference.text(self.scenario, self.language),
                reference.value(self.scenario),
            )
            shown = Shown(short_reason(written, value) if isinstance(value, Reason) else written)
            shown.number = value if isinstance(value, float) else 0.0
            return shown
        except Mistake as mistake:
            raise self.refuse(line, mistake.message, mistake.cause) from None

    def _drawn(self, content: str, draw: Callable[[float], str]) -> tuple[str, str]:
        """The drawings for a page and for a phone, from the cache if the same has been drawn from the same files."""

        def both() -> tuple[str, str]:
            return draw(style.WIDE), draw(style.PHONE)

        if self.cache is None:
            return both()
        parts = [
            self.source,
            *(sha256(source.read_bytes()).hexdigest() for source in SOURCES),
            _matplotlib(),
            self.name,
            self.language,
            self.alt,
            content,
        ]
        store, name = Store(self.cache), repr(parts)
        cached: Cached | None = store.read(name, Cached)
        if cached and all(digest_of(self.root / path) == was for path, was in cached[1].items()):
            self.read = frozenset(cached[1])
            return cached[0]
        with reading(self.root) as read:
            drawings = both()
        store.write(name, (drawings, {path: digest_of(self.root / path) for path in read}))
        return drawings

    def refuse(self, line: int, message: str, cause: str = "") -> FigureProblem:
        """A problem at a line of this file; `cause` is the place of the mistake that it rests on."""
        return FigureProblem(Problem("/".join(self.path.parts[-2:]), line, 0, message, cause))

    def problem(self, error: BaseException) -> FigureProblem:
        """An error as a problem, at the line that caused it as far as that can be told."""
        if isinstance(error, OSError) and not self.tree.body:
            return self.refuse(0, f"no figure file here: {error.strerror}")
        if isinstance(error, SyntaxError):
            return self.refuse(error.lineno or 0, f"Python cannot read this: {error.msg}")
        if isinstance(error, Misread):
            return self.refuse(self._line_of(error.text), error.message, error.cause)
        if isinstance(error, Colourless):
            return self.refuse(self._line_of_colour(error.colours), error.message)
        if isinstance(error, Mistake):
            line = self._line_in(error) or self._line_of_draw()
            return self.refuse(line, error.message, error.cause)
        frame = traceback.extract_tb(error.__traceback__)[-1]
        elsewhere = (
            f" (at {Path(frame.filename).name}:{frame.lineno})"
            if frame.filename != str(self.path) and frame.filename[0] != "<"
            else ""
        )
        return self.refuse(self._line_in(error), f"{type(error).__name__}: {error}{elsewhere}")

    def _line_in(self, error: BaseException) -> int:
        """The last line of this file that an error passed through; else that of the chart."""
        lines = [
            frame.lineno or 0
            for frame in traceback.extract_tb(error.__traceback__)
            if frame.filename == str(self.path)
        ]
        return lines[-1] if lines else self._line_of("")

    def _line_of(self, text: str) -> int:
        """The line on which a text of the chart stands; else that of the chart itself."""
        texts = [
            node
            for node in ast.walk(self.tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        ]
        found = [node.lineno for node in texts if text and text == node.value]
        charts = [
            node.lineno
            for node in self.tree.body
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "chart"
        ]
        return (found or charts or [0])[0]

    def _line_of_colour(self, colours: list[str]) -> int:
        """The first line on which one of these colours stands; else that of the drawing."""
        from matplotlib.colors import is_color_like, to_hex

        lines = []
        for node in ast.walk(self.tree):
            if isinstance(node, (ast.Constant, ast.Tuple)):
                try:
                    value = ast.literal_eval(node)
                except ValueError:
                    continue
                if is_color_like(value) and to_hex(value) in colours:
                    lines.append(node.lineno)
        return min(lines, default=self._line_of_draw())

    def _line_of_draw(self) -> int:
        """The line on which `draw` begins, if it does."""
        drawing = [node for node in self.tree.body if isinstance(node, ast.FunctionDef)]
        return next((node.lineno for node in drawing if node.name == "draw"), 0)
