"""Plain Markdown from the HTML of a page's own lists: items, tables, definitions and formulas."""

import re
from html import escape
from html.parser import HTMLParser

from hooks.formula.line import joined, one_line

MATH = re.compile(r"<math\b.*?</math>", re.DOTALL)
BLOCKS = ("p", "div", "section", "details", "ul", "ol", "dl", "table")
MARKS = {"strong": "**", "b": "**", "em": "*", "i": "*", "code": "`", "dt": "**"}
INLINE = ("a", "span", "small", *MARKS)
HEADINGS = {"h2": "## ", "h3": "### ", "h4": "#### ", "summary": "### "}


def as_markdown(html: str) -> str:
    """Markdown that says the same. Buttons become their text, or what a screen reader is told in its place."""
    reader = _Reader()
    reader.feed(MATH.sub(lambda match: f"<code>{escape(one_line(match[0]))}</code>", html))
    reader.close()
    return re.sub(r"\n{3,}", "\n\n", "".join(reader.text)).strip("\n")


class _Reader(HTMLParser):
    """Writes as it reads. Cells wait until their row is whole, since a pipe table has one line a row."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self.links: list[str] = []
        self.lists: list[str] = []
        self.row: list[str] = []
        self.rows = 0
        self.outside: list[str] = []
        self.spoken = ""
        self.width = 1
        self.small = False
        self.ended = False
        """Whether an element of a line has just ended."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Write what a tag begins with."""
        given = {name: value or "" for name, value in attrs}
        if self.ended and tag in INLINE:
            self.text.append(
                " · "
            )  # neighbours that only a style keeps apart: a question, a title, the minutes
        self.ended = False
        match tag:
            case "a":
                self.links.append(given.get("href", ""))
                self.text.append("[")
            case "li":
                self.text.append("\n1. " if self.lists and self.lists[-1] == "ol" else "\n- ")
            case "dt":
                self.text.append("\n- ")
            case "dd":
                self.text.append(": ")
            case "tr":
                self.row = []
            case "td" | "th":
                self.outside, self.text = self.text, []
                self.width = int(given.get("colspan") or 1)
            case "small":
                self.small = True
            case "button":
                self.spoken = given.get("aria-label", "")
        if tag in ("ul", "ol"):
            self.lists.append(tag)
        if tag == "table":
            self.rows = 0
        if tag in BLOCKS or tag in HEADINGS:
            self.text.append("\n\n")
        self._write(HEADINGS.get(tag, MARKS.get(tag, "")))

    def handle_endtag(self, tag: str) -> None:
        """Write what a tag ends with."""
        self._write(MARKS.get(tag, ""))
        self.ended = tag in INLINE and tag != "dt"
        match tag:
            case "a":
                self.text.append(f"]({self.links.pop()})")
            case "ul" | "ol":
                self.lists.pop()
            case "td" | "th":
                cell, self.text = "".join(self.text), self.outside
                self.row += [joined(cell).replace("|", "\\|"), *[""] * (self.width - 1)]
            case "tr":
                self.text.append(f"| {' | '.join(self.row)} |\n")
                self.text.append(
                    "| " + " | ".join("---" for _ in self.row) + " |\n" if not self.rows else ""
                )
                self.rows += 1
        if tag in BLOCKS or tag in HEADINGS:
            self.text.append("\n\n")

    def handle_data(self, data: str) -> None:
        """Write the text itself."""
        said = self.spoken or data
        self._write(f"({said})" if self.small and not said.startswith("(") else said)
        self.spoken, self.small, self.ended = "", False, False

    def _write(self, text: str) -> None:
        self.text += [text] if text else []
