"""How long builds take, against plain MkDocs + Material on the same pages with everything pre-rendered.

    python -m tests.bench --sizes 3 30 300 --runs 3

Both sides build both languages in one process. Runs are interleaved and compared pair by pair, since machines drift.
"""

import argparse
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from statistics import median

from hooks.build import Build
from hooks.page.fill import body_at
from hooks.series import front_matter
from tests.conftest import copy_to

ENVIRONMENT = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "SITE_URL": "", "REPOSITORY_URL": ""}
PLAIN = "import sys; from mkdocs.config import load_config; from mkdocs.commands.build import build; [build(load_config(f)) for f in sys.argv[1:]]"


def main() -> None:
    """Print a table of medians and ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[3, 30, 300])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--without-plain", action="store_true", help="leave the panels out of the comparison: at 300 essays they take plain MkDocs a quarter of an hour")
    parser.add_argument("--serve", action="store_true", help="also time from an edit to the page being served")
    options = parser.parse_args()
    print("plain: numbers, figures and panels pre-rendered in the Markdown; bare: numbers and figures only, no panels")
    print("essays | cold s | warm s | plain s | bare s | cold/plain | warm/plain | cold/bare | warm/bare")
    for size in options.sizes:
        with tempfile.TemporaryDirectory() as folder:
            house = many(Path(folder) / "house", size)
            bare = prerendered(house, Path(folder) / "bare", panels=False)
            plain = bare if options.without_plain else prerendered(house, Path(folder) / "plain", panels=True)
            rows = [run(house, plain, bare) for _ in range(options.runs)]
            seconds = " | ".join(f"{median(column):.2f}" for column in zip(*rows, strict=True))
            ratios = " | ".join(f"{median(row[a] / row[b] for row in rows):.2f}" for b in (2, 3) for a in (0, 1))
            print(f"{size} | {seconds} | {ratios}", flush=True)
            if options.serve:
                print(f"       edit to served: {edited(house):.2f} s, plain {edited(plain, 'en.yml'):.2f} s", flush=True)


def many(house: Path, size: int) -> Path:
    """A copy of the project with `size` essays: the real ones, over and over."""
    copy_to(house)
    real = sorted((house / "docs/essays").iterdir())
    for number in range(len(real), size):
        source = real[number % len(real)]
        copy = shutil.copytree(source, house / "docs/essays" / f"{source.name}-{number:04}")
        for page in copy.glob("*.md"):  # a copy stands beside the path
            page.write_text(re.sub(r"^part:.*\n", "", page.read_text("utf-8"), count=1, flags=re.MULTILINE), "utf-8")
    pages = "".join(f"  - {path.relative_to(house / 'docs').as_posix()}\n" for path in sorted((house / "docs/essays").glob("*/index.md"))[:size])
    for extra in sorted((house / "docs/essays").iterdir())[size:]:
        shutil.rmtree(extra)
    config = (house / "mkdocs.yml").read_text("utf-8")
    config = re.sub(r"nav:\n(?:  - .*\n)+", f"nav:\n  - index.md\n{pages}", config)
    (house / "mkdocs.yml").write_text(config, "utf-8")
    return house


def prerendered(house: Path, plain: Path, panels: bool) -> Path:
    """The same pages with every number and figure, and the panels or not, in the Markdown: a tree and a config a language."""
    config = (house / "mkdocs.yml").read_text("utf-8").replace("hooks: [hooks/main.py]\nwatch: [hooks, figures]\n", "")
    shutil.copytree(house / "hooks/theme", plain / "hooks/theme")
    for language in ("en", "zh"):
        build = Build(house, house / "docs", language, "/source/", house / ".cache/figures")  # type: ignore[arg-type]
        for path in sorted((house / "docs").rglob("index.md")):
            uri = path.relative_to(house / "docs").as_posix()
            text = build.source(uri)[0].read_text("utf-8")
            meta = front_matter(text)
            meta["title"] = str(meta.get("title", ""))
            body = build.finish(uri, build.markdown(uri, meta) + ("\n\n<!-- works -->\n" if panels else ""))
            head = text[: body_at(text)]
            target = plain / language / uri
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(re.sub(r"^(question|description|status):.*\n", "", head, flags=re.MULTILINE) + body, "utf-8")
        own = config.replace("docs_dir: docs", f"docs_dir: {language}\nsite_dir: site/{language}").replace("  language: en", f"  language: {language}")
        (plain / f"{language}.yml").write_text(own, "utf-8")
    return plain


def run(house: Path, plain: Path, bare: Path) -> tuple[float, ...]:
    """Seconds of a cold build, a warm one, and the two pre-rendered ones."""
    shutil.rmtree(house / ".cache", ignore_errors=True)
    build = [sys.executable, "-m", "mkdocs", "build", "-q"]
    both = [sys.executable, "-c", PLAIN, "en.yml", "zh.yml"]
    return tuple(timed(command, folder) for command, folder in ((build, house), (build, house), (both, plain), (both, bare)))


def timed(command: list[str], folder: Path) -> float:
    """Wall seconds of a whole process."""
    started = time.perf_counter()
    subprocess.run(command, cwd=folder, env=ENVIRONMENT, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - started


def edited(folder: Path, config: str = "mkdocs.yml") -> float:
    """Seconds from saving a sentence to the page that has it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "serve", "-q", "-f", config, "-a", f"127.0.0.1:{port}"],
        cwd=folder, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        page = next((folder / ("docs" if config == "mkdocs.yml" else "en")).glob("essays/kv-cache/index.md"))
        address = f"http://127.0.0.1:{port}/essays/kv-cache/"
        _until(address, "<article")
        started = time.perf_counter()
        page.write_text(page.read_text("utf-8") + "\nA sentence that was not there.\n", "utf-8")
        _until(address, "A sentence that was not there.")
        return time.perf_counter() - started
    finally:
        process.terminate()
        process.wait()


def _until(address: str, text: str) -> None:
    for _ in range(6000):
        try:
            with urllib.request.urlopen(address, timeout=60) as answer:
                if text in answer.read().decode():
                    return
        except OSError:
            pass
        time.sleep(0.05)
    raise TimeoutError(address)


if __name__ == "__main__":
    main()
