"""The twin in every JavaScript engine of this machine, `python -m tests.engines`: what tests/test_twin.py asks Chromium, asked of all.

Chromium and Firefox open a page of a server on this machine, which sends back what it found; JavaScriptCore runs the
same scripts in its shell. Nothing leaves this machine.
"""

import argparse
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Queue
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any

from hooks.text.languages import Language
from tests import formulas, twins
from tests.browser import FLAGS, executable

LANGUAGES: tuple[Language, ...] = ("en", "zh")
PATIENCE = 1800
"""Seconds that an engine may take for everything."""

PAGE = (
    """<!doctype html><meta charset="utf-8"><title>twins</title><script src="page.js"></script>"""
)
LOADER = """(async () => {
  for (const src of FILES) await new Promise((done) => document.head.append(Object.assign(document.createElement("script"), { src, onload: done, onerror: done })));
  await fetch("/", { method: "POST", body: JSON.stringify([twins.counts, twins.wrong]) });
})()"""
POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'"
DEAF = """user_pref("network.proxy.type", 1); user_pref("network.proxy.http", "127.0.0.1"); user_pref("network.proxy.http_port", 9); user_pref("network.proxy.ssl", "127.0.0.1"); user_pref("network.proxy.ssl_port", 9);
user_pref("browser.shell.checkDefaultBrowser", false); user_pref("datareporting.policy.dataSubmissionEnabled", false); user_pref("app.normandy.enabled", false); user_pref("dom.max_script_run_time", 0);"""
"""A Firefox that reaches this machine only."""

Found = tuple[dict[str, int], list[str]]


def questions() -> Iterator[str]:
    """Every script that tests/test_twin.py loads."""
    yield twins.BROWSER
    for language in LANGUAGES:
        yield from twins.random_scenarios(1000, language)
        for givens in twins.edges().values():
            yield from twins.about_scenarios(twins.REAL, givens, language)
        yield from twins.every_cell(language)
        yield from twins.displayed(language)
        yield from twins.random_references_in(25, language)
        yield from twins.random_claims_in(100, language)
        yield from twins.about_numbers(twins.in_every_unit(1), language)
        yield from formulas.about(formulas.traps(), 20, 20, language)
    for seed in range(20):
        yield from formulas.about(formulas.made_up(seed, 260), 8, seed, LANGUAGES[seed % 2])


def made_up() -> int:
    """How many formulas at random the reader took."""
    return sum(len(formulas.accepted(formulas.made_up(seed, 260))) for seed in range(20))


class Room(SimpleHTTPRequestHandler):
    """Hands out the scripts and takes what a browser found."""

    def __init__(self, *arguments: Any, answers: "Queue[Found]", **named: Any):
        self.answers = answers
        super().__init__(*arguments, **named)

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def do_POST(self) -> None:
        self.answers.put(tuple(json.loads(self.rfile.read(int(self.headers["Content-Length"])))))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def browse(command: list[str], folder: Path, home: Path) -> Found:
    """What a browser finds that opens the page of a folder."""
    answers: Queue[Found] = Queue()
    server = ThreadingHTTPServer(
        ("127.0.0.1", 0), partial(Room, directory=str(folder), answers=answers)
    )
    Thread(target=server.serve_forever, daemon=True).start()
    browser = subprocess.Popen(
        [*command, f"http://127.0.0.1:{server.server_port}/"],
        env={**os.environ, "HOME": str(home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        return answers.get(timeout=PATIENCE)
    finally:
        os.killpg(browser.pid, signal.SIGKILL)
        browser.wait()
        server.shutdown()


def chromium(folder: Path, home: Path) -> Found:
    """Blink and V8."""
    return browse(
        [
            str(executable()),
            *FLAGS,
            "--headless",
            "--proxy-server=127.0.0.1:9",
            f"--user-data-dir={home}",
        ],
        folder,
        home,
    )


def firefox(folder: Path, home: Path) -> Found:
    """Gecko and SpiderMonkey."""
    (home / "user.js").write_text(DEAF)
    return browse(
        [_firefox() or "", "--headless", "--no-remote", "--profile", str(home)], folder, home
    )


def javascriptcore(folder: Path, home: Path) -> Found:
    """Safari's engine, in its own shell."""
    (home / "first.js").write_text("globalThis.window = globalThis;")
    (home / "last.js").write_text("print(JSON.stringify([twins.counts, twins.wrong]));")
    run = subprocess.run(
        [
            str(shutil.which("jsc")),
            home / "first.js",
            *sorted(folder.glob("[0-9]*.js")),
            home / "last.js",
        ],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    if run.returncode:
        return {"differences": 1}, [run.stdout[-500:] + run.stderr[-500:]]
    return tuple(json.loads(run.stdout))


def _firefox() -> str | None:
    return shutil.which("firefox") or shutil.which("firefox-esr")


ENGINES = {
    "Chromium": (chromium, executable),
    "Firefox": (firefox, _firefox),
    "JavaScriptCore": (javascriptcore, partial(shutil.which, "jsc")),
}


def version(path: str) -> str:
    """What a program says of itself, or else what it was installed as."""
    said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False)
    if re.search(r"\d\.\d", said.stdout):
        return said.stdout.strip().split(" built on")[0]
    package = subprocess.run(
        ["dpkg-query", "-S", Path(path).resolve()], capture_output=True, text=True, check=False
    ).stdout.split(":")[0]
    return (
        "WebKitGTK "
        + subprocess.run(
            ["dpkg-query", "-W", "-f", "${Version}", package],
            capture_output=True,
            text=True,
            check=False,
        ).stdout
        if package
        else "unknown"
    )


def main() -> int:
    """Print a table of what was compared; 1 when anything differs."""
    argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    ).parse_args()
    different = 0
    with TemporaryDirectory() as scripts:
        folder = Path(scripts)
        for at, text in enumerate(questions()):
            (folder / f"{at:04}.js").write_text(text, "utf-8")
        (folder / "index.html").write_text(PAGE)
        (folder / "page.js").write_text(
            LOADER.replace(
                "FILES", json.dumps([path.name for path in sorted(folder.glob("[0-9]*.js"))])
            )
        )
        count = made_up()
        print(
            "| Engine | Version | Scenarios | Values | Texts | References | Claims | Formulas | Differences |\n| --- | --- | --: | --: | --: | --: | --: | --: | --: |"
        )
        for name, (ask, find) in ENGINES.items():
            path = find()
            if not path:
                print(f"| {name} | not here | | | | | | | |")
                continue
            with TemporaryDirectory(ignore_cleanup_errors=True) as home:
                counts, wrong = ask(folder, Path(home))
            numbers = [
                *(
                    counts.get(kind, 0)
                    for kind in ("scenarios", "values", "texts", "references", "claims")
                ),
                count,
                counts.get("differences", 0),
            ]
            print(
                f"| {name} | {version(path)} | "
                + " | ".join(f"{number:,}" for number in numbers)
                + " |",
                flush=True,
            )
            for text in wrong[:10]:
                print("  ", text, file=sys.stderr)
            different += numbers[-1]
    return int(different > 0)


if __name__ == "__main__":
    sys.exit(main())
