"""The Content Security Policy of a page, as a meta tag: a static host sets no headers."""

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from pathlib import Path

INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
THEME = Path(__file__).resolve().parents[1] / "theme" / "partials" / "javascripts"
"""The templates of the theme's inline scripts: those of this folder, whatever else a page holds."""

RULES = {
    "default-src": "'none'",
    "style-src": "'self' 'unsafe-inline'",  # figures colour their parts by style attributes
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "worker-src": "'self'",
    "manifest-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'self'",
}


def guarded(html: str) -> str:
    """The page with its policy: no other host, no eval, and of inline scripts only the theme's own,
    by what they are.
    """
    rules = {**RULES, "script-src": " ".join(["'self'", *inline_scripts()])}
    policy = "; ".join(f"{name} {sources}" for name, sources in rules.items())
    return re.sub(
        r"<head>",
        f'<head><meta http-equiv="Content-Security-Policy" content="{policy}">',
        html,
        count=1,
    )


@cache
def inline_scripts() -> tuple[str, ...]:
    """The hashes of the scripts that stand in the theme's templates."""
    texts = (path.read_text("utf-8") for path in sorted(THEME.glob("*.html")))
    return tuple(_hash(code) for text in texts for code in INLINE.findall(text))


def _hash(code: str) -> str:
    return f"'sha256-{b64encode(sha256(code.encode()).digest()).decode()}'"
