"""Edits at random in a small copy of the project, and after each sequence the same site built twice: from what is kept, and from nothing.

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

{prose} It takes `{{time:s}}` for `{{trips:request}}` trips. [The other](../{other}/index.md#first)

![A gate.](../../../figures/gate.py)
*It lets `{{load:kB}}` through.*

## Second

<!-- for van in * -->
| Van | Load |
| --- | ---: |
| `{{van}}` | `{{load:kB}}` |
"""

GATE = """def draw(ax, say, at):
    ax.text(0.1, 0.2, say("gate", "门") + " " + at("load:kB"), color="ink")
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
        self.swap(self.folder / "figures" / "gate.py", "10, ", f"10{self.count}, ")

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
        """Somebody, or a full disk, spoils what is kept."""
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
        site = self.folder / "kept"
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
        kept = build(folder, "kept"), files(folder / "kept")
        os.environ["CACHE"] = str(folder / ".none")
        for records in ("pages", "site"):
            shutil.rmtree(folder / ".none" / records, ignore_errors=True)
        clean = build(folder, "clean"), files(folder / "clean")
        del os.environ["CACHE"]
        if kept == clean:
            agreed += 1
            continue
        differ = [
            name
            for name in sorted({*kept[1], *clean[1]})
            if kept[1].get(name) != clean[1].get(name)
        ]
        print(
            number,
            [edit.__name__ for edit in edits],
            differ[:8],
            "" if kept[0] == clean[0] else f"\n{kept[0]}\n--- instead of\n{clean[0]}",
            flush=True,
        )
    print(f"{agreed} of {sequences} agree")
    return int(agreed != sequences)


if __name__ == "__main__":
    sys.exit(main())
