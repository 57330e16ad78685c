"""Pictures of the site to look at: home, an essay and a reference page, in both languages and palettes, desktop and phone.

python -m tests.shots OUT [--site site]
"""

import argparse
import tempfile
from pathlib import Path
from typing import Literal

from playwright.sync_api import sync_playwright

from tests.browser import FLAGS, executable
from tests.conftest import ROOT, mkdocs
from tests.host import hosted
from tests.kinds import KINDS

PAGES = {name: KINDS[name] for name in ("home", "essay", "models")}
LANGUAGES = {"en": "", "zh": "zh/"}
PALETTES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
SCREENS = {"desktop": (1280, 1600), "phone": (390, 1600)}


def main() -> None:
    """Build the site, unless one is given, and write a PNG a page."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("out", type=Path)
    parser.add_argument("--site", type=Path, help="a built site; without one, the docs are built")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        site = options.site or built(Path(folder))
        with hosted(site) as host:
            shoot(host.address.rstrip("/"), options.out)


def built(folder: Path) -> Path:
    """The docs as they are, problems and all: a picture of a problem is worth having."""
    print(mkdocs(ROOT, "build", "-d", str(folder)).stdout)
    return folder


def shoot(address: str, out: Path) -> None:
    """One picture a page, language, palette and screen: `essay-zh-dark-phone.png`."""
    out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=FLAGS)
        for palette in PALETTES:
            for screen, (width, height) in SCREENS.items():
                page = browser.new_page(
                    viewport={"width": width, "height": height}, color_scheme=palette
                )
                for language, prefix in LANGUAGES.items():
                    for name, path in PAGES.items():
                        page.goto(f"{address}/{prefix}{path}")
                        page.screenshot(path=out / f"{name}-{language}-{palette}-{screen}.png")
                page.close()
        browser.close()


if __name__ == "__main__":
    main()
