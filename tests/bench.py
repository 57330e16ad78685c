"""How long builds take, against others on the same pages with every number and figure already in their Markdown.

    python -m tests.bench --sizes 20 200 1000 --runs 3
    python -m tests.bench --lighthouse

Ours: nothing kept but the figures (cold), nothing changed (warm), and after one edit each: a sentence, a datum, a
formula. Theirs: plain MkDocs + Material with its search, cold; Zensical and Hugo, warm, where they are on the PATH. All
build both languages. Runs are interleaved and compared round by round, since machines drift. Beside each stands the memory of its largest process.

`--lighthouse` measures pages instead of builds: home, the heaviest essay and a reference page, in both languages, five
runs each, with Lighthouse as on a phone. It reports, and fails nothing: what a machine gives depends on the machine.
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
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import Process
from pathlib import Path
from statistics import median

from playwright.sync_api import sync_playwright

from hooks.page.page import body_at
from hooks.site.assemble import assemble
from hooks.site.memo import Memo
from hooks.site.page_view import companion_of, page_files, view
from hooks.site.project import Project
from hooks.site.settings import Settings
from tests.browser import FLAGS, executable
from tests.conftest import ROOT, copy_to, mkdocs
from tests.host import hosted
from tests.lighthouse import reports
from tests.test_lighthouse import heaviest, pages

ENVIRONMENT = {
    **{
        name: value
        for name, value in os.environ.items()
        if name not in ("CACHE", "FIGURE_CACHE", "PYTHONDONTWRITEBYTECODE")
    },
    "NO_MKDOCS_2_WARNING": "1",
    "SITE_URL": "",
    "REPOSITORY_URL": "",
}
OURS = [sys.executable, "-m", "mkdocs", "build", "-q"]
PLAIN = [
    sys.executable,
    "-c",
    "import sys; from mkdocs.config import load_config; from mkdocs.commands.build import build; [build(load_config(f)) for f in ('en.yml', 'zh.yml')]",
]
CONFIG = """site_name: Plain
docs_dir: {language}
site_dir: site/{language}
theme: {{name: material, language: {language}, font: false}}
markdown_extensions: [admonition, attr_list, footnotes, md_in_html, tables, {{toc: {{permalink: "#"}}}}, pymdownx.details, pymdownx.superfences]
plugins: [search]
nav:
{nav}"""
LAYOUT = "<!doctype html><html><head><title>{{ .Title }}</title></head><body>{{ range .Site.RegularPages }}<a href='{{ .RelPermalink }}'>{{ .Title }}</a>{{ end }}<main>{{ .Content }}</main></body></html>"


@dataclass(frozen=True)
class Run:
    """What a build took: seconds on the clock, and the memory of its largest process."""

    seconds: float
    megabytes: float


def main() -> None:
    """Print a table of medians, and of ratios to plain MkDocs + Material."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[20, 200, 1000])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument(
        "--contests",
        nargs="+",
        help="only these of them: cold warm sentence datum formula plain zensical hugo; plain is always one",
    )
    parser.add_argument(
        "--panels",
        action="store_true",
        help="give the others the work panels, too: at 300 essays they take plain MkDocs a quarter of an hour",
    )
    parser.add_argument(
        "--serve", action="store_true", help="also time from an edit to the page being served"
    )
    parser.add_argument(
        "--lighthouse", action="store_true", help="measure the pages with Lighthouse, and no builds"
    )
    options = parser.parse_args()
    if options.lighthouse:
        measured()
        return
    for size in options.sizes:
        with tempfile.TemporaryDirectory() as folder:
            house = many(Path(folder) / "house", size)
            plain = Path(folder) / "plain"
            aside = Process(
                target=prerendered, args=(house, plain, options.panels)
            )  # it draws the figures, too; its memory would count as that of whatever this process starts
            aside.start()
            aside.join()
            assert aside.exitcode == 0, "the pages could not be prerendered"
            contests = {
                name: contest
                for name, contest in (ours(house) | others(plain)).items()
                if name == "plain" or name in (options.contests or [name])
            }
            rounds = [
                {name: contest() for name, contest in contests.items()} for _ in range(options.runs)
            ]
            print(f"\n{size} essays, {options.runs} rounds: seconds (ratio to plain)")
            for name in contests:
                ratio = median(each[name].seconds / each["plain"].seconds for each in rounds)
                print(
                    f"  {name:10} {median(each[name].seconds for each in rounds):8.2f} ({ratio:.3f}) {max(each[name].megabytes for each in rounds):5.0f} MB",
                    flush=True,
                )
            sizes = [path.stat().st_size for path in (house / "site/essays").rglob("index.html")]
            print(f"  {sum(sizes) / len(sizes) / 1000:.0f} kB of HTML a page")
            if options.serve:
                print(
                    "  from an edit to the page being served:",
                    ", ".join(f"{name} {seconds:.2f} s" for name, seconds in edited(house).items()),
                    flush=True,
                )


