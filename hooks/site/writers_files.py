"""The files that people write: which there are, and what is wrong with one as a whole, before
anybody reads what it says.
"""

import os
from collections.abc import Iterable
from pathlib import Path
from unicodedata import normalize

from hooks.text.languages import twin_path
from hooks.text.problems import Problem
from hooks.text.rows import relative
from hooks.text.source import faults


class WritersFiles:
    """The documents, data, figures and cost models of a project.

    `problems` is what is wrong with them as files; `left_out` are files and folders that nobody
    can use.
    """

    def __init__(self, root: Path, docs: Path):
        self._root = root
        self._docs = docs
        self.problems: list[Problem] = []
        self.left_out: set[Path] = set()
        self.documents: set[str] = set()
        """Every file of the documents by its path below their folder, but for pages' Chinese
        twins.
        """
        self._walk()
        if "index.md" not in self.documents:
            self._refuse(docs / "index.md", "the site has no home page: write this file")
        sources = [
            *sorted((docs / "data").glob("*.yml")),
            *sorted((root / "figures").glob("*.py")),
            *sorted((root / "hooks" / "costs").glob("*.py")),
        ]
        for path in sources:
            self.problems += self._faults(path)

    def holds(self, path: Path) -> bool:
        """Whether a file can be used."""
        return self.left_out.isdisjoint((path, *path.parents))

    def without_consequences(self, problems: Iterable[Problem]) -> list[Problem]:
        """The problems without those that only follow from a file that cannot be read as it is.

        A page rests on data and cost models: where one of these is at fault, nothing else is
        told.
        """
        if not self.problems:
            return list(problems)
        causes = {problem.path for problem in self.problems}
        shared = tuple(
            f"{relative(folder, self._root)}/"
            for folder in (self._docs / "data", self._root / "hooks" / "costs")
        )
        if any(path.startswith(shared) for path in causes):
            return list(self.problems)
        return [*self.problems, *(each for each in problems if each.path not in causes)]

    def _walk(self) -> None:
        for folder, folders, files in os.walk(self._docs, followlinks=True):
            here = Path(folder)
            names = [name for name in sorted(folders + files) if not name.startswith(".")]
            self._check_spelling(here, names)
            for name in names:
                self._take(here / name, name in folders)
            folders[:] = [
                name
                for name in folders
                if name in names and self.left_out.isdisjoint({here / name})
            ]

    def _take(self, path: Path, is_folder: bool) -> None:
        wrong = self._misplaced(path, is_folder)
        if wrong:
            self._refuse(path, wrong)
        elif not is_folder:
            uri = path.relative_to(self._docs).as_posix()
            if not uri.endswith(".zh.md"):
                self.documents.add(uri)
            if path.suffix == ".md":
                self.problems += self._faults(path)
            elif not os.access(path, os.R_OK):
                self._refuse(path, "this file cannot be read: let everybody read it: chmod a+r")

    def _misplaced(self, path: Path, is_folder: bool) -> str:
        """What is wrong with where something lies; empty for nothing."""
        if path.is_symlink():
            target = path.resolve()
            if not target.exists():
                return "this link leads nowhere: mend it, or delete it"
            if not target.is_relative_to(self._docs.resolve()):
                return "this link leads out of docs/: put the file itself here"
            if is_folder and path.parent.resolve().is_relative_to(target):
                return "this link leads to a folder that it lies in: delete it"
        if is_folder:
            return (
                "this is a folder; a page is a file: rename the folder"
                if path.suffix == ".md"
                else ""
            )
        if path.name.endswith(".zh.md"):
            english = path.with_name(path.name.removesuffix(".zh.md") + ".md")
            if not english.is_file() and twin_path(english.name) == path.name:
                return (
                    f"this is the Chinese twin of a page that is not there: write {english.name}"
                    " beside it"
                )
        return ""

    def _check_spelling(self, folder: Path, names: Iterable[str]) -> None:
        """Refuse names that are one on some machines: macOS and Windows do not tell `KV` from
        `kv`.
        """
        seen: dict[str, str] = {}
        for name in names:
            key = normalize("NFC", name).casefold()
            if key in seen:
                self.problems.append(
                    Problem(
                        relative(folder / name, self._root),
                        0,
                        0,
                        f"on macOS and Windows this is the same name as '{seen[key]}' beside it:"
                        " rename one of them",
                    )
                )
            seen.setdefault(key, name)

    def _refuse(self, path: Path, message: str) -> None:
        self.left_out.add(path)
        self.problems.append(Problem(relative(path, self._root), 0, 0, message))

    def _faults(self, path: Path) -> list[Problem]:
        return faults(path, relative(path, self._root))
