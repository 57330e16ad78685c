"""Lists that pages are given: every quantity with its formula, every row with its source, the scoreboard."""

import ast
from collections import Counter, defaultdict
from functools import cached_property
from html import escape
from pathlib import Path

from hooks.data.scoreboard import FAILURES, Score, quantile, scores
from hooks.formula.declaration import Declaration, Quantity, Row, Source
from hooks.formula.evaluate import Scenario
from hooks.formula.format import digits, format_value
from hooks.formula.mathml import formula_mathml
from hooks.formula.reference import PinnedName, Reference
from hooks.page import goals
from hooks.page.derivations import Works, cite, number_link
from hooks.page.limit import SHOWN, note
from hooks.page.scan import NAME, names_used
from hooks.text.address import quoted
from hooks.text.languages import Language, listed, say
from hooks.text.problems import Mistake, did_you_mean, resting_on
from hooks.text.source import read_source

PAGES = 30
"""So many essays that use a quantity are named before they are only counted."""


class PageLists:
    """Writes the lists of one build. `root` is the project's, `code` the address of its files."""

    def __init__(self, root: Path, language: Language, code: str):
        self.root = root
        self.language = language
        self.code = code

    def say(self, english: str, chinese: str) -> str:
        """One of two texts, in the build's language."""
        return say(english, chinese, self.language)

    # Sources

    def sources(self, table: str, scenario: Scenario, works: Works) -> str:
        """Every row of a table with the documents that its values were read in, and its limits: `<!-- sources models -->`."""
        if table not in scenario.tables and scenario.library.inputs_broken:
            raise resting_on(next(iter(scenario.library.broken.values())))
        if table not in scenario.tables:
            raise Mistake(f"no table '{table}'{did_you_mean(table, scenario.tables)}")
        rows = list(scenario.tables[table].values())
        entries = "".join(map(self._sources_of, rows[:SHOWN]))
        shown = min(SHOWN, len(rows))
        rest = note(shown, len(rows), shown, table, scenario, works)
        return f'<ul class="sources" data-search-exclude>{entries}</ul>{rest}'

    def _sources_of(self, row: Row) -> str:
        by_source: dict[Source, list[str]] = defaultdict(list)
        for key, cell in row.cells.items():
            by_source[cell.source].append(key)
        parts = []
        for source, keys in sorted(by_source.items(), key=lambda item: -len(item[1])):
            names = (
                ""
                if len(by_source) == 1 or len(keys) == max(map(len, by_source.values()))
                else f" <small>({', '.join(keys)})</small>"
            )
            parts.append(cite(source, self.language) + names)
        limits = row.limit(self.language)
        also = f' <em class="limits">{escape(limits)}</em>' if limits else ""
        return f"<li><strong>{escape(row.title(self.language))}</strong>: {'; '.join(parts)}{also}</li>"

    # Quantities

    def quantities(self, _: str, scenario: Scenario, works: Works) -> str:
        """Every quantity, file by file: formula, unit, source, who uses it, and which tests and essays name it."""
        tests, essays = self._named_in("tests", "test_*.py"), self.essays
        users: dict[str, list[Quantity]] = defaultdict(list)
        for quantity in scenario.library.quantities:
            for parameter in quantity.parameters:
                users[parameter].append(quantity)
        parts = []
        for path in sorted({quantity.path for quantity in scenario.library.quantities}):
            title = self._title(path)
            inside = [quantity for quantity in scenario.library.quantities if quantity.path == path]
            entries = "".join(
                self._quantity(
                    q, scenario.library.names, users[q.name], tests[q.name], essays.get(q.name, [])
                )
                for q in inside
            )
            parts.append(
                f'<details class="room"><summary>{escape(title)} <small>{len(inside)}</small></summary>{entries}</details>'
            )
        return f'<section class="quantities" data-search-exclude>{"".join(parts)}</section>'

    def _title(self, path: str) -> str:
        doc = (ast.get_docstring(ast.parse(read_source(self.root / path))) or path).split("\n\n")
        return doc[-1 if self.language == "zh" else 0].strip().rstrip(".。")

    def _quantity(
        self,
        quantity: Quantity,
        names: dict[str, Declaration],
        users: list[Quantity],
        tests: set[str],
        essays: list[str],
    ) -> str:
        why = quantity.why_zh if self.language == "zh" else quantity.why
        label = {name: names[name].title(self.language) for name in quantity.parameters}
        facts = [(self.say("Unit", "单位"), escape(str(quantity.unit)))]
        if quantity.source:
            facts.append(
                (
                    self.say("After", "依据"),
                    self.say(
                        escape(quantity.source), f'<span lang="en">{escape(quantity.source)}</span>'
                    ),
                )
            )
        inputs = [
            f'<a href="#q-{n}">{escape(label[n])}</a>'
            if isinstance(names[n], Quantity)
            else escape(label[n])
            for n in quantity.parameters
        ]
        facts.append((self.say("Rests on", "取决于"), ", ".join(inputs)))
        if users:
            facts.append(
                (
                    self.say("Used by", "用于"),
                    ", ".join(
                        f'<a href="#q-{u.name}">{escape(u.title(self.language))}</a>' for u in users
                    ),
                )
            )
        if essays:
            links = [
                f'<a href="../../essays/{quoted(slug)}/">{escape(slug)}</a>' for slug in essays
            ]
            facts.append((self.say("Essays", "文章"), listed(links, PAGES, ", ", self.language)))
        facts.append(
            (
                self.say("Tests", "测试"),
                ", ".join(f"<code>{escape(name)}</code>" for name in sorted(tests))
                or self.say("none names it", "没有直接点名的"),
            )
        )
        rows = "".join(f"<dt>{name}</dt><dd>{value}</dd>" for name, value in facts)
        place = f"{self.code}{quantity.path}#L{quantity.line}"
        return (
            f'<div class="quantity" id="q-{quantity.name}"><p><strong>{escape(quantity.title(self.language))}</strong> '
            f'<a href="{escape(place)}"><code>{quantity.name}</code></a></p><p>{escape(why)}</p>'
            f'<div class="work-math" tabindex="0" role="group" aria-label="{escape(quantity.title(self.language))}">{formula_mathml(quantity, label.__getitem__, self.language)}</div><dl>{rows}</dl></div>'
        )

    def _named_in(self, folder: str, pattern: str) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for path in sorted((self.root / folder).glob(pattern)):
            for word in set(NAME.findall(read_source(path))):
                found[word].add(path.name)
        return found

    @cached_property
    def essays(self) -> dict[str, list[str]]:
        """The essays that name a quantity, or anything else."""
        found: dict[str, list[str]] = defaultdict(list)
        for path in sorted((self.root / "docs/essays").glob("*/index.md")):
            for name in names_used(read_source(path)):
                found[name].append(path.parent.name)
        return dict(found)

    # The scoreboard

    def scoreboard(self, which: str, scenario: Scenario, works: Works) -> str:
        """`<!-- scoreboard exact -->` or `measured`: every published result beside the models, the worst first."""
        if which not in ("exact", "measured", "summary", "goals"):
            raise Mistake(f"a scoreboard is exact, measured, summary or goals, not '{which}'")
        everything = scores(scenario)
        if which == "goals":
            return self._goals(scenario)
        if which == "summary":
            return self._summary(everything)
        chosen = [score for score in everything if score.row.extra.get("kind") == which]
        chosen.sort(
            key=lambda score: (
                score.error is None,
                -abs(score.error) if score.error is not None else -abs(1 - score.efficiency),
            )
        )
        head = [
            self.say("Result", "结果"),
            self.say("Published", "公布值"),
            self.say("Our number", "我们的数"),
            self.say("Ratio", "比值"),
        ]
        if which == "measured":
            head[2:] = [
                self.say("Floor or ceiling", "上下限"),
                self.say("Reached", "达到"),
                self.say("Expected", "预期"),
                self.say("Error", "误差"),
            ]
        rows = "".join(self._score(score, works, which == "measured") for score in chosen)
        columns = "".join(f"<th scope='col'>{name}</th>" for name in head)
        label = (
            self.say("Measured results", "实测结果")
            if which == "measured"
            else self.say("Results that are arithmetic", "算术结果")
        )
        return f'<div class="board" tabindex="0" role="region" aria-label="{label}" data-search-exclude><table><thead><tr>{columns}</tr></thead><tbody>{rows}</tbody></table></div>'

    def _score(self, score: Score, works: Works, measured: bool) -> str:
        unit = score.reference.unit(score.scenario.library)
        field = next(
            d
            for d in score.scenario.library.names.values()
            if getattr(d, "of", "") == "measurement" and getattr(d, "key", "") == score.field
        )
        published = Reference(PinnedName(field.name))
        at = score.scenario.pinned({"measurement": score.row.id})
        cells = [
            f"<td>{escape(score.row.title(self.language))}</td>",
            f"<td>{number_link(published.text(at, self.language), works.open(published, at, deep=False), False)}</td>",
            f"<td>{number_link(format_value(score.bound, unit, '', self.language), works.open(score.reference, score.scenario, deep=False), False)}</td>",
        ]
        if not measured:
            return f"<tr>{''.join(cells)}<td>{digits(score.measured / score.bound, 4)}</td></tr>"
        cells.append(f"<td>{digits(100 * score.efficiency)}%</td>")
        if score.predicted is None or score.error is None:
            cells.append(
                f"<td colspan='2'>{escape(score.failure) or self.say('bound only', '只有上下限')}</td>"
            )
        else:
            mark = (
                " *"
                if score.fitted
                else f" <small>{escape(score.failure)}</small>"
                if score.failure
                else ""
            )
            text = format_value(score.predicted, unit, "", self.language)
            opened = score.asked and works.open(score.asked, score.predicted_in, deep=False)
            cells += [
                f"<td>{number_link(text, opened, False) if opened else text}</td>",
                f"<td>{digits(100 * score.error)}%{mark}</td>",
            ]
        return f"<tr>{''.join(cells)}</tr>"

    def _goals(self, scenario: Scenario) -> str:
        head, *rows = goals.goals_table(scenario.root, self.language)
        columns = "".join(f"<th scope='col'>{escape(name)}</th>" for name in head)
        body = "".join(
            "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows
        )
        label = self.say("Goals and errors", "目标与误差")
        return f'<div class="board" tabindex="0" role="region" aria-label="{label}" data-search-exclude><table><thead><tr>{columns}</tr></thead><tbody>{body}</tbody></table></div>'

    def _summary(self, everything: list[Score]) -> str:
        exact = [s for s in everything if s.row.extra.get("kind") == "exact"]
        measured = [s for s in everything if s.row.extra.get("kind") == "measured"]
        above = sum(score.efficiency > 1 for score in measured)
        lines = [
            self.say(
                f"{len(exact)} results that are arithmetic, {len(measured)} that somebody measured.",
                f"{len(exact)} 条是算术，{len(measured)} 条是实测。",
            ),
            self.say(
                f"{above} measurements beat our bound.", f"{above} 条实测越过了我们的上下限。"
            ),
        ]
        groups: dict[tuple[bool, bool], list[float]] = defaultdict(list)
        for score in measured:
            if score.error is not None:
                groups[not score.alone, score.fitted].append(abs(score.error))
        for (many, fitted), errors in sorted(groups.items()):
            label = (
                self.say("Many sequences", "许多序列")
                if many
                else self.say("One reader", "单个用户")
            )
            kind = (
                self.say("fitted to", "参与拟合")
                if fitted
                else self.say("never fitted to", "未参与拟合")
            )
            half, nine = digits(100 * quantile(errors, 0.5)), digits(100 * quantile(errors, 0.9))
            lines.append(
                self.say(
                    f"{label}, {kind}, {len(errors)} points: median error {half}%, nine in ten within {nine}%.",
                    f"{label}，{kind}，{len(errors)}个点：误差中位数{half}%，九成在{nine}%以内。",
                )
            )
        failures = Counter(score.failure for score in measured if score.failure)
        for name, count in failures.most_common():
            sentence = self.say(*FAILURES[name]) if name in FAILURES else ""
            lines.append(
                self.say(f"{name} ({count}): {sentence}", f"{name}（{count}个）：{sentence}")
            )
        return "<ul>" + "".join(f"<li>{escape(line)}</li>" for line in lines) + "</ul>"
