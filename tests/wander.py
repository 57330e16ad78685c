"""Edits at random in a small copy of the project, and after each sequence the same site built twice: with the cache, and from nothing.

    python wander.py FOLDER SEED SEQUENCES

prints a line per sequence that differs, with its edits, and then how many agreed. It runs inside the copy, in one process:
`mkdocs build` again and again, as a writer would.
"""

import contextlib
import io
import logging
import os
import random
import shutil
import sys
import warnings
from collections.abc import Callable
from pathlib import Path

PAGE = """---
title: {title}
question: "Why `{{time:s}}`?"
description: A page about {title}.
scenario: {{van: {van}}}
part: {part}
status: published
date: 2026-11-{day:02}
---

## First

{prose} It takes `{{time:s}}` for `{{trips:request}}` trips, each a tour. [The other](../{other}/index.md#first) and [a file](../../files/points.csv)

![A gate.](../../../figures/gate.py)
*It lets `{{load:kB}}` through.*

## Second

<!-- for van in * -->
| Van | Load |
| --- | ---: |
| `{{van}}` | `{{load:kB}}` |
"""

GATE = """from pathlib import Path

from figures.gates import NAME


def draw(ax, say, at):
    width = Path(__file__).with_name("gate.txt").read_text("utf-8").strip()
    ax.text(0.1, 0.2, width + " " + say(NAME, "门") + " " + at("load:kB"), color="ink")
"""

GLOSSARY = """tour:
  en: tour
  zh: 行程
  definition: A trip of a van.
  definition_zh: 一趟。
"""

COSTS = (
    ("load", "room * trips * share"),
    ("load", "room * share * trips"),
    ("load", "trips * (room * share)"),
    ("time", "load / speed"),
    ("time", "2 * load / speed"),
)


