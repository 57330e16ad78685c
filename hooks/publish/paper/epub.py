"""A book as EPUB 3: one XHTML file a chapter, and the lists that reading systems want. The same
book is the same bytes.
"""

from collections.abc import Mapping
from html import escape
from io import BytesIO
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from hooks.publish.paper import book_words as words
from hooks.publish.paper.book import Book
from hooks.publish.paper.chapter import Chapter
from hooks.publish.paper.xhtml import markup
from hooks.text.html_tree import Node
from hooks.text.languages import Language, say

HERE = Path(__file__).parent
OPF = "book/package.opf"
CONTAINER = f"""<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="{OPF}" media-type="application/oebps-package+xml"/></rootfiles>
</container>
"""
FEATURES = ("alternativeText", "structuralNavigation", "tableOfContents")
DAWN = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip file can name."""


def epub(book: Book, picture: bytes) -> bytes:
    """The file's bytes. `picture` is the cover, a PNG."""
    chapters = {
        f"{one.slug}.xhtml": _page(one.language, one.title, _chapter(book, one))
        for one in book.chapters
    }
    cover = _page(
        book.language,
        book.site.name,
        '<section epub:type="cover"><img src="cover.png"'
        f' alt="{escape(book.site.name)}"/></section>',
        "cover",
    )
    files: dict[str, str | bytes] = {
        "META-INF/container.xml": CONTAINER,
        OPF: _package(book, chapters),
        "book/nav.xhtml": _page(
            book.language, say("page.contents", book.language), _contents(book)
        ),
        "book/cover.xhtml": cover,
        "book/cover.png": picture,
        "book/book.css": "".join(
            (HERE / name).read_text("utf-8") for name in ("book.css", "screen.css")
        ),
        **{f"book/{name}": text for name, text in chapters.items()},
    }
    return _zipped({"mimetype": "application/epub+zip", **files})


def _zipped(files: Mapping[str, str | bytes]) -> bytes:
    """A zip whose first file is stored as it is, so that a reader of the first bytes knows what it
    holds.
    """
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        for number, (name, content) in enumerate(files.items()):
            entry = ZipInfo(name, DAWN)
            entry.compress_type = ZIP_DEFLATED if number else ZIP_STORED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return packed.getvalue()


def _page(language: Language, title: str, body: str, name: str = "") -> str:
    tag = words.language_tag(language)
    kind = f' class="{name}"' if name else ""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n<html'
        ' xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'
        f' lang="{tag}" xml:lang="{tag}">\n<head><title>{escape(title)}</title><link'
        f' rel="stylesheet" href="book.css"/></head>\n<body{kind}>{body}</body>\n</html>\n'
    )


def _chapter(book: Book, one: Chapter) -> str:
    works = "".join(markup(_linked(work, one.slug)) for work in one.works)
    notes = "".join(markup(_linked(note, one.slug)) for note in one.notes)
    told = words.scenario_line(one, book.language).strip()
    scenario = f'<p class="order">{escape(told)}</p>' if told else ""
    end = (
        f'<section class="end"><h2 id="{one.slug}--works">{say("book.works", book.language)}</h2>'
        f"{scenario}{works}</section>"
        if works
        else ""
    )
    end += (
        f'<section class="end"><h2>{say("book.notes", book.language)}</h2>{notes}</section>'
        if notes
        else ""
    )
    return (
        f'<section id="{one.slug}" epub:type="chapter" role="doc-chapter">'
        f"{words.chapter_head(one, book)}{markup(_linked(one.body, one.slug))}{end}</section>"
    )


def _linked(node: Node, here: str) -> Node:
    """An element whose links to other chapters name those chapters' files."""
    held = [child if isinstance(child, str) else _linked(child, here) for child in node.children]
    href = node.attributes.get("href", "")
    slug = href[1:].partition("--")[0]
    leads = node.tag == "a" and href.startswith("#") and slug != here
    return Node(
        node.tag, node.attributes | ({"href": f"{slug}.xhtml{href}"} if leads else {}), held
    )


