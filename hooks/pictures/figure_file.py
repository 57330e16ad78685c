"""A figure file: read, run if it must be, and what is wrong in it with the line where that
stands.
"""

import ast
import traceback
from pathlib import Path
from types import ModuleType

from hooks.pictures.labels import Misread
from hooks.pictures.svg import Colourless
from hooks.text.curly import curly_tree
from hooks.text.problems import Mistake, Problem
from hooks.text.source import read_source


class LineMistake(Mistake):
    """A mistake in a figure file with its line; `cause` is the place of the mistake that it
    rests on.
    """

    def __init__(self, line: int, message: str, cause: str = ""):
        super().__init__(message, cause=cause)
        self.line = line


class FigureFile:
    """One figure file. It is empty until it is read."""

    def __init__(self, path: Path):
        self.path = path
        self.name = path.stem
        self.source = ""
        self.tree = ast.Module([], [])

    def read(self) -> None:
        """Read the file and parse it; raises what keeps it from that."""
        self.path.open("rb").close()  # a file that is not there is told as that
        self.source = read_source(self.path)
        self.tree = curly_tree(ast.parse(self.source, str(self.path)))

    @property
    def draws(self) -> bool:
        """Whether it draws a diagram by itself, and declares no chart."""
        return any(
            isinstance(node, ast.FunctionDef) and node.name == "draw" for node in self.tree.body
        )

    def run(self) -> ModuleType:
        """The file as a module. A diagram whose drawings are cached is not run: it would import
        matplotlib for nothing.
        """
        module = ModuleType(f"figure_{self.name}")
        module.__file__ = str(self.path)  # by which a figure finds files beside it
        exec(compile(self.tree, str(self.path), "exec"), module.__dict__)
        return module

    def shown(self) -> list[str]:
        """The text of every `at("…")` of the file. A value is looked up before drawing, so its
        name must stand there as it is.
        """
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
                    texts.append(text)
                case _:
                    raise LineMistake(
                        call.lineno, 'at() takes one text as it stands: at("kv_per_token:KiB")'
                    )
        return texts

    def problem(self, error: BaseException) -> Problem:
        """What the file raised as a problem, at the line that caused it as far as that can be
        told.
        """
        if isinstance(error, OSError) and not self.tree.body:
            return self._problem(0, f"no figure file here: {error.strerror}")
        if isinstance(error, SyntaxError):
            return self._problem(error.lineno or 0, f"Python cannot read this: {error.msg}")
        if isinstance(error, LineMistake):
            return self._problem(error.line, error.message, error.cause)
        if isinstance(error, Misread):
            return self._problem(self._line_of(error.text), error.message, error.cause)
        if isinstance(error, Colourless):
            return self._problem(self._line_of_colour(error.colours), error.message)
        if isinstance(error, Mistake):
            line = self._line_in(error) or self._line_of_draw()
            return self._problem(line, error.message, error.cause)
        frame = traceback.extract_tb(error.__traceback__)[-1]
        elsewhere = (
            f" (at {Path(frame.filename).name}:{frame.lineno})"
            if frame.filename != str(self.path) and frame.filename[0] != "<"
            else ""
        )
        return self._problem(self._line_in(error), f"{type(error).__name__}: {error}{elsewhere}")

    def _problem(self, line: int, message: str, cause: str = "") -> Problem:
        return Problem("/".join(self.path.parts[-2:]), line, 0, message, cause)

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