def measured() -> None:
    """Print Lighthouse's scores of a page of each kind in both languages: medians of five runs, and what fell short."""
    with tempfile.TemporaryDirectory() as folder:
        mkdocs(ROOT, "build", "-d", folder)
        site = Path(folder)
        with hosted(site) as host:
            addresses = [f"{host.address}/{page}" for page in pages(site, ("", "zh/"))]
            print(
                "performance of each run (median; the aim is 98), and the others, whose aim is 100"
            )
            for report in reports(addresses):
                others = ", ".join(f"{name} {score}" for name, score in report.scores.items())
                print(
                    f"  /{report.address.removeprefix(host.address).lstrip('/'):28} {report.performance} ({median(report.performance):g}), {others}; {'; '.join(report.short)}",
                    flush=True,
                )
            essay = f"{host.address}/essays/{heaviest(site, '')}/"
            print(f"  a change of scenario repaints the essay in {repainted(essay):.0f} ms")


REPAINT = """() => Array.from({ length: 30 }, (_, k) => {
  const start = performance.now();
  live.set({ batch: 2 + k, context: 5000 + 100 * k });
  document.body.getBoundingClientRect();
  return performance.now() - start;
})"""
"""Fresh scenarios each time, so that nothing is remembered."""


def repainted(address: str) -> float:
    """Median milliseconds from a change of scenario to an essay that shows it, charts included."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=FLAGS)
        page = browser.new_page()
        page.goto(address, wait_until="networkidle")
        times: list[float] = page.evaluate(REPAINT)
        browser.close()
    return median(times)


def ours(house: Path) -> dict[str, Callable[[], Run]]:
    """Our builds, in the order in which each leaves the next one what it needs."""

    def cold() -> Run:
        for records in ("pages", "site"):
            shutil.rmtree(house / ".cache" / records, ignore_errors=True)
        return timed(OURS, house)

    def after(path: str, old: str, new: str) -> Callable[[], Run]:
        def build() -> Run:
            file = next(house.glob(path))
            text = file.read_text("utf-8")
            there, then = (new, old) if new in text else (old, new)
            assert there in text, (path, old)
            file.write_text(text.replace(there, then, 1), "utf-8")
            return timed(OURS, house)

        return build

    return {
        "cold": cold,
        "warm": lambda: timed(OURS, house),
        "sentence": after(
            "docs/essays/kv-cache/index.md", "You know the message", "You will know the message"
        ),
        "datum": after(
            "docs/data/models.yml",
            "intermediate_size: 28672\n  vocab_size: 128256",
            "intermediate_size: 28673\n  vocab_size: 128256",
        ),  # no claim rests on so little
        "formula": after("hooks/costs/cache.py", "Every layer keeps", "Each layer keeps"),
    }


def others(plain: Path) -> dict[str, Callable[[], Run]]:
    """The others' builds of the same pages."""
    contests = {"plain": lambda: timed(PLAIN, plain)}
    if shutil.which("zensical"):
        contests["zensical"] = lambda: both(
            *(
                timed(["zensical", "build", "-f", f"{language}.yml"], plain)
                for language in ("en", "zh")
            )
        )
    if shutil.which("hugo"):
        contests["hugo"] = lambda: both(
            *(
                timed(
                    ["hugo", "--quiet", "--contentDir", language, "-d", f"hugo/{language}"], plain
                )
                for language in ("en", "zh")
            )
        )
    return contests


