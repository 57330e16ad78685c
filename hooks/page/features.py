"""Material's Markdown features in a page's HTML: whether a page uses them, and what Markdown leaves
out.

Annotations get buttons that open them, boxes of tasks say what they are, and words that Markdown
writes by itself are in the page's language. All of it works without JavaScript; the only script is
the copy button's.
"""

import re
from collections.abc import Iterator

from hooks.page.frames import framed
from hooks.text.languages import Language, interface, say
from hooks.text.markup import id_and_classes, tags

USED = re.compile(
    r'<(?:div|p|ul|span|details|a)\b[^>]*class="(?:[^"]*'
    r' )?(?:admonition|tabbed-set|annotate|grid|md-button|task-list|keys|icon)[" ]'
    r'|class="language-(?!text )[\w+#.-]+ highlight"|<details'
    r' class="(?!(?:question|success|room|points)\b)'
    r'|class="filename"|class="linenos"|class="hll"'
    r"|<(?:mark|ins|del|sub|kbd|abbr)\b|#only-(?:light|dark)|<figure(?! class=\"figure\")\b|<dl>\n"
)
"""What needs the styles and the script that only some pages load. Exercises and code without a
language need neither.
"""

IN_CODE = re.compile(
    r"<span"
    r' class="c[a-z0-9]*">(?P<sign>(?:(?!</span>).)*?)\((?P<number>\d+)\)(?P<alone>!?)(?P<rest>(?:(?!</span>).)*)</span>'  # noqa: E501
)
IN_TEXT = re.compile(r"\((?P<number>\d+)\)")
BOX = re.compile(
    r'(<li class="task-list-item">(?:\s*<p>)?)\s*<input type="checkbox" disabled( checked)?\s*/?>'
)
TITLE = re.compile(
    r'(class="(?:admonition )?([a-z]+)(?: [\w -]*)?">\s*<(?:p'
    r' class="admonition-title"|summary)>)(\w+)</'
)
BACK = re.compile(r'title="Jump back to footnote (\d+) in the text"')
TAG = re.compile(r"(<[^>]*>)")
PLAIN = re.compile(r'<span class="n">([^<]*)</span>')
"""A name in code, to which Pygments gives the class that our numbers have."""


def needs_markup(html: str) -> bool:
    """Whether a page's own HTML needs `markup.css` and `markup.js`."""
    return USED.search(html) is not None


def completed(html: str, language: Language) -> str:
    """A page's HTML with what its features lack, and its wide parts in frames."""
    if not needs_markup(html):
        return framed(html, language)
    html = PLAIN.sub(r"\1", _annotated(html, language))
    html = BOX.sub(lambda match: _box(match, language), html)
    html = BACK.sub(
        lambda match: f'aria-label="{say("page.back_to_note", language, number=match[1])}"',
        html,
    )
    return framed(TITLE.sub(lambda match: _title(match, language), html), language)


def _box(match: re.Match[str], language: Language) -> str:
    label = say("page.done", language) if match[2] else say("page.to_do", language)
    return f'{match[1]}<input type="checkbox" disabled{match[2] or ""} aria-label="{label}">'


def _title(match: re.Match[str], language: Language) -> str:
    """The title of a box in the page's language where Markdown has made it from its type."""
    kind = match[2]
    own = match[3] != kind.capitalize() or f"box.{kind}" not in interface(language)
    return match[0] if own else f"{match[1]}{say(f'box.{kind}', language)}</"


def _annotated(html: str, language: Language) -> str:
    """Texts and code with buttons in place of `(1)`, where a list with as many items follows."""
    parts, last = [], 0
    for number, (start, end, below, after, code) in enumerate(_annotations(html), 1):
        if start < last:
            continue  # within another one
        items = _items(html, below, after)
        pattern = IN_CODE if code else IN_TEXT
        text, done = _marked(html[start:end], pattern, f"note-{number}", len(items), language)
        if not done:
            continue
        parts += [html[last:start], text, _list(html, items, below, after, f"note-{number}", done)]
        last = after
    return "".join([*parts, html[last:]])


def _annotations(html: str) -> Iterator[tuple[int, int, int, int, bool]]:
    """Every text or code that a numbered list follows at once: where it begins and ends, where the
    list does, and whether it is code.
    """
    found = tags(html)
    opened: list[tuple[int, str, list[str]]] = []
    for at, tag in enumerate(found):
        if not tag.name or tag.name not in ("div", "p", "ol", "ul", "details", "table", "section"):
            continue
        if not tag.closes:
            opened.append((tag.start, tag.name, id_and_classes(tag.rest)[1]))
            continue
        if not opened or opened[-1][1] != tag.name:
            continue
        start, _, classes = opened.pop()
        code = "highlight" in classes
        follower = found[at + 1] if at + 1 < len(found) else None
        if (
            (code or "annotate" in classes)
            and follower
            and (follower.name, follower.closes, follower.rest) == ("ol", False, "")
            and not html[tag.end : follower.start].strip()
        ):
            yield start, tag.end, follower.start, _end(html, follower.start), code


def _end(html: str, start: int) -> int:
    """Where the list ends that begins at an offset."""
    depth = 0
    for tag in tags(html):
        if tag.start >= start and tag.name == "ol":
            depth += -1 if tag.closes else 1
            if not depth:
                return tag.end
    return len(html)


def _items(html: str, start: int, end: int) -> list[int]:
    """Where the items of a list begin, those of lists within it left out."""
    found, depth = [], 0
    for tag in tags(html):
        if start <= tag.start < end and tag.name in ("ol", "ul"):
            depth += -1 if tag.closes else 1
        elif start <= tag.start < end and tag.name == "li" and not tag.closes and depth == 1:
            found.append(tag.start)
    return found


def _marked(
    html: str, pattern: re.Pattern[str], name: str, count: int, language: Language
) -> tuple[str, set[int]]:
    """A text with its buttons, and the numbers that they open. A number without an item, and one
    that is a text's own, stays.
    """
    done: set[int] = set()

    def button(match: re.Match[str]) -> str:
        number = int(match["number"])
        if not 1 <= number <= count or number in done:
            return match[0]
        done.add(number)
        label = say("page.note", language, number=number)
        made = (
            f'<button type="button" class="annotation" popovertarget="{name}-{number}" '
            f'aria-label="{label}">{number}</button>'
        )
        if pattern is IN_TEXT:
            return made
        sign, rest = (
            ("", "") if match["alone"] else (match["sign"], match["rest"])
        )  # with `!` nothing is left of the comment
        return f'<span class="c">{sign}{made}{rest}</span>' if sign.strip() or rest else made

    if pattern is IN_CODE:
        return pattern.sub(button, html), done
    parts = TAG.split(html)
    return (
        "".join(part if at % 2 else pattern.sub(button, part) for at, part in enumerate(parts)),
        done,
    )


def _list(html: str, items: list[int], start: int, end: int, name: str, done: set[int]) -> str:
    """The list, with those of its items as panels that a button opens."""
    parts, last = ['<ol class="annotations">'], start + len("<ol>")
    for number, at in enumerate(items, 1):
        parts.append(html[last:at])
        panel = f' id="{name}-{number}" popover' if number in done else ""
        parts.append(f"<li{panel}>")
        last = at + len("<li>")
    return "".join([*parts, html[last:end]])
