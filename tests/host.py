"""A small static host for the tests that weigh pages: it compresses, and lets browsers keep, as the site's real one does."""

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import ClassVar

TEXTS = {".html", ".css", ".js", ".json", ".svg", ".xml", ".csv", ".txt", ".md"}
KEPT = "max-age=600"
"""What GitHub Pages says of every file."""


@dataclass
class Host:
    """The address that the site stands at, and what has been sent from there: paths and bytes, bodies only."""

    address: str
    sent: list[tuple[str, int]] = field(default_factory=list)

    def weight(self, *endings: str) -> int:
        """How many bytes have been sent of paths with one of these endings; of all without one."""
        return sum(size for path, size in self.sent if path.endswith(endings or ("",)))


@contextmanager
def hosted(site: Path) -> Iterator[Host]:
    """A built site at an address, while the context lasts."""

    class Handler(_Handler):
        folder = site
        host = Host("")

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Handler.host.address = f"http://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield Handler.host
    finally:
        server.shutdown()
        server.server_close()


@cache
def compressed(path: Path) -> bytes:
    """A file as it travels."""
    return gzip.compress(path.read_bytes(), 6, mtime=0)


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    folder: ClassVar[Path]
    host: ClassVar[Host]

    def do_GET(self) -> None:
        """A file, compressed if it is text and the browser takes that; else the page that says there is none."""
        wanted = self.path.partition("?")[0]
        path = self.folder / wanted.lstrip("/")
        path = path / "index.html" if wanted.endswith("/") else path
        found = path.is_file()
        path = path if found else self.folder / "404.html"
        text = path.suffix in TEXTS
        small = text and "gzip" in self.headers.get("Accept-Encoding", "")
        body = compressed(path) if small else path.read_bytes()
        self.host.sent.append((wanted, len(body)))
        self.send_response(200 if found else 404)
        if small:
            self.send_header("Content-Encoding", "gzip")
        self.send_header(
            "Content-Type", self.guess_type(path.name) + ("; charset=utf-8" if text else "")
        )
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", KEPT)
        self.send_header("Vary", "Accept-Encoding")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""