class Wanderer:
    """A writer without a plan."""

    def __init__(self, folder: Path, seed: int):
        self.folder = folder
        self.docs = folder / "docs"
        self.chance = random.Random(seed)
        self.count = 0
        (folder / "figures" / "gate.py").write_text(GATE, "utf-8")
        (folder / "figures" / "gates.py").write_text('NAME = "gate"\n', "utf-8")
        (folder / "figures" / "gate.txt").write_text("wide\n", "utf-8")
        (self.docs / "files").mkdir(exist_ok=True)
        (self.docs / "files" / "points.csv").write_text("1,2\n", "utf-8")
        (self.docs / "data" / "glossary.yml").write_text(GLOSSARY, "utf-8")
        (self.docs / "glossary").mkdir(exist_ok=True)
        for language, title in (("", "Glossary"), (".zh", "术语")):
            (self.docs / "glossary" / f"index{language}.md").write_text(
                f"---\ntitle: {title}\n---\n\nWords.\n\n<!-- glossary -->\n", "utf-8"
            )
        config = (folder / "mkdocs.yml").read_text("utf-8")
        (folder / "mkdocs.yml").write_text(f"INHERIT: base.yml\n{config}", "utf-8")
        (folder / "base.yml").write_text("use_directory_urls: true\nsite_author: Nobody\n", "utf-8")
        self.page("a")
        self.page("b")

    def page(self, slug: str, languages: tuple[str, ...] = ("", ".zh")) -> None:
        """Write a page, in both languages or one."""
        self.count += 1
        others = [path.name for path in (self.docs / "essays").glob("*") if path.name != slug]
        values = {
            "title": f"Page {slug}",
            "van": self.chance.choice(["small", "large"]),
            "part": self.count,
            "day": 1 + self.count % 28,
            "prose": f"Sentence {self.count}.",
            "other": (self.chance.choice(others) if others else slug),
        }
        for language in languages:
            target = self.docs / "essays" / slug / f"index{language}.md"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(PAGE.format(**values), "utf-8")

    def swap(self, path: Path, old: str, new: str) -> None:
        """Replace a text in a file."""
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")

    def any(self) -> Path:
        """Some essay's source."""
        return self.chance.choice(sorted((self.docs / "essays").glob("*/index*.md")))

    def prose(self) -> None:
        self.count += 1
        self.swap(self.any(), "Sentence", f"Word {self.count}. Sentence")

    def retitle(self) -> None:
        self.count += 1
        path = self.any().parent
        for source in path.glob("*.md"):
            self.swap(source, "title: Page", f"title: Page {self.count}")

    def heading(self) -> None:
        path = self.any().parent
        for source in path.glob("*.md"):
            self.swap(source, "## Second", "## Third")

    def rescenario(self) -> None:
        path = self.any().parent
        old, new = self.chance.sample(["{van: small}", "{van: large}"], 2)
        for source in path.glob("*.md"):
            self.swap(source, old, new)

    def add(self) -> None:
        self.page(f"p{self.count}", self.chance.choice([("", ".zh"), ("",)]))

    def remove(self) -> None:
        pages = sorted((self.docs / "essays").glob("*"))
        if len(pages) > 2:
            shutil.rmtree(self.chance.choice(pages))

    def rename(self) -> None:
        page = self.any().parent
        page.rename(page.with_name(f"r{self.count}"))
        self.count += 1

    def translate(self) -> None:
        page = self.any().parent
        zh = page / "index.zh.md"
        if zh.is_file():
            zh.unlink()
        else:
            shutil.copy(page / "index.md", zh)

    def datum(self) -> None:
        path = self.docs / "data" / "vans.yml"
        self.swap(
            path, *self.chance.sample(["speed: 5 kB/s", "speed: 7 kB/s"], 2)
        ) if self.chance.random() < 0.5 else self.swap(
            path, *self.chance.sample(["room: 40 kB", "room: 60 kB"], 2)
        )

    def row(self) -> None:
        path = self.docs / "data" / "vans.yml"
        if "tiny:" not in path.read_text("utf-8"):
            path.write_text(
                path.read_text("utf-8")
                + "tiny:\n  name: Tiny van\n  room: 1 kB\n  speed: 1 kB/s\n  source: {title: Van book, mark: recalled}\n",
                "utf-8",
            )
        else:
            self.swap(path, "Tiny van", f"Tiny van {self.count}")
            self.count += 1

    def formula(self) -> None:
        name, new = self.chance.choice(COSTS)
        path = self.folder / "hooks" / "costs" / "toy.py"
        for other, old in COSTS:
            if other == name:
                self.swap(path, f"return {old}\n", f"return {new}\n")

    def figure(self) -> None:
        self.count += 1
        self.swap(self.folder / "figures" / "gate.py", "0.1, ", f"0.1{self.count}, ")

    def imported(self) -> None:
        """A module that a figure imports."""
        self.count += 1
        (self.folder / "figures" / "gates.py").write_text(f'NAME = "gate {self.count}"\n', "utf-8")

    def read_file(self) -> None:
        """A file that a figure reads."""
        self.count += 1
        (self.folder / "figures" / "gate.txt").write_text(f"wide {self.count}\n", "utf-8")

    def linked(self) -> None:
        """A file that pages link to comes or goes."""
        path = self.docs / "files" / "points.csv"
        if path.is_file():
            path.unlink()
        else:
            path.write_text("1,2\n", "utf-8")

    def glossary(self) -> None:
        """A word of the page that lists terms, and what uses them."""
        self.count += 1
        self.swap(self.docs / "glossary" / "index.md", "Words", f"Words {self.count}")

    def term(self) -> None:
        """What a term means."""
        self.count += 1
        self.swap(self.docs / "data" / "glossary.yml", "A trip", f"A trip {self.count}")

    def addresses(self) -> None:
        """The configuration that another one inherits."""
        self.swap(
            self.folder / "base.yml",
            *self.chance.sample(["use_directory_urls: true", "use_directory_urls: false"], 2),
        )

    def author(self) -> None:
        self.count += 1
        self.swap(self.folder / "base.yml", "site_author: ", f"site_author: {self.count}")

    def template(self) -> None:
        self.count += 1
        self.swap(
            self.folder / "hooks" / "theme" / "partials" / "footer.html",
            "<footer",
            f"<!-- {self.count} --><footer",
        )

    def configuration(self) -> None:
        self.count += 1
        self.swap(self.folder / "mkdocs.yml", "copyright: Prose", f"copyright: Prose {self.count}")

    def mistake(self) -> None:
        path = self.any()
        old, new = self.chance.sample(["`{time:s}` for", "`{tine:s}` for"], 2)
        self.swap(path, old, new)

    def damage(self) -> None:
        """Somebody, or a full disk, spoils the cache."""
        for path in sorted((self.folder / ".cache").rglob("*")):
            if path.is_file() and self.chance.random() < 0.3:
                content = path.read_bytes()
                at = self.chance.randrange(len(content) + 1)
                path.write_bytes(
                    content[:at]
                    if self.chance.random() < 0.5
                    else content[:at] + b"?" + content[at + 1 :]
                )

    def kill(self) -> None:
        """A build dies half-way."""
        pid = os.fork()
        if not pid:
            os.setpgid(0, 0)
            with contextlib.suppress(BaseException):
                build(self.folder, "killed")
            os._exit(0)
        with contextlib.suppress(ProcessLookupError):
            import time

            time.sleep(self.chance.random() * 0.5)
            os.killpg(pid, 9)
        os.waitpid(pid, 0)

    def tamper(self) -> None:
        """Somebody edits, deletes or adds to what was built."""
        site = self.folder / "cached"
        pages = sorted(site.rglob("*.html"))
        if pages:
            path = self.chance.choice(pages)
            self.chance.choice(
                [
                    path.unlink,
                    lambda: path.write_bytes(b"spoilt"),
                    lambda: (site / "stray.html").write_bytes(b"stray"),
                    lambda: shutil.rmtree(site),
                ]
            )()

    def nothing(self) -> None:
        """Build once more."""

    def edits(self) -> list[Callable[[], None]]:
        """One to four things to do."""
        likely = [self.prose] * 4 + [self.datum, self.formula] * 2
        rare = [
            self.retitle,
            self.heading,
            self.rescenario,
            self.add,
            self.remove,
            self.rename,
            self.translate,
            self.row,
            self.figure,
            self.imported,
            self.read_file,
            self.linked,
            self.glossary,
            self.term,
            self.addresses,
            self.author,
            self.template,
            self.configuration,
            self.mistake,
            self.damage,
            self.kill,
            self.tamper,
            self.nothing,
        ]
        return self.chance.choices([*likely, *rare], k=self.chance.randint(1, 4))


