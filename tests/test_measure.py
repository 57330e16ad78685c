"""docs/assets/measure.py, which readers run on their own machine: against an engine that streams by the clock."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
import yaml

from hooks.data.catalogue import Catalogue
from hooks.data.engine import ROOT
from tests.conftest import HANG
from tests.real import ENGINE

SCRIPT = ROOT / "docs" / "assets" / "measure.py"
MEASUREMENTS = "docs/data/measurements.yml"
GAP = 0.02
"""Seconds between two tokens of the engine."""


class Clockwork(BaseHTTPRequestHandler):
    """An engine: two tokens arrive in one piece, as some engines send them, and usage comes last."""

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if asked["model"] != "toy":
            self.send_error(404, "no such model")
            return
        self.send_response(200)
        self.end_headers()
        for _ in range(asked["max_tokens"] // 2):
            time.sleep(2 * GAP)
            self._send({"choices": [{"text": "two tokens"}]})
        words = len(asked["prompt"].split())
        usage = {"prompt_tokens": words, "completion_tokens": asked["max_tokens"]}
        self._send({"choices": [], "usage": usage})
        self.wfile.write(b"data: [DONE]\n\n")

    def _send(self, event: dict[str, object]) -> None:
        self.wfile.write(b"data: " + json.dumps(event).encode() + b"\n\n")
        self.wfile.flush()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def engine() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Clockwork)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def run(url: str, *more: str) -> subprocess.CompletedProcess[str]:
    fixed = "--model llama-3.1-8b --accelerator h100-sxm --precision bf16 --engine toy --rounds 1"
    command = [sys.executable, str(SCRIPT), "--url", url, *fixed.split(), *more]
    return subprocess.run(command, capture_output=True, text=True, timeout=HANG, check=False)


def test_its_row_is_one_that_the_catalogue_takes(engine):
    done = run(engine, "--serves", "toy", "--output", "10", "--prompt", "100", "--readers", "2")
    assert done.returncode == 0, done.stderr
    (row,) = yaml.safe_load(done.stdout).values()
    assert row["scenario"] == {
        "model": "llama-3.1-8b",
        "accelerator": "h100-sxm",
        "chips": 1,
        "precision": "bf16",
        "kv_precision": "bf16",
        "context": 105,
        "batch": 2,
    }
    # ten tokens in five pieces of two: four waits of two gaps each, over nine gaps between tokens
    gap = float(row["time"].removesuffix(" ms")) / 1000
    assert 0.95 * GAP * 8 / 9 < gap < 100 * GAP
    files = [
        (f"docs/data/{path.name}", path.read_text("utf-8"))
        for path in (ROOT / "docs" / "data").glob("*.yml")
    ]
    own = [(name, text + done.stdout * (name == MEASUREMENTS)) for name, text in files]
    catalogue = Catalogue(ENGINE.library, own)
    assert [str(problem) for problem in catalogue.problems] == []
    assert next(name for name in catalogue.tables["measurements"] if name.startswith("yours"))


def test_what_is_wrong_is_told_in_one_line(engine):
    for url, model in ((engine, "another"), ("http://127.0.0.1:9", "toy")):
        done = run(url, "--serves", model)
        assert done.returncode == 1
        assert done.stdout == ""
        assert done.stderr.count("\n") == 1 and f"does it serve '{model}'?" in done.stderr
