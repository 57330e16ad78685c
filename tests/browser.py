"""A headless browser for the tests: the system's Chromium, or one that is installed for the occasion."""

import os
import shutil
import subprocess
import sys
from functools import cache

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@cache
def executable() -> str | None:
    """The path of a Chromium; None where Playwright brought its own. Installs one if need be."""
    found = _system()
    if found:
        return found
    if (
        subprocess.run(
            [sys.executable, "-m", "playwright", "install", "--with-deps", "chromium"], check=False
        ).returncode
        == 0
    ):
        return None
    if shutil.which("apt-get") and os.geteuid() == 0:
        subprocess.run(["apt-get", "update", "-qq"], check=True)
        subprocess.run(
            ["apt-get", "install", "-y", "-qq", "chromium", "fonts-noto-cjk"], check=True
        )
    return _system()


def _system() -> str | None:
    return next(
        (
            path
            for name in ("chromium", "chromium-browser", "google-chrome")
            if (path := shutil.which(name))
        ),
        None,
    )
