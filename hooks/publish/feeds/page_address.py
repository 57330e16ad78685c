"""An address: where a page stands, and its Markdown copy, both as seen from the root of the site in
one language.
"""

from posixpath import basename, dirname, join, normpath, relpath
from urllib.parse import unquote, urljoin, urlsplit

from hooks.text.address import quoted


def page_of(uri: str) -> str:
    """`essays/kv-cache/index.md` stands at `essays/kv-cache/`, `notes/heads.md` at `notes/heads/`,
    the home page at nothing.
    """
    folder = dirname(uri) if basename(uri) in ("index.md", "README.md") else uri.removesuffix(".md")
    return f"{folder}/" if folder else ""


def copy_of(uri: str) -> str:
    """Every copy is the `index.md` of its page."""
    return page_of(uri) + "index.md"


def followed(link: str, uri: str) -> str:
    """A link of the source `uri`, as its copy has it: to other copies, to the page itself for a
    place in it, else as it was meant.

    A link may name another source (`../two-clocks/index.md`) or its page (`../two-clocks/`).
    """
    try:
        if urlsplit(link).scheme or link.startswith("/"):
            return link
    except ValueError:
        return link  # it is no address, which its page's links have told
    path, mark, rest = link.partition("#")
    if not path:
        return f"./{mark}{rest}"
    path = unquote(path)
    target = normpath(join(dirname(uri) if path.endswith(".md") else page_of(uri), path))
    if path.endswith(".md"):
        target = copy_of(target)
    elif path.endswith("numbers/"):  # a companion has no copy
        target = join(target, "index.html")
    elif path.endswith("/"):
        target = join(target, "index.md")
    return quoted(relpath(target, dirname(copy_of(uri)) or ".")) + mark + rest


def absolute(link: str, address: str) -> str:
    """A link of the page at `address`, for a reader who is elsewhere."""
    try:
        return urljoin(address, link)
    except ValueError:
        return link
