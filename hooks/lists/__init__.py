"""Lists that pages show in place of comments: each is a function with `@page_list` in one of these
files.

All of them are imported with the first, so that every list is registered, and a mistake in one is
told at once.
"""

from importlib import import_module
from pathlib import Path

for path in sorted(Path(__file__).parent.glob("[!_]*.py")):
    import_module(f"{__name__}.{path.stem}")
