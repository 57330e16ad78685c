"""XHTML: a tree of HTML as text that readers of XML and of HTML understand."""

from html import escape

from hooks.text.html_tree import Node
from hooks.text.markup import VOID

SVG = {"xmlns": "http://www.w3.org/2000/svg"}


def markup(piece: Node | str) -> str:
    """XHTML that a reader of HTML understands as well."""
    if isinstance(piece, str):
        return escape(piece, quote=False)
    given = {**SVG, **piece.attributes} if piece.tag == "svg" else piece.attributes
    start = piece.tag + "".join(f' {name}="{escape(value)}"' for name, value in given.items())
    if piece.tag in VOID:
        return f"<{start}/>"
    return f"<{start}>{''.join(map(markup, piece.children))}</{piece.tag}>"
