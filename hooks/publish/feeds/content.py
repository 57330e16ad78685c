"""The content of a page for a feed reader: its HTML without what only the site can use, its
figures in their own colours.
"""

import re
from collections.abc import Iterator
from html import escape

from hooks.publish.feeds.page_address import absolute
from hooks.text.html_tree import Node, parse_html
from hooks.text.markup import VOID

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
GONE_CLASSES = ("points", "headerlink", "claim", "works", "problems", "narrow", "on-screen")
"""The figures' points, which the page has, and their drawings for phones; marks for the site's
own script; panels.
"""
UNWRAPPED = ("button", "article", "label", "tspan")
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
VARIABLE = re.compile(r"var\([^,()]+,\s*([^()]+)\)")
"""A colour of the site's palette with the one that stands for it elsewhere."""


def content(html: str, address: str) -> str:
    """The HTML of a page's own text, as the entry of a feed. `address` is the page's, for links
    and pictures.
    """
    return "".join(_written(parse_html(html), address, False)).strip()


def figure_file(svg: str) -> str:
    """An inline figure as a file of its own."""
    return (
        content(svg, "").replace(
            "<svg", '<svg xmlns="http://www.w3.org/2000/svg" font-family="sans-serif"', 1
        )
        + "\n"
    )


def pictured(name: str, svg: str, alt: str) -> str:
    """A figure as a picture that shows its file: most feed readers strip inline drawings, and
    leave the words of their axes behind.
    """
    size = re.search(r'viewBox="0 0 (\S+) (\S+)"', svg)
    edges = f' width="{size[1]}" height="{size[2]}"' if size else ""
    return f'<img src="{escape(name)}.svg" alt="{escape(alt)}"{edges}>'


def _written(node: Node, address: str, drawing: bool) -> Iterator[str]:
    """What is kept of what an element holds."""
    for child in node.children:
        if isinstance(child, str):
            yield escape(child, quote=False)
        elif not _is_gone(child, drawing):
            yield from _element(child, address, drawing)


def _element(node: Node, address: str, drawing: bool) -> Iterator[str]:
    """An element with the attributes that it keeps, or only what it holds."""
    inside = drawing or node.tag == "svg"
    held = _written(node, address, inside)
    if node.tag in UNWRAPPED or (node.tag == "span" and not drawing):
        yield from held
        return
    yield f"<{node.tag}{''.join(_attributes(node, address, inside))}"
    if drawing and not node.children:
        yield " />"
        return
    yield ">"
    if node.tag in VOID:
        return
    if node.tag == "svg":
        # ink is dark, and a reader's ground may be
        yield '<rect width="100%" height="100%" fill="white"></rect>'
    yield from held
    yield f"</{node.tag}>"


def _is_gone(node: Node, drawing: bool) -> bool:
    return (
        node.tag in GONE
        or any(name in GONE_CLASSES for name in node.classes)
        or (drawing and node.attributes.get("display") == "none")
    )


def _attributes(node: Node, address: str, drawing: bool) -> Iterator[str]:
    """The attributes that an element keeps, each with a space before it."""
    given = [
        pair
        for key, value in node.attributes.items()
        for pair in (_properties(value) if drawing and key == "style" else [(key, value)])
    ]
    for key, value in given:
        if not _is_usable(key, value, drawing):
            continue
        if drawing:
            value = VARIABLE.sub(r"\1", value)
        if key in ("href", "src") and not (drawing and value.startswith("#")):
            value = absolute(value, address)
        quoted = escape(value, quote=False).replace('"', "&quot;")
        yield f' {key}="{quoted}"'


def _properties(style: str) -> list[tuple[str, str]]:
    """A drawing's style as attributes, which readers keep where they drop styles:
    `fill="#a0328c"`.
    """
    pairs = (part.partition(":") for part in style.split(";"))
    return [(key.strip(), value.strip()) for key, _, value in pairs if value]


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
