"""The house: a digest of all that every page rests on, whatever it says: our code and templates, the packages, the configuration."""

import platform
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

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
)
"""What may change a page's bytes."""


BESIDE = (
    "figures/style.py",
    "figures/han-metrics.ttf",
    "mkdocs.yml",
    "CITATION.cff",
    "LICENSE",
)
"""Files of the house that are none of our code."""


def holds(path: Path, root: Path) -> bool:
    """Whether a file belongs to the house."""
    inside = path.relative_to(root) if path.is_relative_to(root) else path
    return inside.as_posix() in BESIDE or (
        inside.parts[0] == "hooks" and inside.parts[1:2] != ("costs",) and path.suffix != ".pyc"
    )


def house(root: Path) -> str:
    """The digest for a project.

    Formulas are left out: each page names those that it uses. So are the figures but for their style.
    """
    files = [
        path for path in sorted((root / "hooks").rglob("*")) if path.is_file() and holds(path, root)
    ]
    files += [root / name for name in BESIDE]
    digest = sha256(
        repr((platform.python_version(), [_version(name) for name in PACKAGES])).encode()
    )
    for path in files:
        if path.is_file():
            digest.update(f"\0{path.relative_to(root)}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def digest(*folders: Path) -> str:
    """The digest of the files in some folders, but not below them."""
    found = sha256()
    for path in (path for folder in folders for path in sorted(folder.glob("*.[py]*"))):
        found.update(f"\0{path}\0".encode() + path.read_bytes())
    return found.hexdigest()


@cache
def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
