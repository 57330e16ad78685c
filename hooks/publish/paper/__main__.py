"""The command line: `python -m hooks.publish.paper --site site --out paper` makes the books of a
built site.
"""

import argparse
import re
import sys
from functools import partial
from pathlib import Path

from hooks.publish.paper.book import Book, book
from hooks.publish.paper.document import PAPERS, SCREEN, about, bookmark_titles, document, jacket
from hooks.publish.paper.epub import epub
from hooks.publish.paper.mend import mended
from hooks.text.command import run
from hooks.text.languages import LANGUAGES

ROOT = Path(__file__).resolve().parents[3]


def main(arguments: list[str] | None = None) -> int:
    """Write a PDF and an EPUB per language; return 1, having said why, where that can't be done."""
    parser = argparse.ArgumentParser(
        prog="python -m hooks.publish.paper",
        description="The whole series as one PDF and one EPUB per language.",
    )
    parser.add_argument(
        "--site", type=Path, default=Path("site"), help="the built site (default: %(default)s)"
    )
    parser.add_argument(
        "--out", type=Path, default=Path("paper"), help="where the files go (default: %(default)s)"
    )
    parser.add_argument(
        "--paper",
        choices=sorted(PAPERS),
        default="a4",
        help="the PDF's sheets (default: %(default)s)",
    )
    options = parser.parse_args(arguments)
    try:
        _write(
            [book(options.site, ROOT, language) for language in LANGUAGES],
            options.out,
            options.paper,
        )
    except ValueError as error:
        print(f"python -m hooks.publish.paper: {error}", file=sys.stderr)
        return 1
    except ImportError as error:
        print(
            f"python -m hooks.publish.paper: {error}; what prints comes with the tests: pip install"
            " -e '.[test]'",
            file=sys.stderr,
        )
        return 1
    return 0


def _write(books: list[Book], out: Path, paper: str) -> None:
    from hooks.publish.paper.chromium import (
        chromium,
        photographed,
        print_pdf,
    )  # these packages come with the tests only

    out.mkdir(parents=True, exist_ok=True)
    name = re.sub(r"[^a-z0-9]+", "-", books[0].site.name.lower()).strip("-")
    with chromium() as browser:
        for one in books:
            files = {
                "pdf": mended(
                    print_pdf(browser, partial(document, one, paper)),
                    about(one),
                    bookmark_titles(one),
                ),
                "epub": epub(one, photographed(browser, jacket(one), *SCREEN)),
            }
            for kind, content in files.items():
                file = out / f"{name}-{one.language}.{kind}"
                file.write_bytes(content)
                print(file)


if __name__ == "__main__":
    run(main)
