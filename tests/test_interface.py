"""The words of the interface: the same in both languages, and called for with what they ask."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment
from jinja2.nodes import Call, Const

from hooks.formula.declaration import Source
from hooks.live.export import cited
from hooks.live.spoken import PLACE, spoken
from hooks.page.derivations import cite
from hooks.text.languages import LANGUAGES, interface, listed, say
from hooks.text.problems import Mistake

HOOKS = Path(__file__).resolve().parent.parent / "hooks"

ONE_LANGUAGES = {
    "claim.ratio": {"gap"},
    "claim.that_given": {"label"},
    "mark.more": {"rest", "count", "counter"},
}
"""Places that only one language needs: a space before a number, and what `that` is.

Of a list, English counts those that are left out, Chinese all.
"""

Asked = tuple[str, str, set[str]]
"""Where a text is asked for; its key, which ends in `*` where the rest is computed; its places."""


def python_calls() -> Iterator[Asked]:
    for path in HOOKS.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name not in ("say", "_say") or not node.args:
                continue
            places = {keyword.arg for keyword in node.keywords if keyword.arg}
            match node.args[0]:
                case ast.Constant(value=str(key)):
                    yield f"{path.name}:{node.lineno}", key, places
                case ast.JoinedStr(values=[ast.Constant(value=str(group)), _]):
                    yield f"{path.name}:{node.lineno}", f"{group}*", places


def script_calls() -> Iterator[Asked]:
    for path in HOOKS.rglob("*.js"):
        waiting = [path.read_text("utf-8")]
        while waiting:
            for call in spoken(waiting.pop()):
                yield path.name, call.key, set(call.places)
                waiting += call.places.values()


def template_calls() -> Iterator[Asked]:
    for path in HOOKS.rglob("*.html"):
        for call in Environment().parse(path.read_text("utf-8")).find_all(Call):
            if getattr(call.node, "name", "") == "say" and isinstance(call.args[0], Const):
                yield f"{path.name}:{call.lineno}", call.args[0].value, {p.key for p in call.kwargs}


CALLS = [*python_calls(), *script_calls(), *template_calls()]


def keys(asked: str) -> list[str]:
    """The keys that a call may ask for."""
    if not asked.endswith("*"):
        return [asked]
    return [key for key in interface("en") if key.startswith(asked[:-1])]


def texts(key: str, language: str) -> list[str]:
    text = interface(language)[key]
    return [text] if isinstance(text, str) else list(text.values())


def places(key: str, language: str) -> set[str]:
    return {place[1] for text in texts(key, language) for place in PLACE.finditer(text)}


def chosen_by(key: str) -> set[str]:
    """The count that chooses among two texts need not be told in them."""
    return {"count"} if any(len(texts(key, language)) > 1 for language in LANGUAGES) else set()


def test_both_languages_have_the_same_keys_in_the_same_order() -> None:
    assert list(interface("en")) == list(interface("zh"))
    assert len(interface("en")) > 100


def test_both_languages_have_the_same_places() -> None:
    apart = {
        key: found for key in interface("en") if (found := places(key, "en") ^ places(key, "zh"))
    }
    assert apart == ONE_LANGUAGES


def test_texts_are_one_or_two() -> None:
    for language in LANGUAGES:
        for key, text in interface(language).items():
            assert isinstance(text, str) or list(text) == ["one", "other"], key


def test_no_text_holds_markup() -> None:
    found = [
        key for language in LANGUAGES for key in interface(language)
        for text in texts(key, language) if re.search(r"[<>]|&\w+;", text)
    ]  # fmt: skip
    assert found == []


def test_no_template_holds_words_of_its_own() -> None:
    found = [
        (path.name, text)
        for path in HOOKS.rglob("*.html")
        for text in re.findall(r"\w*[\u3400-\u9fff].*", path.read_text("utf-8"))
    ]
    assert found == []


def test_every_text_that_is_asked_for_exists() -> None:
    missing = [(where, key) for where, key, _ in CALLS if not set(keys(key)) & set(interface("en"))]
    assert missing == []


def test_a_text_that_is_not_there_is_told_with_its_file_and_the_nearest() -> None:
    said = "hooks/text/interface/zh.yml has no text 'page.minuts'; did you mean 'page.minutes'?"
    with pytest.raises(Mistake, match=re.escape(said)):
        say("page.minuts", "zh", minutes=9)


def test_every_text_is_used() -> None:
    used = {key for _, asked, _ in CALLS for key in keys(asked)}
    assert sorted(set(interface("en")) - used) == []


def test_calls_fill_the_places_of_their_texts_and_no_others() -> None:
    wrong = [
        (where, key)
        for where, asked, given in CALLS
        for key in keys(asked)
        if given != places(key, "en") | places(key, "zh") | chosen_by(key)
    ]
    assert wrong == []


@pytest.mark.parametrize(("count", "said"), [(0, "0 essays"), (1, "1 essay"), (2, "2 essays")])
def test_a_count_of_one_has_a_text_of_its_own(count: int, said: str) -> None:
    assert say("tags.essays", "en", count=count) == said
    assert say("tags.essays", "zh", count=count) == f"{count} 篇"


def test_a_long_list_counts_what_it_leaves_out() -> None:
    assert listed("abc", 2, ", ", "en") == "a, b and 1 more"
    assert listed("abc", 2, "、", "zh", "行") == "a、b等3行"


@pytest.mark.parametrize(
    ("mark", "english", "chinese"),
    [
        ("read", "A file, whole file, read 2026-11-22", "A file，整个文件，查阅于 2026-11-22"),
        ("fitted", "A file, whole file (our fit)", "A file，整个文件（本站拟合）"),
    ],
)
def test_what_stands_around_a_citation_is_in_the_readers_language(
    mark: str, english: str, chinese: str
) -> None:
    source = Source("A file", section="whole file", accessed="2026-11-22", mark=mark)
    assert (cite(source, "en"), cite(source, "zh")) == (english, chinese)
    assert cited(source, "zh").startswith("A file，整个文件，")
