"""The colours of a card: the light ones of the site's own style sheet, which alone decides them."""

import re
from functools import cache
from pathlib import Path

TOKENS = Path(__file__).resolve().parents[2] / "theme" / "styles" / "00-tokens.css"
COLOUR = re.compile(r"--([\w-]+): (#[0-9a-f]{6})\b")


@cache
def palette() -> dict[str, str]:
    """Each colour by its name in the style sheet: `ground`, `ink`, `faint`, `accent`. The light
    ones stand first.
    """
    light = TOKENS.read_text("utf-8").partition("}")[0]
    return dict(COLOUR.findall(light))
