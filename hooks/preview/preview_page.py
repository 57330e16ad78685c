"""What the preview adds to pages: the position of a writer over a reload, and a page that says what
has failed.
"""

import traceback
from html import escape
from pathlib import Path

from hooks.text.rows import relative

ROOT = Path(__file__).resolve().parents[2]

KEEP_POSITION = """<script>(() => {
  const key = "preview " + location.pathname;
  addEventListener("pagehide", () => {
    const marks = [...document.querySelectorAll("article [id]:is(h1, h2, h3, h4)")], mark = marks.findLast((each) => each.getBoundingClientRect().top < innerHeight / 2);
    const open = [...document.querySelectorAll(".work:popover-open")].map((panel) => panel.id.replace(/^entry-/, ""));
    const folds = [...document.querySelectorAll("article details")].map((fold) => fold.open);
    sessionStorage.setItem(key, JSON.stringify({ y: scrollY, id: mark?.id, top: mark?.getBoundingClientRect().top, open, folds }));
  });
  const was = JSON.parse(sessionStorage.getItem(key) || "null");
  if (!was || performance.getEntriesByType("navigation")[0]?.type !== "reload") return;
  history.scrollRestoration = "manual";
  addEventListener("load", () => {
    const folds = [...document.querySelectorAll("article details")];
    if (folds.length === was.folds.length) folds.forEach((fold, at) => { fold.open = was.folds[at]; });
    const mark = was.id && document.getElementById(was.id);
    scrollTo({ top: mark ? scrollY + mark.getBoundingClientRect().top - was.top : was.y, behavior: "instant" });
    for (const id of was.open.slice(0, 1)) document.querySelector(`a.n[href$="#${id}"]`)?.click();
  });
})();</script>
"""  # noqa: E501
"""A section that was being read keeps its place in the window, even if something above it has
grown.
"""

PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title>
<style>:root {{ color-scheme: light dark; font: 1.1rem/1.6 system-ui, sans-serif }} body {{ max-width: 46rem; margin: 3rem auto; padding: 0 1rem }} pre {{ white-space: pre-wrap }}</style>
<body><main role="alert"><h1>{title}</h1><pre>{what}</pre><p>This page comes back when that is mended.</p></main></body></html>
"""  # noqa: E501


def with_position(html: str) -> str:
    """A page that keeps its position over a reload."""
    return html.replace("</body>", f"{KEEP_POSITION}</body>", 1)


def failed(error: BaseException, logged: list[str]) -> str:
    """A page in place of a site that could not be built; `logged` are the errors on the way."""
    what = "\n\n".join(dict.fromkeys([*logged, place(error)]))
    return PAGE.format(title="The site cannot be built", what=escape(what))


def place(error: BaseException) -> str:
    """A mistake as `path:line:column: what`, in the project's own file that is nearest to it."""
    name, line, column = (
        getattr(error, "filename", None),
        getattr(error, "lineno", None),
        getattr(error, "offset", None),
    )
    if not (name and line):
        frames = [
            frame
            for frame in traceback.extract_tb(error.__traceback__)
            if Path(frame.filename).is_relative_to(ROOT)
        ]
        name, line, column = (
            (frames[-1].filename, frames[-1].lineno, 1) if frames else (None, None, None)
        )
    what = str(getattr(error, "msg", None) or getattr(error, "message", None) or error)
    where = f"{relative(Path(name), ROOT)}:{line}:{column or 1}: " if name else ""
    return f"{where}{type(error).__name__}: {what}"
