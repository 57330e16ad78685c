"""Makes `figures/han-metrics.ttf`, the blank font with which matplotlib measures Han characters.

    python -m hooks.pictures.metrics

matplotlib's own font has no Han characters: it would measure them as 0.6 em and warn about each. In
this one every character from U+2E80 is blank and one em wide. The page's font draws them.
"""

from fontTools.fontBuilder import FontBuilder
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable
from fontTools.ttLib.tables._g_l_y_f import Glyph

from figures.style import METRICS

EM = 1000
RANGES = ((0x2E80, 0xA4CF), (0xAC00, 0xD7A3), (0xF900, 0xFAFF), (0xFE30, 0xFE4F), (0xFF00, 0xFF60))


def make_metrics() -> None:
    """Write the font. The same ranges give the same bytes."""
    builder = FontBuilder(EM, isTTF=True)
    builder.setupGlyphOrder([".notdef", "han"])
    builder.setupCharacterMap({0x3000: "han"})
    table = CmapSubtable.newSubtable(13)  # many characters, one glyph
    table.platformID, table.platEncID, table.language = 3, 10, 0
    table.cmap = {code: "han" for low, high in RANGES for code in range(low, high + 1)}
    builder.font["cmap"].tables = [table]
    builder.setupGlyf({".notdef": Glyph(), "han": Glyph()})
    builder.setupHorizontalMetrics({".notdef": (EM, 0), "han": (EM, 0)})
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": "Han Metrics", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    builder.setupHead(unitsPerEm=EM, created=0, modified=0)
    builder.font.recalcTimestamp = False
    builder.save(METRICS)


if __name__ == "__main__":
    make_metrics()
