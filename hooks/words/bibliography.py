"""The bibliography: the works of `docs/data/bibliography.yml`, and every document that the
catalogue's values were read in.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

import yaml

from hooks.formula.declaration import Quantity, Row, Source, Tables, has_no_mistake
from hooks.formula.library import Library
from hooks.page.pair import CITATION
from hooks.page.scan import code
from hooks.text.day import lies_ahead, written_day
from hooks.text.languages import Language, say
from hooks.text.problems import Mistake, Problem, did_you_mean
from hooks.text.rows import Place, Reading, relative, rows
from hooks.text.source import read_source

KEYS = ("title", "authors", "venue", "year", "url", "parts", "checked", "called")
ARXIV = re.compile(r"\b\d{4}\.\d{5}\b")


NOWHERE = Place("")


@dataclass(frozen=True)
class Work:
    """A document: who wrote it, what it is called, when and where it came out, where it is.

    `days` are those on which the catalogue's values were read in it, `checked` that on which
    its own entry was. `rows` are the catalogue's rows with values from it, by table, and
    `quantities` those of the cost models that follow it. `sure` is false where nothing of it
    was looked up; `written` says whether it has an entry of its own.
    """

    key: str
    title: str
    authors: tuple[str, ...] = ()
    venue: str = ""
    year: str = ""
    url: str = ""
    days: tuple[str, ...] = ()
    checked: str = ""
    rows: tuple[tuple[str, Row], ...] = ()
    quantities: tuple[Quantity, ...] = ()
    sure: bool = True
    written: bool = False
    place: Place = NOWHERE

    def by(self, language: Language) -> str:
        """Its authors in a line: all of three, or the first of more."""
        if len(self.authors) > 3 or self.authors[-1:] == ("others",):
            return f"{self.authors[0]}{say('works.and_others', language)}"
        return say("mark.enumeration", language).join(self.authors)

    def lead(self, language: Language) -> str:
        """Its authors and its year; nothing for one without authors."""
        parts = (self.by(language), self.year) if self.authors else ()
        return say("mark.comma", language).join(filter(None, parts))

    @property
    def host(self) -> str:
        """The host that it lies on, as a reader knows it."""
        return urlsplit(self.url).netloc.removeprefix("www.")

    @property
    def order(self) -> tuple[str, str, str]:
        """Where it stands in a sorted list: by its author's last name, by a team's first, or by
        its title.
        """
        names = (self.authors[0] if self.authors else self.title).split()
        first = names[-1] if self.authors and names[-1][0].isupper() else " ".join(names)
        return first.casefold(), self.year, self.title.casefold()


class Bibliography:
    """Every work; what is wrong in an entry becomes a problem at its place, and that one is
    left out.
    """

    def __init__(
        self,
        path: str,
        text: str,
        tables: Tables,
        quantities: Iterable[Quantity] = (),
        whole: bool = True,
    ):
        """`path` is the file as problems print it; `tables` is the catalogue, `whole` unless
        rows have mistakes.
        """
        self.problems: list[Problem] = []
        self._path = path
        self._read: dict[str, list[tuple[Source, str, Row]]] = defaultdict(list)
        self._whole = whole
        for table, table_rows in sorted(tables.items()):
            for row in table_rows.values():
                for source in dict.fromkeys(cell.source for cell in row.cells.values()):
                    if source.mark not in ("fitted", "default"):
                        self._read[source.url or source.title].append((source, table, row))
        self._refused: set[str] = set()
        """The entries that have a mistake, which citations of them only rest on."""
        self._called: dict[str, str] = {}
        self._urls: dict[str, str] = {}
        entries: dict[str, Reading] = {}
        for key, node in rows(
            path,
            text,
            "the bibliography maps keys to works: palm: {title: …, authors: […], year: …, url: …}",
            self.problems,
        ):
            reading = Reading(path, node, self.problems)
            if str(key.value) in entries:
                reading.refuse(key, f"'{key.value}' stands twice in the bibliography")
            elif self._sound(str(key.value), key, reading):
                entries[str(key.value)] = reading
            else:
                self._refused.add(str(key.value))
        self._unread = bool(self.problems) and not entries and not self._refused
        after = self._followed(quantities)
        self.works = {
            key: self._work(key, reading, after.get(key, [])) for key, reading in entries.items()
        }
        self.works |= {
            work.key: work
            for where, found in self._read.items()
            if where not in self._urls
            for work in [_document(where, found)]
        }

    @classmethod
    def of(
        cls,
        path: Path,
        root: Path,
        tables: Tables,
        library: Library,
    ) -> "Bibliography":
        """The file and the catalogue; the catalogue alone where there is no file."""
        whole = not library.problems and all(map(has_no_mistake, tables.values()))
        return cls(relative(path, root), read_source(path), tables, library.quantities, whole)

    @property
    def written(self) -> list[Work]:
        """The works with entries of their own, sorted."""
        return sorted(
            (work for work in self.works.values() if work.written), key=lambda work: work.order
        )

    @property
    def documents(self) -> list[Work]:
        """What only the catalogue reads, sorted."""
        return sorted(
            (work for work in self.works.values() if not work.written), key=lambda work: work.order
        )

    def mistakes(self, text: str) -> list[Mistake]:
        """What is wrong with the citations of a page's Markdown."""
        hidden = code(text)
        return [
            Mistake(
                f"no work '{match[1]}' in"
                f" docs/data/bibliography.yml{did_you_mean(match[1], [work.key for work in self.written])}",  # noqa: E501
                match.start(1),
            )
            for match in CITATION.finditer(text)
            if match[1] not in (*self.works, *self._refused)
            and not self._unread
            and not any(start <= match.start() < end for start, end in hidden)
        ]

    def _sound(self, id: str, key: yaml.Node, reading: Reading) -> bool:
        before = len(self.problems)
        reading.refuse_unknown(KEYS, "a work")
        url, year = reading.text("url"), reading.text("year")
        if not reading.text("title").strip() and url not in self._read and self._whole:
            reading.refuse(
                key, f"'{id}' has no title, and no row of the catalogue was read at its url"
            )
        if url and not url.startswith("https://"):
            reading.refuse(reading.nodes["url"], f"a url begins with https://, not '{url[:12]}'")
        own = {url: reading.nodes["url"]} if url else {}
        own |= dict(reading.words("parts"))
        for one, at in own.items():
            if one in self._urls:
                reading.refuse(at, f"'{self._urls[one]}' is at this url already")
        if year and not re.fullmatch(r"\d{4}", year):
            reading.refuse(reading.nodes["year"], f"year is four digits, not '{year}'")
        elif year and (number := ARXIV.search(url)) and year < f"20{number[0][:2]}":
            reading.refuse(
                reading.nodes["year"], f"{number[0]} is of 20{number[0][:2]}, not {year}"
            )
        self._check_day("checked", reading)
        for called, at in reading.words("called"):
            if called in self._called:
                reading.refuse(at, f"'{called}' is '{self._called[called]}' already")
            self._called[called] = id
        reading.words("authors")
        if len(self.problems) == before:
            self._urls |= dict.fromkeys(own, id)
        return len(self.problems) == before

    @staticmethod
    def _check_day(key: str, reading: Reading) -> None:
        text = reading.text(key)
        if text and not (day := written_day(text)):
            reading.refuse(reading.nodes[key], f"{key} is a day such as 2026-11-22, not '{text}'")
        elif text and day and lies_ahead(day):
            reading.refuse(reading.nodes[key], f"{key} is a day that has come, not {text}")

    def _followed(self, quantities: Iterable[Quantity]) -> dict[str, list[Quantity]]:
        """The quantities that say to follow a work: by its arXiv number, or by what it is
        called.
        """
        numbers = {found[0]: key for url, key in self._urls.items() if (found := ARXIV.search(url))}
        after: dict[str, list[Quantity]] = defaultdict(list)
        for quantity in quantities:
            said = set()
            for number in ARXIV.findall(quantity.source):
                if numbers and number not in numbers:
                    self.problems.append(
                        Problem(
                            quantity.path,
                            quantity.line,
                            1,
                            f"'{quantity.name}' follows {number}, which {self._path} does not have",
                        )
                    )
                said.add(numbers.get(number, ""))
            said |= {key for called, key in self._called.items() if called in quantity.source}
            for key in said - {""}:
                after[key].append(quantity)
        return after

    def _work(self, key: str, reading: Reading, after: list[Quantity]) -> Work:
        url, checked = reading.text("url"), reading.text("checked")
        found = [
            one
            for where in (url, *(part for part, _ in reading.words("parts")))
            for one in self._read.get(where, [])
        ]
        of_rows = _document(url, found) if found else Work(key, "", sure=False)
        return Work(
            key=key,
            title=reading.text("title") or of_rows.title,
            authors=tuple(word for word, _ in reading.words("authors")),
            venue=reading.text("venue"),
            year=reading.text("year"),
            url=url,
            days=of_rows.days,
            checked=checked,
            rows=of_rows.rows,
            quantities=tuple(after),
            sure=bool(checked) or of_rows.sure,
            written=True,
            place=reading.place(reading.keys["url" if url else "title"]),
        )


def _document(where: str, found: list[tuple[Source, str, Row]]) -> Work:
    """What the catalogue's rows say of a document, under the shortest of the titles that they
    give it.
    """
    sources = [source for source, _, _ in found]
    title = min((source.title for source in sources), key=lambda title: (len(title), title))
    days = tuple(
        sorted({source.accessed for source in sources if source.accessed and source.mark == "read"})
    )
    of_rows = tuple(dict.fromkeys((table, row.id) for _, table, row in found))
    by_id = {(table, row.id): row for _, table, row in found}
    key = f"d-{sha256(where.encode()).hexdigest()[:8]}"
    return Work(
        key,
        title,
        url=sources[0].url,
        days=days,
        rows=tuple((table, by_id[table, id]) for table, id in of_rows),
        sure=any(source.mark == "read" for source in sources),
    )
