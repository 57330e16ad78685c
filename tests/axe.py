"""axe, the accessibility checker, run in a page that a test has open."""

from functools import cache
from importlib.resources import files

from playwright.sync_api import Page

RUN = """async ([only, within]) => {
  const asked = only || ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const rules = Object.fromEntries(only ? [] : ["td-has-header", "label-content-name-mismatch", "css-orientation-lock", "target-size"].map((rule) => [rule, { enabled: true }]));
  const found = await axe.run(within ? { include: [...document.querySelectorAll(within)].map((part) => [part]).flat() } : document, { resultTypes: ["violations"], runOnly: asked, rules });
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ target, html, failureSummary }) =>
    `${id}: ${target.join(" ")}: ${html.replace(/\\s+/g, " ").slice(0, 200)}: ${failureSummary.split("\\n").slice(1).join("; ").replace(/\\s+/g, " ")}`));
}"""

OF_COLOUR = ["color-contrast", "link-in-text-block"]
"""The rules whose verdict a palette changes."""

HIDDEN = """() => document.querySelectorAll("details:not([open]) > :not(summary)").forEach((part) => part.remove())"""
"""Takes away what nobody sees before opening it: axe takes minutes to find that it has nothing to say of it."""

REPEATED = """() => {
  const shape = (element) => element.outerHTML.replace(/ (?!class|lang|role|tabindex)[\\w-]+="[^"]*"/g, "").replace(/<p class="formula">.*?<\\/p>/gs, "<p>").replace(/>[^<]+</g, ">.<");
  for (const one of ["table", "ul", "ol", ".works", "details"]) {
    for (const within of document.querySelectorAll(one)) {
      const seen = {};
      for (const element of within.querySelectorAll(":scope > tbody > tr, :scope > li, :scope > .work, :scope > .quantity")) {
        const key = shape(element);
        seen[key] = (seen[key] || 0) + 1;
        if (seen[key] > 2) element.remove();
      }
    }
  }
}"""
"""Leaves two of the rows, entries and panels that differ in their words only: the third says nothing that axe would see."""


@cache
def _source() -> str:
    return (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")


def findings(page: Page, only: list[str] | None = None, within: str = "") -> list[str]:
    """What axe finds wrong with the page as it is, a line each: the rule, the element, and what would be right.

    Asked are all rules of WCAG 2.0 to 2.2 at A and AA and the best practices, or `only` some; of the whole page, or
    `within` the elements of a selector.
    """
    if not page.evaluate("!!window.axe"):
        page.evaluate(_source())
    found: list[str] = page.evaluate(RUN, [only, within])
    return found


def abridge(page: Page, hidden: bool = True) -> None:
    """Shorten a long page to what differs in it; `hidden` takes away what is not shown yet, too."""
    if hidden:
        page.evaluate(HIDDEN)
    page.evaluate(REPEATED)
