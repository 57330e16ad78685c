"""The scoreboard: published results beside what the models say of them."""

from collections import Counter, defaultdict
from html import escape

from hooks.data.scoreboard import FAILURES, Score, quantile, scores
from hooks.formula.format import digits, format_value
from hooks.formula.reference import PinnedName, Reference
from hooks.lists.request import ListRequest
from hooks.page.goals import goals_table, intervals_table
from hooks.page.page_list import page_list
from hooks.text.problems import Mistake


@page_list("scoreboard", choosing=True)
def score_list(page: ListRequest) -> str:
    """`<!-- scoreboard exact -->` or `measured`: every published result beside the models, the worst first."""
    which = page.choice
    if which not in ("exact", "measured", "summary", "goals", "intervals"):
        raise Mistake(
            f"a scoreboard is exact, measured, summary, goals or intervals, not '{which}'"
        )
    if which == "goals":
        label = page.say("Goals and errors", "目标与误差")
        return _board(goals_table(page.scenario.root, page.language), label)
    if which == "intervals":
        label = page.say("Intervals", "区间")
        return _board(intervals_table(page.scenario.root, page.language), label)
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
        page.say("Result", "结果"),
        page.say("Published", "公布值"),
        page.say("Our number", "我们的数"),
        page.say("Ratio", "比值"),
    ]
    if which == "measured":
        head[2:] = [
            page.say("Floor or ceiling", "上下限"),
            page.say("Reached", "达到"),
            page.say("Expected", "预期"),
            page.say("Error", "误差"),
        ]
    rows = "".join(_score(page, score, which == "measured") for score in chosen)
    columns = "".join(f"<th scope='col'>{name}</th>" for name in head)
    label = (
        page.say("Measured results", "实测结果")
        if which == "measured"
        else page.say("Results that are arithmetic", "算术结果")
    )
    return f'<div class="board" tabindex="0" role="region" aria-label="{label}" data-search-exclude><table><thead><tr>{columns}</tr></thead><tbody>{rows}</tbody></table></div>'


def _score(page: ListRequest, score: Score, measured: bool) -> str:
    unit = score.reference.unit(score.scenario.library)
    field = next(
        d
        for d in score.scenario.library.names.values()
        if getattr(d, "of", "") == "measurement" and getattr(d, "key", "") == score.field
    )
    published = Reference(PinnedName(field.name))
    at = score.scenario.pinned({"measurement": score.row.id})
    cells = [
        f"<td>{page.title(score.row)}</td>",
        f"<td>{page.number(published, at)}</td>",
        f"<td>{page.number(score.reference, score.scenario, format_value(score.bound, unit, '', page.language))}</td>",
    ]
    if not measured:
        return f"<tr>{''.join(cells)}<td>{digits(score.measured / score.bound, 4)}</td></tr>"
    cells.append(f"<td>{digits(100 * score.efficiency)}%</td>")
    if score.predicted is None or score.error is None:
        cells.append(
            f"<td colspan='2'>{escape(score.failure) or page.say('bound only', '只有上下限')}</td>"
        )
    else:
        mark = (
            " *"
            if score.fitted
            else f" <small>{escape(score.failure)}</small>"
            if score.failure
            else ""
        )
        text = format_value(score.predicted, unit, "", page.language)
        opens = page.number(score.asked, score.predicted_in, text) if score.asked else text
        cells += [
            f"<td>{opens}</td>",
            f"<td>{digits(100 * score.error)}%{mark}</td>",
        ]
    return f"<tr>{''.join(cells)}</tr>"


def _board(table: list[list[str]], label: str) -> str:
    head, *rows = table
    columns = "".join(f"<th scope='col'>{escape(name)}</th>" for name in head)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    return f'<div class="board" tabindex="0" role="region" aria-label="{label}" data-search-exclude><table><thead><tr>{columns}</tr></thead><tbody>{body}</tbody></table></div>'


def _summary(page: ListRequest, everything: list[Score]) -> str:
    exact = [s for s in everything if s.row.extra.get("kind") == "exact"]
    measured = [s for s in everything if s.row.extra.get("kind") == "measured"]
    above = sum(score.efficiency > 1 for score in measured)
    lines = [
        page.say(
            f"{len(exact)} results that are arithmetic, {len(measured)} that somebody measured.",
            f"{len(exact)} 条是算术，{len(measured)} 条是实测。",
        ),
        page.say(f"{above} measurements beat our bound.", f"{above} 条实测越过了我们的上下限。"),
    ]
    groups: dict[tuple[bool, bool], list[float]] = defaultdict(list)
    for score in measured:
        if score.error is not None:
            groups[not score.alone, score.fitted].append(abs(score.error))
    for (many, fitted), errors in sorted(groups.items()):
        label = (
            page.say("Many sequences", "许多序列") if many else page.say("One reader", "单个用户")
        )
        kind = (
            page.say("fitted to", "参与拟合")
            if fitted
            else page.say("never fitted to", "未参与拟合")
        )
        half, nine = digits(100 * quantile(errors, 0.5)), digits(100 * quantile(errors, 0.9))
        lines.append(
            page.say(
                f"{label}, {kind}, {len(errors)} points: median error {half}%, nine in ten within {nine}%.",
                f"{label}，{kind}，{len(errors)}个点：误差中位数{half}%，九成在{nine}%以内。",
            )
        )
    failures = Counter(score.failure for score in measured if score.failure)
    for name, count in failures.most_common():
        sentence = page.say(*FAILURES[name]) if name in FAILURES else ""
        lines.append(page.say(f"{name} ({count}): {sentence}", f"{name}（{count}个）：{sentence}"))
    return "<ul>" + "".join(f"<li>{escape(line)}</li>" for line in lines) + "</ul>"
