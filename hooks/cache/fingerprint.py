"""Fingerprints: digests of what every page depends on, and of single files."""

import json
import platform
from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

PACKAGES = (
    "mkdocs",
    "properdocs",
    "mkdocs-material",
    "pymdown-extensions",
    "Markdown",
    "Jinja2",
    "MarkupSafe",
    "PyYAML",
    "matplotlib",
    "numpy",
    "Pygments",
    "selectolax",
)
"""What may change a page's bytes."""

FOLDERS = ("hooks", "docs/data")
"""Our code, the cost models and all data: a change in any of them compiles every page anew."""

FILES = ("figures/style.py", "figures/han-metrics.ttf", "CITATION.cff", "LICENSE")

NO_INPUT = ("site_dir", "strict", "dev_addr", "config_file_path")
"""Settings that change no page: where the site is written, and what a warning does."""


def is_code(path: Path, root: Path) -> bool:
    """Whether a file is code or configuration, and neither a page, a figure, a cost model nor
    data.
    """
    inside = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()
    return inside in (*FILES, "mkdocs.yml") or (
        inside.startswith("hooks/") and not inside.startswith("hooks/costs/")
    )


def project_fingerprint(root: Path) -> str:
    """The digest of the packages, and of the files that every page depends on."""
    packages = {name: _version(name) for name in PACKAGES}
    paths = [path for folder in FOLDERS for path in _files(root / folder)]
    known = _digest([*paths, *(root / name for name in FILES)], root)
    return text_digest(repr((platform.python_version(), packages, known)))


def code_digest(root: Path) -> str:
    """The digest of the files that are loaded as code or templates: cost models and figures are
    read anew anyway.
    """
    paths = [*_files(root / "hooks"), root / "figures" / "style.py"]
    return _digest([path for path in paths if is_code(path, root)], root)


def text_digest(text: str) -> str:
    """The digest of a text."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def configuration(config: Mapping[str, Any], root: Path) -> str:
    """A configuration as MkDocs has resolved it, as a text that is the same wherever the
    project lies.

    Inherited files, the command line and the environment are all in it. Objects such as plugins
    count by their kind.
    """

    def plain(value: Any) -> Any:
        if isinstance(value, Mapping):
            return dict(value)
        return f"{type(value).__module__}.{type(value).__qualname__}"

    known = {name: value for name, value in dict(config).items() if name not in NO_INPUT}
    folders = [str(folder) for folder in getattr(config.get("theme"), "dirs", ())]
    text = json.dumps([known, folders], default=plain, skipkeys=True, ensure_ascii=False)
    return text.replace(json.dumps(str(root), ensure_ascii=False)[1:-1], "")


def folders_digest(*folders: Path) -> str:
    """The digest of the Python and YAML files in some folders, but not below them."""
    found = sha256()
    for path in (path for folder in folders for path in sorted(folder.glob("*.[py]*"))):
        if path.is_file():
            found.update(f"\0{path.name}\0".encode() + path.read_bytes())
    return found.hexdigest()


def digest_of(path: Path) -> str:
    """The digest of a file, or of the names in a folder, but for hidden and compiled ones;
    empty where there is neither.
    """
    try:
        if path.is_dir():
            names = (one.name for one in path.iterdir())
            return text_digest(
                repr(sorted(name for name in names if not name.startswith((".", "__"))))
            )
        return sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def _digest(paths: list[Path], root: Path) -> str:
    found = sha256()
    for path in sorted(paths):
        if path.is_file():
            found.update(f"\0{path.relative_to(root)}\0".encode() + path.read_bytes())
    return found.hexdigest()


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")


@cache
def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