def _contents(book: Book) -> str:
    rows = []
    for one in book.chapters:
        sections = [
            *one.sections,
            *([(f"{one.slug}--works", say("book.works", book.language))] if one.works else []),
        ]
        parts = "".join(
            f'<li><a href="{one.slug}.xhtml#{escape(name)}">{escape(text)}</a></li>'
            for name, text in sections
        )
        below = f"<ol>{parts}</ol>" if parts else ""
        rows.append(f'<li><a href="{one.slug}.xhtml">{escape(one.title)}</a>{below}</li>')
    title = say("page.contents", book.language)
    places = (
        ("cover", "cover.xhtml", say("book.cover", book.language)),
        ("toc", "nav.xhtml", title),
        ("bodymatter", f"{book.chapters[0].slug}.xhtml", book.chapters[0].title),
    )
    marks = "".join(
        f'<li><a epub:type="{kind}" href="{href}">{escape(text)}</a></li>'
        for kind, href, text in places
    )
    return (
        f'<nav epub:type="toc" role="doc-toc"><h1>{title}</h1><ol>{"".join(rows)}</ol></nav><p'
        f' class="how">{say("book.how_on_screen", book.language)}</p><nav epub:type="landmarks"'
        f' hidden="hidden"><ol>{marks}</ol></nav>'
    )


def _package(book: Book, chapters: Mapping[str, str]) -> str:
    """What the book is, which files it has, and in which order they are read."""
    site = book.site
    languages = dict.fromkeys([book.language, *(one.language for one in book.chapters)])
    named = uuid5(NAMESPACE_URL, site.address or f"{site.name}/{book.language}")
    about = [
        f'<dc:identifier id="id">urn:uuid:{named}</dc:identifier>',
        f"<dc:title>{escape(site.name)}</dc:title>",
        *(f"<dc:language>{words.language_tag(language)}</dc:language>" for language in languages),
        *(f"<dc:creator>{escape(author.name)}</dc:creator>" for author in site.authors),
        f"<dc:description>{escape(site.description)}</dc:description>" if site.description else "",
        f"<dc:rights>{escape(site.licence)}</dc:rights>" if site.licence else "",
        f"<dc:source>{escape(site.address)}</dc:source>" if site.address else "",
        f"<dc:date>{book.date}</dc:date>" if book.date else "",
        f'<meta property="dcterms:modified">{book.date or "1980-01-01"}T00:00:00Z</meta>',
        *(f'<meta property="schema:accessMode">{mode}</meta>' for mode in ("textual", "visual")),
        '<meta property="schema:accessModeSufficient">textual</meta>',
        *(f'<meta property="schema:accessibilityFeature">{feature}</meta>' for feature in FEATURES),
        '<meta property="schema:accessibilityHazard">none</meta>',
        '<meta name="cover" content="picture"/>',
    ]
    items = [
        '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>',
        '<item id="cover" href="cover.xhtml" media-type="application/xhtml+xml"/>',
        '<item id="picture" href="cover.png" media-type="image/png" properties="cover-image"/>',
        '<item id="style" href="book.css" media-type="text/css"/>',
        *(
            f'<item id="chapter-{number}" href="{name}"'
            f' media-type="application/xhtml+xml"{_properties(text)}/>'
            for number, (name, text) in enumerate(chapters.items(), 1)
        ),
    ]
    spine = "".join(
        f'<itemref idref="{name}"/>'
        for name in (
            "cover",
            "nav",
            *(f"chapter-{number}" for number in range(1, len(chapters) + 1)),
        )
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id"'
        f' xml:lang="{words.language_tag(book.language)}">\n'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
        f"{chr(10).join(filter(None, about))}\n</metadata>\n"
        f"<manifest>\n{chr(10).join(items)}\n</manifest>\n<spine>{spine}</spine>\n</package>\n"
    )


def _properties(text: str) -> str:
    """What a reading system must know to show a chapter."""
    return ' properties="svg"' if "<svg" in text else ""
