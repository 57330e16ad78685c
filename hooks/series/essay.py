"""An essay: a page of the series, its front matter and the minutes that it takes."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hooks.series.metadata import SHARED, front_matter
from hooks.text.day import today, written_day
from hooks.text.languages import Language, twin_path
from hooks.text.problems import Mistake
from hooks.text.source import read_source

WORDS_PER_MINUTE = 230
HAN_PER_MINUTE = 450
SECONDS_PER_FIGURE = 20


@dataclass(frozen=True)
class Essay:
    """One essay in one language: where it stands, what its front matter says, and the minutes that
    it takes, figures included.
    """

    slug: str
    path: Path
    meta: dict[str, Any]
    translated: bool
    minutes: int = 0

    @property
    def part(self) -> float:
        """Its place on the path; essays without one come last."""
        part = self.meta.get("part")
        return float(part) if isinstance(part, int | float) else 1e9

    @property
    def status(self) -> str:
        """`published`, unless its front matter says otherwise or its day is still to come."""
        given = str(self.meta.get("status", "published"))
        return "writing" if given == "published" and self.is_to_come else given

    @property
    def is_to_come(self) -> bool:
        """Whether its date is later than the day of the build."""
        day = written_day(self.meta.get("date"))
        return day is not None and day > today()

    @property
    def text(self) -> str:
        """Its page's source."""
        return read_source(self.path)


def minutes(text: str) -> int:
    """Minutes to read a page: words or Han characters, and a look at each figure."""
    prose = re.sub(
        r"```.*?```|<!--.*?-->|`[^`]*`",
        " ",
        re.sub(r"\A---.*?\n---\n", "", text, flags=re.DOTALL),
        flags=re.DOTALL,
    )
    han = len(re.findall(r"[\u4e00-\u9fff]", prose))
    words = len(re.findall(r"[A-Za-z][A-Za-z’'-]*", prose))
    figures = len(re.findall(r"!\[", prose))
    seconds = float(figures * SECONDS_PER_FIGURE)
    seconds += 60 * (han / HAN_PER_MINUTE + (words / WORDS_PER_MINUTE if han < words else 0))
    return max(1, round(seconds / 60))


def essays(docs: Path, language: Language) -> list[Essay]:
    """Every published essay in a language, in the order of the path; a missing translation gives
    the English one.
    """
    return [essay for essay in written_essays(docs, language) if essay.status == "published"]


def written_essays(docs: Path, language: Language) -> list[Essay]:
    """Every essay that has a file, published or not, in the order of the path."""
    found = []
    for path in sorted(path for path in docs.glob("essays/*/index.md") if path.is_file()):
        other = Path(twin_path(str(path)))
        translated = language == "en" or other.is_file()
        source = other if language != "en" and translated else path
        first = read_source(path)
        text = read_source(source) if source != path else first
        try:
            english = front_matter(first)
            meta = english | front_matter(text) | {key: english.get(key) for key in SHARED}
            meta = {key: value for key, value in meta.items() if value is not None}
        except Mistake:
            # the page itself tells the writer
            meta = {"title": path.parent.name, "status": "writing"}
        found.append(Essay(path.parent.name, source, meta, translated, minutes(text)))
    return sorted(found, key=lambda essay: (essay.part, essay.slug))