def many(house: Path, size: int) -> Path:
    """A copy of the project with `size` essays: the real ones over and over, no two alike, so that nothing is known of one from another but panels."""
    copy_to(house)
    real = sorted((house / "docs/essays").iterdir())
    for number in range(len(real), size):
        source = real[number % len(real)]
        copy = shutil.copytree(source, house / "docs/essays" / f"{source.name}-{number:04}")
        for page in copy.glob("*.md"):
            text = re.sub(
                r"^part:.*\n", "", page.read_text("utf-8"), count=1, flags=re.MULTILINE
            )  # a copy stands beside the path
            text = text.replace(
                "scenario: {", f"scenario: {{daily_cost: {number}, ", 1
            )  # in a scenario of its own, which changes no number
            page.write_text(f"{text}\nCopy {number}.\n", "utf-8")
    config = (house / "mkdocs.yml").read_text("utf-8")
    pages = "".join(
        f"  - {path.relative_to(house / 'docs').as_posix()}\n"
        for path in sorted((house / "docs").rglob("index.md"))
    )
    (house / "mkdocs.yml").write_text(
        re.sub(r"nav:\n(?:  - .*\n)+", f"nav:\n{pages}", config), "utf-8"
    )
    return house


def prerendered(house: Path, plain: Path, panels: bool) -> None:
    """The same pages with every number and figure, and the panels or not, in the Markdown: a tree and a config a language."""
    for language in ("en", "zh"):
        settings = Settings(
            house, house / "docs", language, "/source/", drawings=house / ".cache/figures"
        )
        project = Project(settings)  # without Markdown
        memo = Memo(project, None)
        pages = sorted((house / "docs").rglob("index.md"))
        for path in pages:
            memo.record(path.relative_to(house / "docs").as_posix())
        assembly = assemble(memo, memo.body, project)
        for path in pages:
            uri = path.relative_to(house / "docs").as_posix()
            text = project.sources.source(uri).text
            body = view(memo[uri], memo.body(uri), assembly).content
            if panels:
                files = page_files(memo[uri], memo.body(uri), "<!-- works -->", assembly)
                body += str(files.get(companion_of(uri), ""))
            target = plain / language / uri
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(
                re.sub(
                    r"^(question|description|status|tags):.*\n",
                    "",
                    text[: body_at(text)],
                    flags=re.MULTILINE,
                )
                + body,
                "utf-8",
            )
        nav = "".join(f"  - {path.relative_to(house / 'docs').as_posix()}\n" for path in pages)
        (plain / f"{language}.yml").write_text(CONFIG.format(language=language, nav=nav), "utf-8")
    for name in ("single", "list", "home"):
        (plain / "layouts" / "_default").mkdir(parents=True, exist_ok=True)
        (plain / "layouts" / "_default" / f"{name}.html").write_text(LAYOUT, "utf-8")
    (plain / "hugo.toml").write_text(
        'title = "Plain"\ndisableKinds = ["taxonomy", "term"]\n[markup.goldmark.renderer]\nunsafe = true\n',
        "utf-8",
    )


def timed(command: list[str], folder: Path) -> Run:
    """A whole process, and those that it starts."""
    started = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    if status:
        raise RuntimeError(f"{command} failed in {folder}")
    return Run(seconds, used.ru_maxrss / 1000)


def both(*runs: Run) -> Run:
    """One run after the other."""
    return Run(sum(run.seconds for run in runs), max(run.megabytes for run in runs))


def edited(folder: Path) -> dict[str, float]:
    """Median seconds from saving a sentence, a datum or a formula to the page that shows it, of the page that is looked at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "serve", "-q", "-a", f"127.0.0.1:{port}"],
        cwd=folder,
        env=ENVIRONMENT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}/essays/kv-cache/"
    edits = {
        "sentence": ("docs/essays/kv-cache/index.md", r"\Z", "\nSentence {}.\n"),
        "datum": ("docs/data/models.yml", "name: Llama 3.1 70B.*", "name: Llama 3.1 70B {}"),
        "formula": ("hooks/costs/cache.py", '"KV cache per token.*?"', '"KV cache per token {}"'),
    }
    try:
        _until(address, "<article")
        seconds: dict[str, list[float]] = {name: [] for name in edits}
        for number in range(5):
            for name, (path, old, new) in edits.items():
                time.sleep(2)
                file, said = folder / path, new.format(f"no. {number}")
                text = re.sub(old, said, file.read_text("utf-8"), count=1)
                started = time.perf_counter()
                file.write_text(text, "utf-8")
                _until(address, said.split(": ")[-1].strip('\n"'))
                seconds[name].append(time.perf_counter() - started)
        return {name: median(all) for name, all in seconds.items()}
    finally:
        process.terminate()
        process.wait()


def _until(address: str, text: str) -> None:
    for _ in range(60000):
        try:
            with urllib.request.urlopen(address, timeout=60) as answer:
                if text in answer.read().decode():
                    return
        except OSError:
            pass
        time.sleep(0.003)
    raise TimeoutError(address)


if __name__ == "__main__":
    main()