def build(folder: Path, site: str) -> str:
    """Build the site as a command would, and return what it says."""
    from mkdocs.commands import build as commands
    from mkdocs.config import load_config

    said = io.StringIO()
    handler = logging.StreamHandler(said)
    handler.setLevel(logging.WARNING)
    logging.getLogger("mkdocs").handlers[:] = [handler]
    logging.getLogger("mkdocs").propagate = False
    config = load_config(str(folder / "mkdocs.yml"), site_dir=str(folder / site))
    config.plugins.on_startup(command="build", dirty=False)
    commands.build(config)
    return "\n".join(sorted(line for line in said.getvalue().splitlines()))


def files(site: Path) -> dict[str, bytes]:
    """Every file of a site."""
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }


def main() -> int:
    """Wander, and compare."""
    warnings.simplefilter("ignore")
    folder, seed, sequences = Path(sys.argv[1]).resolve(), int(sys.argv[2]), int(sys.argv[3])
    os.chdir(folder)
    wanderer = Wanderer(folder, seed)
    agreed = 0
    for number in range(sequences):
        edits = wanderer.edits()
        for edit in edits:
            edit()
        cached = build(folder, "cached"), files(folder / "cached")
        os.environ["CACHE"] = str(folder / ".none")
        drawn = {"figure", "imported", "read_file"}.intersection(edit.__name__ for edit in edits)
        for records in ("pages", "site", *(["figures"] if drawn else [])):
            shutil.rmtree(folder / ".none" / records, ignore_errors=True)
        clean = build(folder, "clean"), files(folder / "clean")
        del os.environ["CACHE"]
        if cached == clean:
            agreed += 1
            continue
        differ = [
            name
            for name in sorted({*cached[1], *clean[1]})
            if cached[1].get(name) != clean[1].get(name)
        ]
        print(
            number,
            [edit.__name__ for edit in edits],
            differ[:8],
            "" if cached[0] == clean[0] else f"\n{cached[0]}\n--- instead of\n{clean[0]}",
            flush=True,
        )
    print(f"{agreed} of {sequences} agree")
    return int(agreed != sequences)


if __name__ == "__main__":
    sys.exit(main())
