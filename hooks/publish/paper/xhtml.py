"""XHTML: a tree of HTML as text that readers of XML and of HTML understand."""

from html import escape

from hooks.text.html_tree import Child
from hooks.text.markup import VOID

SVG = {"xmlns": "http://www.w3.org/2000/svg"}


def markup(child: Child) -> str:
    """XHTML that a reader of HTML understands as well."""
    if isinstance(child, str):
        return escape(child, quote=False)
    given = {**SVG, **child.attributes} if child.tag == "svg" else child.attributes
    start = child.tag + "".join(f' {name}="{escape(value)}"' for name, value in given.items())
    if child.tag in VOID:
        return f"<{start}/>"
    return f"<{start}>{''.join(map(markup, child.children))}</{child.tag}>"
