"""The scoreboard: published results beside what the models say of them."""

from collections import Counter, defaultdict
from html import escape

from hooks.data.scoreboard import FAILURES, Score, quantile, scores
from hooks.formula.format import digits, format_value
from hooks.formula.reference import PinnedName, Reference
from hooks.lists.request import ListRequest
from hooks.page.goals import goals_table, intervals_table, missed_table
from hooks.page.page_list import page_list
from hooks.text.languages import either
from hooks.text.problems import Mistake

TABLES = {"goals": goals_table, "missed": missed_table, "intervals": intervals_table}
"""Tables about all scores, by the comment's second word."""


@page_list("scoreboard", choosing=True)
def score_list(page: ListRequest) -> str:
    """`<!-- scoreboard exact -->` or `measured`: every published result beside the models, the
    worst first.
    """
    which = page.choice
    if which not in ("exact", "measured", "summary", *TABLES):
        raise Mistake(
            f"a scoreboard is exact, measured, summary, goals, missed or intervals, not '{which}'"
        )
    if which in TABLES:
        head, *body = TABLES[which](page.scenario.root, page.language)
        rows = "".join(f"<tr>{_cells(row)}</tr>" for row in body)
        classes = "board runs" if which == "missed" else "board"
        return _board(head, rows, _label(page), classes)
    everything = scores(page.scenario)
    if which == "summary":
        return _summary(page, everything)
    chosen = [score for score in everything if score.row.extra.get("kind") == which]
    chosen.sort(
        key=lambda score: (
            score.error is None,
            -abs(score.error) if score.error is not None else -abs(1 - score.efficiency),
        )
    )
    head = [
        page.say("scores.result"),
        page.say("scores.published"),
        page.say("scores.ours"),
        page.say("scores.ratio"),
    ]
    if which == "measured":
        head[2:] = [
            page.say("scores.bound"),
            page.say("scores.reached"),
            page.say("scores.expected"),
            page.say("scores.error"),
        ]
    rows = "".join(_score(page, score, which == "measured") for score in chosen)
    return _board(head, rows, _label(page))


def _label(page: ListRequest) -> str:
    """What a table is called for those who do not see it."""
    return {
        "exact": page.say("scores.exact"),
        "measured": page.say("scores.measured"),
        "goals": page.say("scores.goals"),
        "missed": page.say("scores.missed"),
        "intervals": page.say("scores.intervals"),
    }[page.choice]


def _score(page: ListRequest, score: Score, measured: bool) -> str:
    unit = score.reference.unit(score.scenario.library)
    field = next(
        d
        for d in score.scenario.library.names.values()
        if getattr(d, "of", "") == "measurement" and getattr(d, "key", "") == score.field
    )
    published = Reference(PinnedName(field.name))
    at = score.scenario.pinned({"measurement": score.row.id})
    bound = format_value(score.bound, unit, "", page.language)
    why = _why(page, score.failure) if measured and score.failure else ""
    cells = [
        f"<td>{page.title(score.row)}{why and f'<br><small>{escape(why)}</small>'}</td>",
        f"<td>{page.number(published, at)}</td>",
        f"<td>{page.number(score.reference, score.scenario, bound)}</td>",
    ]
    if not measured:
        return f"<tr>{''.join(cells)}<td>{digits(score.measured / score.bound, 4)}</td></tr>"
    cells.append(f"<td>{digits(100 * score.efficiency)}%</td>")
    if score.predicted is None or score.error is None:
        cells.append(f"<td colspan='2'>{page.say('scores.bound_only')}</td>")
    else:
        mark = " *" if score.fitted else ""
        text = format_value(score.predicted, unit, "", page.language)
        opens = page.number(score.asked, score.predicted_in, text) if score.asked else text
        cells += [
            f"<td>{opens}</td>",
            f"<td>{digits(100 * score.error)}%{mark}</td>",
        ]
    return f"<tr>{''.join(cells)}</tr>"


def _why(page: ListRequest, failure: str) -> str:
    """Why a result lies far from what was expected of it, as a sentence."""
    return either(*FAILURES[failure], page.language) if failure in FAILURES else failure


def _board(head: list[str], rows: str, label: str, classes: str = "board") -> str:
    """A table in a frame that scrolls; `rows` is HTML."""
    columns = "".join(f"<th scope='col'>{escape(name)}</th>" for name in head)
    return (
        f'<div class="{classes}" tabindex="0" role="region" aria-label="{label}"'
        f" data-search-exclude><table><thead><tr>{columns}</tr></thead>"
        f"<tbody>{rows}</tbody></table></div>"
    )


def _cells(row: list[str]) -> str:
    return "".join(f"<td>{escape(cell)}</td>" for cell in row)


def _summary(page: ListRequest, everything: list[Score]) -> str:
    exact = [s for s in everything if s.row.extra.get("kind") == "exact"]
    measured = [s for s in everything if s.row.extra.get("kind") == "measured"]
    above = sum(score.efficiency > 1 for score in measured)
    lines = [
        page.say("scores.counts", exact=len(exact), measured=len(measured)),
        page.say("scores.above", count=above),
    ]
    groups: dict[tuple[bool, bool], list[float]] = defaultdict(list)
    for score in measured:
        if score.error is not None:
            groups[not score.alone, score.fitted].append(abs(score.error))
    for (many, fitted), errors in sorted(groups.items()):
        label = page.say("scores.many") if many else page.say("scores.alone")
        kind = page.say("scores.fitted_to") if fitted else page.say("scores.never_fitted_to")
        half, nine = digits(100 * quantile(errors, 0.5)), digits(100 * quantile(errors, 0.9))
        lines.append(
            page.say(
                "scores.errors", label=label, kind=kind, count=len(errors), half=half, nine=nine
            )
        )
    failures = Counter(score.failure for score in measured if score.failure)
    for name, count in failures.most_common():
        lines.append(page.say("scores.failure", count=count, sentence=_why(page, name)))
    return "<ul>" + "".join(f"<li>{escape(line)}</li>" for line in lines) + "</ul>"
