"""Pictures that are kept between builds, whole or not at all."""

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

END = b"IEND\xaeB`\x82"
"""How a PNG ends."""


def kept(file: Path, draw: Callable[[], bytes]) -> bytes:
    """The picture that the file holds; drawn, and written there, if it holds none or half of one."""
    if file.is_file() and (found := file.read_bytes()).endswith(END):
        return found
    drawn = draw()
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, suffix=".part")  # two builds may do so at once
    with os.fdopen(handle, "wb") as target:
        target.write(drawn)
    Path(name).replace(file)
    return drawn
