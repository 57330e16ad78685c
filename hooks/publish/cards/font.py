"""Makes the cards' fonts: parts of Noto Sans CJK and Noto Serif CJK, without what only a
type-setter needs.

    python -m hooks.publish.cards.font [FOLDER]

The folder holds the whole fonts, as Debian's and Ubuntu's `fonts-noto-cjk` brings them. Their
licence, which holds for the parts too, is OFL.txt.
"""

import argparse
from collections.abc import Iterable
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection

from hooks.publish.cards.glyphs import SANS, SERIF, known, latin

FOLDER = "/usr/share/fonts/opentype/noto"
WHOLE = {
    SANS: ("NotoSansCJK-Regular.ttc", "Noto Sans CJK SC", known()),
    SERIF: ("NotoSerifCJK-Regular.ttc", "Noto Serif CJK SC", latin()),
}
LEFT_OUT = ("BASE", "GSUB", "VORG", "vhea", "vmtx")
"""Vertical setting and variants of glyphs."""


def make_font(part: Path, whole: Path, family: str, letters: Iterable[str]) -> None:
    """Write the part of a collection that has these characters. Refuses a collection without the
    simplified forms.
    """
    fonts = [font for font in TTCollection(whole).fonts if font["name"].getDebugName(1) == family]
    if not fonts:
        raise SystemExit(f"{whole}: no {family} in it")
    options = Options(
        hinting=False, layout_features=["kern"], name_IDs=[0, 1, 2, 13, 14], notdef_outline=True
    )
    options.drop_tables += LEFT_OUT
    subsetter = Subsetter(options)
    subsetter.populate(text="".join(sorted(letters)))
    subsetter.subset(fonts[0])
    fonts[0].recalcTimestamp = False  # same characters, same bytes
    fonts[0].save(part)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", nargs="?", default=FOLDER, type=Path)
    folder = parser.parse_args().folder
    for part, (file, family, letters) in WHOLE.items():
        make_font(part, folder / file, family, letters)
        print(f"{part}: {len(letters)} characters, {part.stat().st_size:,} bytes")
