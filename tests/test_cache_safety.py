"""What is read back from a cache is data: whatever somebody has put there, nothing runs and nothing fails."""

import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from hooks.cache import json_records as plain
from hooks.cache.store import Store
from hooks.formula.reference import PinnedName, Reference
from hooks.page.filled import LiveParts
from hooks.pictures.drawing_cache import Cached
from hooks.publish.search.section import Section
from hooks.site.memo import MemoEntry
from hooks.site.record import Body, Record, Rendered
from hooks.text.problems import Problem
from tests.conftest import ROOT

VERSION = "a" * 64
RAN: list[str] = []


def ran(what: str) -> str:
    """What a poisoned record would call."""
    RAN.append(what)
    return what


class Poison:
    """A record whose pickle calls something."""

    def __init__(self, call: Callable[..., Any], *given: Any):
        self.call = call, given

    def __reduce__(self) -> Any:
        return self.call


def planted(folder: Path, name: str, content: bytes) -> None:
    """Put a record into a store as somebody would who has read our code: its digest is right."""
    store = Store(folder, VERSION)
    folder.mkdir(parents=True, exist_ok=True)
    store._path(name).write_bytes(store._digest(name, content) + content)


POISONED = {
    "os.system": pickle.dumps(Poison(__import__("os").system, "touch ran")),
    "eval": pickle.dumps(Poison(eval, "__import__('tests.test_cache_safety').RAN.append(1)")),
    "our own function": pickle.dumps(Poison(ran, "pickle")),
    "a chain of getattr": b"cbuiltins\ngetattr\n(cbuiltins\n__import__\nS'os'\ntR.",
    "a pickle of a plain list": pickle.dumps([1, 2]),
    "a huge memo": b"\x80\x04K\x01r\xff\xff\xff\xff.",
    "a huge length": b"\x80\x04\x8e\xff\xff\xff\xff\xff\xff\xff\x7f.",
    "lists in lists": b"[" * 200_000 + b"]" * 200_000,
    "objects in objects": b'{"dict":{"a":' * 50_000 + b"1" + b"}}" * 50_000,
    "a number of a million digits": b"9" * 1_000_000,
    "half of a text": b'["a',
    "no UTF-8": b'"\xff\xfe"',
    "nothing": b"",
    "a class of another's": b'{"os.system":["touch ran"]}',
    "a class where a list is wanted": b'[{"__class__":"os.system"},{},"",[]]',
    "an entry with too few parts": b'["key",{},"body"]',
    "an entry with wrong types": b"[5,5,5,5]",
    "a set of lists": b'["key",{},"body",["uri",{},[[]],[],[[[[]]],[],[]],null,"","",[],[],[]]]',
    "bytes that are none": b'["","","","","",{"a":{"b":1}}]',
}
"""Contents of files in the cache, none of which is a record."""


@pytest.mark.parametrize("what", POISONED)
def test_a_poisoned_record_is_as_if_it_were_not_there(
    what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    planted(tmp_path / "cache", "page", POISONED[what])
    for shape in (MemoEntry, Body, Cached):
        assert Store(tmp_path / "cache", VERSION).read("page", shape) is None
    assert RAN == []
    assert not (tmp_path / "ran").exists()


def test_what_is_no_plain_data_is_not_written_at_all(tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="is not plain data"):
        Store(tmp_path, VERSION).write("page", Poison(ran, "write"))
    assert list(tmp_path.iterdir()) == []


TERM = PinnedName("decode_step", (("batch", 32.0), ("model", "模型-甲")))
SECTION = Section("id", 2, "A heading", "Its text, 中文", "names")
VALUES: dict[str, tuple[Any, Any]] = {
    "plain values": ([None, True, 1, 1.5, float("inf"), "a", "\ud800", "中文 🙂"], Any),
    "collections": (
        {"a": (1, ("b",)), "__proto__": (2, ())},
        dict[str, tuple[int, tuple[str, ...]]],
    ),
    "sets": ((frozenset({"x"}), {3}), tuple[frozenset[str], set[int]]),
    "bytes or texts": ([b"\x89PNG\xff", b"", "YQ==", "a"], list[str | bytes]),
    "a section": (SECTION, Section),
    "live parts": (LiveParts({Reference(TERM, TERM, "ms")}, {TERM}, {"chips"}), LiveParts),
    "something or nothing": ([SECTION, None], list[Section | None]),
    "a dictionary that looks like code": ({"os.system": "x", "tuple": [1]}, Any),
}


@pytest.mark.parametrize("what", VALUES)
def test_what_is_written_comes_back_as_it_was(what: str) -> None:
    value, shape = VALUES[what]
    assert plain.decode(plain.encode(value), shape) == value


@pytest.mark.parametrize(
    ("value", "shape", "fits"),
    [
        ((1, "a"), tuple[int, str], True),
        ((1, "a", 2), tuple[int, str], False),
        ([1], tuple[int, str], False),
        ({"a": "b"}, dict[str, str], True),
        ({"a": 1}, dict[str, str], False),
        (True, int, False),
        (1, float, True),
        ("a", bytes, False),
        (frozenset({1}), frozenset[str], False),
        (SECTION, Body, False),
    ],
)
def test_a_value_is_taken_in_the_shape_that_is_asked_for_only(
    value: Any, shape: Any, fits: bool
) -> None:
    assert (plain.decode(plain.encode(value), shape) is not None) == fits


def test_a_record_of_a_page_comes_back_as_it_was(tmp_path: Path) -> None:
    body = Body("<p>", "<div>", "In its scenario.", "# A\n", "", {"a.png": b"\xff", "a.csv": "1,2"})
    rendered = Rendered("", "T", [["T", "t", 1, []]], frozenset({"t"}), {"b.md": {"x": "b.md#x"}})
    live = LiveParts({Reference(TERM)}, {TERM}, {"chips"})
    problems = [Problem("a.md", 1, 2, "wrong")]
    record = Record(
        "a.md", {"title": "T"}, rendered, [SECTION], live, None, "", "", problems, {"series"}, body
    )
    store = Store(tmp_path, VERSION)
    store.write("page", MemoEntry("key", {"series": "1"}, "body", record))
    assert Store(tmp_path, VERSION).read("page", MemoEntry) == MemoEntry(
        "key", {"series": "1"}, "body", record
    )


def test_nothing_is_pickled() -> None:
    users = [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "hooks").rglob("*.py")
        if any(
            f"import {name}" in path.read_text("utf-8") for name in ("pickle", "marshal", "shelve")
        )
    ]
    assert users == []


def test_no_workflow_restores_a_cache_of_ours() -> None:
    """A stranger's pull request could have written it, and what is kept goes to readers as it is."""
    for path in (ROOT / ".github" / "workflows").glob("*.yml"):
        text = path.read_text("utf-8")
        for job in yaml.safe_load(text)["jobs"].values():
            for step in job.get("steps", ()):
                assert "actions/cache" not in step.get("uses", ""), path.name
        assert ".cache" not in "\n".join(line.split("#")[0] for line in text.splitlines())
