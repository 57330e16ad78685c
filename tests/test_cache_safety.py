"""What is read back from a cache is data: whatever somebody has put there, nothing runs and nothing fails."""

import json
import pickle
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from hooks import plain
from hooks.box import Box
from hooks.kept.keeper import Body, Facts, Record
from hooks.page.fill import Told
from hooks.page.reference import Reference, Term
from hooks.search.section import Section
from hooks.cache.store import Store
from tests.conftest import ROOT

HOUSE = "a" * 64
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
    store = Store(folder, HOUSE)
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
    "a class of ours that is no record": b'{"hooks.store.Store":["/tmp"]}',
    "a function of ours": b'{"hooks.plain.read":["x"]}',
    "a hidden name": b'{"hooks.page.reference.Term.__init__":["x"]}',
    "a record with another's fields": b'{"hooks.page.reference.Term":["x"]}',
    "a record with wrong types": b'{"hooks.page.reference.Term":[1,{"tuple":[]}]}',
    "a trace that is none": b'{"hooks.kept.keeper.Record":[5,5,5,5,5]}',
    "a set of lists": b'{"set":[[1]]}',
    "two kinds at once": b'{"set":[],"tuple":[]}',
    "bytes that are none": b'{"bytes":"***"}',
    "a day that is none": b'{"date":"2026-02-30"}',
}


@pytest.mark.parametrize("what", POISONED)
def test_a_poisoned_record_is_as_if_it_were_not_there(
    what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    planted(tmp_path / "cache", "page", POISONED[what])
    assert Store(tmp_path / "cache", HOUSE).read("page") is None
    assert RAN == []
    assert not (tmp_path / "ran").exists()


def test_what_is_no_record_is_not_written_at_all(tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="is no record that may be kept"):
        Store(tmp_path, HOUSE).write("page", Poison(ran, "write"))
    assert list(tmp_path.iterdir()) == []


TERM = Term("decode_step", (("batch", 32.0), ("model", "模型-甲")))
SECTIONS = [Section("id", 2, "A heading", "Its text, 中文", "names")]
VALUES = {
    "plain values": [None, True, 1, 1.5, float("inf"), "a", "\ud800", "中文 🙂"],
    "collections": {"a": (1, (2,)), "b": {3}, "c": frozenset({"x"}), "__proto__": []},
    "keys that are no texts": {1: "one", (2, 3): {"a": "b"}},
    "bytes": [b"<p>text</p>", b"\x89PNG\xff", b""],
    "a day": date(2026, 11, 28),
    "records": [TERM, Reference(TERM, TERM, "ms"), Told({Reference(TERM)}, {TERM}, {"chips"})],
    "a dictionary that looks like a record": {"os.system": "x", "tuple": [1]},
}


@pytest.mark.parametrize("what", VALUES)
def test_what_is_written_comes_back_as_it_was(what: str) -> None:
    assert plain.read(plain.written(VALUES[what]), Any) == VALUES[what]


def test_a_box_comes_back_with_what_is_in_it() -> None:
    found = plain.read(plain.written(Box(SECTIONS)), Box[list[Section]])
    assert found is not None
    assert found.open() == SECTIONS


@pytest.mark.parametrize(
    ("value", "shape", "fits"),
    [
        ((1, "a"), tuple[int, str], True),
        ((1, "a", 2), tuple[int, str], False),
        ([1, "a"], tuple[int, str], False),
        ({"a": "b"}, dict[str, str], True),
        ({"a": 1}, dict[str, str], False),
        (Box([1]), Box[list[str]], False),
        (True, int, False),
        (1, float, True),
        (None, str | None, True),
        (frozenset({1}), frozenset[str], False),
    ],
)
def test_a_value_is_taken_in_the_shape_that_is_asked_for_only(
    value: Any, shape: Any, fits: bool
) -> None:
    assert (plain.read(plain.written(value), shape) is not None) == (fits and value is not None)


def test_a_record_of_a_page_is_read_whole(tmp_path: Path) -> None:
    facts = Facts({"title": "T", "date": date(2026, 1, 2)}, None, frozenset({"a"}), {"b": {}})
    record = Record({"file a": "1"}, {}, "body", facts, {"own": Box("svg")})
    store = Store(tmp_path, HOUSE)
    store.write("page", record)
    store.write("body", Body(b"<p>", {"a.png": b"\xff"}))
    found = Store(tmp_path, HOUSE).read("page", Record)
    assert (found.trace, found.facts, found.parts["own"].open()) == ({"file a": "1"}, facts, "svg")
    assert store.read("body", Body) == Body(b"<p>", {"a.png": b"\xff"})
    assert store.read("body", Record) is None


def test_nothing_that_a_build_keeps_is_a_pickle() -> None:
    """Only what never leaves the process is pickled: hooks/box.py packs what waits in memory or in a nameless file."""
    users = [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "hooks").rglob("*.py")
        if any(
            f"import {name}" in path.read_text("utf-8") for name in ("pickle", "marshal", "shelve")
        )
    ]
    assert users == ["hooks/box.py"]


def test_no_workflow_restores_a_cache_of_ours() -> None:
    """A stranger's pull request could have written it, and what is kept goes to readers as it is."""
    for path in (ROOT / ".github" / "workflows").glob("*.yml"):
        text = path.read_text("utf-8")
        for job in yaml.safe_load(text)["jobs"].values():
            for step in job.get("steps", ()):
                assert "actions/cache" not in step.get("uses", ""), path.name
        assert ".cache" not in "\n".join(line.split("#")[0] for line in text.splitlines())


def test_the_list_names_records_that_there_are() -> None:
    for name in plain.RECORDS:
        assert plain._record(name)
    assert json.loads(plain.written("a")) == "a"
