"""English within Chinese: names and remarks whose apostrophes and quotation marks are not to be as
wide as a Chinese letter.
"""

import re

from hooks.text.html_tree import Child, Node
from hooks.text.languages import Language

HAN = "\u3000-\u303f\u3400-\u9fff\uff00-\uffef"
RUN = re.compile(rf"[A-Za-z(“][^{HAN}]*[A-Za-z)”.?!]")
"""A run of English, from its first letter to its last."""
QUOTED = re.compile("[A-Za-z]’|’[A-Za-z]|“[^”]*[A-Za-z][^”]*”|‘[A-Za-z]")
"""What looks wrong in a Chinese face."""


def marked_english(node: Node, language: Language) -> Node:
    """An element of a Chinese book whose English says that it is English."""
    if language != "zh" or node.attributes.get("lang", "zh").startswith("en") or node.tag == "svg":
        return node
    held: list[Child] = []
    for child in node.children:
        held += _parted(child) if isinstance(child, str) else [marked_english(child, language)]
    return Node(node.tag, node.attributes, held)


def _parted(text: str) -> list[Child]:
    parts: list[Child] = []
    end = 0
    for run in RUN.finditer(text):
        if QUOTED.search(run[0]):
            parts += [text[end : run.start()], Node("span", {"lang": "en"}, [run[0]])]
            end = run.end()
    return [part for part in [*parts, text[end:]] if part != ""]
