"""The content of a page for a feed reader: its HTML without what only the site can use, its figures in their own colours."""

import re
from html import escape, unescape
from html.parser import HTMLParser

from hooks.publish.feeds.page_address import absolute

GONE = (
    "script",
    "style",
    "template",
    "nav",
    "aside",
    "header",
    "footer",
    "form",
    "input",
    "select",
    "iframe",
)
GONE_CLASSES = ("points", "headerlink", "claim", "works", "problems", "narrow")
"""The figures' points, which the page has, and their drawings for phones; marks for the site's own script; panels."""
UNWRAPPED = ("button", "article", "label")
KEPT = (
    "href",
    "src",
    "alt",
    "width",
    "height",
    "title",
    "lang",
    "dir",
    "colspan",
    "rowspan",
    "scope",
    "start",
    "datetime",
    "cite",
)
VOID = ("area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr")
ATTRIBUTE = re.compile(r"([^\s=<>\"'/]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+)))?")
VARIABLE = re.compile(r"var\([^,()]+,\s*([^()]+)\)")
"""A colour of the site's palette with the one that stands for it elsewhere."""


def content(html: str, address: str) -> str:
    """The HTML of a page's own text, as the entry of a feed. `address` is the page's, for links and pictures."""
    reader = _Reader(address)
    reader.feed(html)
    reader.close()
    return "".join(reader.text).strip()


def figure_file(svg: str) -> str:
    """An inline figure as a file of its own."""
    return (
        content(svg, "").replace(
            "<svg", '<svg xmlns="http://www.w3.org/2000/svg" font-family="sans-serif"', 1
        )
        + "\n"
    )


def pictured(name: str, svg: str, alt: str) -> str:
    """A figure as a picture that shows its file: most feed readers strip inline drawings, and leave the words of their axes behind."""
    size = re.search(r'viewBox="0 0 (\S+) (\S+)"', svg)
    edges = f' width="{size[1]}" height="{size[2]}"' if size else ""
    return f'<img src="{escape(name)}.svg" alt="{escape(alt)}"{edges}>'


class _Reader(HTMLParser):
    """Copies what it keeps. The parser lowers names, which SVG's `viewBox` would not survive, so it reads raw tags."""

    def __init__(self, address: str):
        super().__init__(convert_charrefs=False)
        self.address = address
        self.text: list[str] = []
        self.gone: list[str] = []
        """The open elements from the outermost that is left out."""
        self.open: list[tuple[str, str]] = []
        """Every open element that is kept: its name, and what ends it."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep an element, leave its tags out, or leave it out whole."""
        if self.gone or self._is_gone(tag, dict(attrs)):
            if tag not in VOID:
                self.gone.append(tag)
            return
        bare = tag in UNWRAPPED or (tag == "span" and not self._drawing())
        name, kept = self._tag(tag)
        self.text.append("" if bare else f"<{name}{kept}>")
        if tag not in VOID:
            self.open.append((tag, "" if bare else f"</{name}>"))
        if tag == "svg":
            self.text.append(
                '<rect width="100%" height="100%" fill="white"></rect>'
            )  # ink is dark, and a reader's ground may be

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element that holds nothing, such as a path."""
        if not self.gone and not self._is_gone(tag, dict(attrs)):
            name, kept = self._tag(tag)
            self.text.append(
                f"<{name}{kept} />"
                if self._drawing() or tag in VOID
                else f"<{name}{kept}></{name}>"
            )

    def handle_endtag(self, tag: str) -> None:
        """End what is open; the end of nothing is dropped."""
        if self.gone:
            while tag in self.gone and self.gone.pop() != tag:
                pass
        elif any(tag == name for name, _ in self.open):
            while self.open:
                name, end = self.open.pop()
                self.text.append(end)
                if name == tag:
                    return

    def handle_data(self, data: str) -> None:
        """Keep the text."""
        self._keep(data)

    def handle_entityref(self, name: str) -> None:
        """Keep `&lt;` as it is written."""
        self._keep(f"&{name};")

    def handle_charref(self, name: str) -> None:
        """Keep `&#39;` as it is written."""
        self._keep(f"&#{name};")

    def _keep(self, text: str) -> None:
        if not self.gone:
            self.text.append(text)

    def _is_gone(self, tag: str, given: dict[str, str | None]) -> bool:
        classes = (given.get("class") or "").split()
        return (
            tag in GONE
            or any(name in GONE_CLASSES for name in classes)
            or (self._drawing() and given.get("display") == "none")
        )

    def _drawing(self) -> bool:
        return any(name == "svg" for name, _ in self.open)

    def _tag(self, tag: str) -> tuple[str, str]:
        """A start tag's name as it was written, and the attributes that it keeps."""
        raw = (self.get_starttag_text() or "").strip("<>").rstrip("/")
        name, _, rest = raw.partition(raw[len(tag) : len(tag) + 1] or " ")
        given = [
            (match[1], match[2] or match[3] or match[4] or "") for match in ATTRIBUTE.finditer(rest)
        ]
        drawing = tag == "svg" or self._drawing()
        if drawing:
            given = [
                pair
                for key, value in given
                for pair in (
                    _properties(value) if key == "style" else [(key, VARIABLE.sub(r"\1", value))]
                )
            ]
        return name, "".join(
            f' {key}="{self._value(key, value)}"'
            for key, value in given
            if _is_usable(key, value, drawing)
        )

    def _value(self, key: str, value: str) -> str:
        if key in ("href", "src") and not (self._drawing() and value.startswith("#")):
            value = absolute(value, self.address)
        return value.replace('"', "&quot;").replace("<", "&lt;")


def _properties(style: str) -> list[tuple[str, str]]:
    """A drawing's style as attributes, which readers keep where they drop styles: `fill="#a0328c"`."""
    pairs = (part.partition(":") for part in VARIABLE.sub(r"\1", unescape(style)).split(";"))
    return [(key.strip(), escape(value.strip())) for key, _, value in pairs if value]


def _is_usable(key: str, value: str, drawing: bool) -> bool:
    """Whether a reader can use an attribute; a table's columns stay aligned."""
    if drawing:
        return not key.startswith(("data-", "on", "aria-hidden")) and key not in (
            "class",
            "tabindex",
        )
    return key in KEPT or (
        key == "style" and re.fullmatch(r"text-align: ?\w+;?", value) is not None
    )
