"""A printed PDF put right: what it says can be found and copied, it names its authors, and has
no clock in it.

What is new is written behind what was printed, as the format provides for (ISO 32000-1, 7.5.6):
reading and writing all of it takes longer than printing.
"""

import re
import unicodedata
import zlib
from collections.abc import Iterable, Mapping

LOOKALIKE = re.compile("[\u2e80-\u2fdf\uf900-\ufaff\ufb00-\ufb06]")
"""A radical or a ligature. One glyph draws 一 and the radical ⼀, and the printer notes the first
that it finds, which nobody types.
"""
RADICALS = str.maketrans(
    "⺎⺐⺒⺓⺠⻁⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻯⻰⻱⻲⼾",
    "兀尢巳幺民虎见角贝车長长门青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿竜龙龜亀户",
)
"""Those that share a glyph of Noto CJK with a whole word, and whose normal form in Unicode is
not that word.
"""
MEANING = re.compile(rb"<([0-9A-F]+)>(?: <([0-9A-F]+)>)? <([0-9A-F]{4,})>(?=\s)")
"""A line of a font's table of meanings: a glyph or a range of them, and the text of the first.
"""


BOOKMARK = re.compile(
    rb"\n(\d+) 0 obj\n<</Title (\((?:\\.|[^\\()])*\)|<[0-9A-F]*>)(\n/Dest .*?>>)\nendobj", re.DOTALL
)
"""A bookmark: the number of its object, its title, and the rest of it."""


def mended(pdf: bytes, said: Mapping[str, str], headings: Iterable[str] = ()) -> bytes:
    """The PDF with its glyphs' meanings as people type them, its bookmarks as its `headings` are
    written, and only what is said of it as its metadata.
    """
    last = int(pdf[pdf.rindex(b"startxref") :].split()[1])
    table = re.compile(rb"xref\n0 (\d+)\n").match(pdf, last)
    if table is None:
        raise ValueError(
            "this PDF has no plain table of its objects, and hooks/publish/paper/mend.py reads no"
            " other"
        )
    trailer = pdf[pdf.rindex(b"trailer") :]
    root, info = (
        int(re.findall(rb"/%s (\d+) 0 R" % name, trailer)[0]) for name in (b"Root", b"Info")
    )

    def begins(number: int) -> int:
        row = table.end() + 20 * number
        return int(pdf[row : row + 10])

    new = {
        info: (
            b"<<%s>>"
            % b"".join(b"/%s %s" % (name.encode(), _string(text)) for name, text in said.items())
        )
    }
    for number in sorted({int(found) for found in re.findall(rb"/ToUnicode (\d+) 0 R", pdf)}):
        meanings = _unpacked(pdf, begins(number))
        if (meant := MEANING.sub(_meant, meanings)) != meanings:
            packed = zlib.compress(meant, 9)
            new[number] = b"<</Filter /FlateDecode /Length %d>> stream\n%s\nendstream" % (
                len(packed),
                packed,
            )
    written = {_squeezed(heading): heading for heading in headings}
    for match in BOOKMARK.finditer(pdf):
        title = _squeezed(_read(match[2]))
        half = title[: len(title) // 2]
        heading = written.get(title) or (written.get(half) if half * 2 == title else None)
        if heading and heading != _read(match[2]):
            new[int(match[1])] = b"<</Title %s%s" % (_hexed("\ufeff" + heading), match[3])
    return _appended(
        _timeless(pdf, begins(info)),
        new,
        b"/Size %s /Root %d 0 R /Info %d 0 R /Prev %d" % (table[1], root, info, last),
    )


def _timeless(pdf: bytes, at: int) -> bytes:
    """The file without the moments that its printer noted, in an object that has been replaced."""
    end = pdf.index(b"endobj", at)
    return pdf[:at] + re.sub(rb"D:\d{14}", b"D:" + b"0" * 14, pdf[at:end]) + pdf[end:]


def _unpacked(pdf: bytes, at: int) -> bytes:
    """The content of the stream object that begins at a byte of the file."""
    start = pdf.index(b"stream\n", at) + len(b"stream\n")
    length = re.search(rb"/Length (\d+)", pdf[at:start])
    content = pdf[start : start + int(length[1])] if length else b""
    return zlib.decompress(content) if b"/FlateDecode" in pdf[at:start] else content


def _appended(pdf: bytes, new: Mapping[int, bytes], trailer: bytes) -> bytes:
    """The file with objects that take the place of those of the same numbers."""
    parts, rows, at = [pdf], [], len(pdf)
    for number, content in new.items():
        parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, content))
        rows.append(b"%d 1\n%010d 00000 n \n" % (number, at))
        at += len(parts[-1])
    return b"".join(
        [*parts, b"xref\n", *rows, b"trailer\n<<%s>>\nstartxref\n%d\n%%%%EOF\n" % (trailer, at)]
    )


def _meant(line: re.Match[bytes]) -> bytes:
    """A line with each look-alike as what it looks like; a range with one in it names every
    text.
    """
    first, last, text = line.groups()
    start = bytes.fromhex(text.decode()).decode("utf-16-be")
    count = int(last, 16) - int(first, 16) + 1 if last else 1
    texts = [start[:-1] + chr(ord(start[-1]) + step) for step in range(count)]
    if not LOOKALIKE.search("".join(texts)):
        return line[0]
    coded = [
        _hexed(
            LOOKALIKE.sub(
                lambda match: unicodedata.normalize("NFKC", match[0].translate(RADICALS)), each
            )
        )
        for each in texts
    ]
    return (
        b"<%s> <%s> [%s]" % (first, last, b" ".join(coded))
        if last
        else b"<%s> %s" % (first, coded[0])
    )


def _squeezed(text: str) -> str:
    """A text without its spaces, of which the printer loses those at the ends of lines."""
    return re.sub(r"\s", "", text)


def _read(text: bytes) -> str:
    """A string of the file."""
    if text.startswith(b"<"):
        return bytes.fromhex(text[1:-1].decode()).decode("utf-16").removeprefix("\ufeff")
    return re.sub(rb"\\(.)", rb"\1", text[1:-1]).decode("latin-1")


def _string(text: str) -> bytes:
    """A text of the metadata; dates are ASCII."""
    return b"(%s)" % text.encode() if text.startswith("D:") else _hexed("\ufeff" + text)


def _hexed(text: str) -> bytes:
    return b"<%s>" % text.encode("utf-16-be").hex().upper().encode()
