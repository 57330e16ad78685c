"""What an entry of the glossary may name under `see`: a quantity, an essay, or a section of one."""

from pathlib import Path

from hooks.formula.library import Library
from hooks.page.pair import headings
from hooks.text.problems import did_you_mean
from hooks.text.source import read_source


def unknown_target(see: str, docs: Path, library: Library) -> str:
    """What is wrong with something to see; nothing where it is there.

    A quantity that the models declare and cannot use is none: its own mistake is told where it
    stands.
    """
    quantities = [quantity.name for quantity in library.quantities]
    if see in quantities or see in library.broken:
        return ""
    slug, mark, id = see.partition("#")
    page = docs / "essays" / slug / "index.md"
    if not page.is_file():
        essays = [path.parent.name for path in (docs / "essays").glob("*/index.md")]
        return f"no quantity or essay '{slug}'{did_you_mean(slug, [*quantities, *essays])}"
    known = [heading.id for heading in headings(read_source(page)) if heading.level == 2]
    if not mark or id in known:
        return ""
    return f"no section '{id}' in the essay '{slug}'{did_you_mean(id, known)}"
