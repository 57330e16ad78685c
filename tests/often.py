"""How much of a long test the normal run does, and how much waits for the weekly one."""

from collections.abc import Iterable
from typing import Any

import pytest

weekly = pytest.mark.weekly


def each(cases: Iterable[Any], always: Iterable[Any]) -> list[Any]:
    """All cases; those besides `always` are for the weekly run. Refuses an `always` that is no case: nobody would miss it."""
    some, every = list(always), list(cases)
    unknown = [case for case in some if case not in every]
    if unknown:
        raise ValueError(f"no such cases: {unknown}")
    return [pytest.param(case, marks=() if case in some else weekly) for case in every]


def times(few: int, many: int) -> list[Any]:
    """A number of repetitions: `few` in every run, `many` in the weekly one."""
    return [few, pytest.param(many, marks=weekly)]
