"""Units, scales and digits beside a reference: what would make another number of it is refused."""

import pytest

from hooks.page.second_unit import second_units
from tests.real import ENGINE


def told(text: str) -> list[str]:
    """What is wrong beside the references of a text."""
    return [mistake.message for mistake in second_units(text, 0, ENGINE.scenario)]


RATIO = "decode_step(batch=8) / decode_step"


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        (f"`{{{RATIO}}}`%", [f"'%' makes another number of `{{{RATIO}}}`: write `{{{RATIO}:%}}`"]),
        (f"**`{{{RATIO}}}`** percent", [f"'percent' makes another number of `{{{RATIO}}}`: write `{{{RATIO}:%}}`"]),
        ("百分之`{batch}`", ["'百分之' makes another number of `{batch}`: write `{batch:%}`"]),
        ("`{params}` billion", ["'billion' makes another number of `{params}`: leave it out"]),
        ("`{params}`亿", ["'亿' makes another number of `{params}`: leave it out"]),
        ("`{batch}`k tokens", ["'k' makes another number of `{batch}`: leave it out"]),
        ("1`{batch}`", ["'1' makes another number of `{batch}`: leave it out"]),
        ("`{batch}`,000 and `{batch}`.5", ["',000' makes another number of `{batch}`: leave it out", "'.5' makes another number of `{batch}`: leave it out"]),
        ("`{decode_step:ms}` seconds", ["`{decode_step:ms}` shows its own unit: leave out 'seconds'"]),
        ("`{decode_step:ms}`毫秒", ["`{decode_step:ms}` shows its own unit: leave out '毫秒'"]),
        ("`{decode_step}`&nbsp;ms", ["`{decode_step}` shows its own unit: leave out 'ms'"]),
        ("$`{chip_hour}`", ["`{chip_hour}` shows its own unit: leave out '$'"]),
        ("`{decode_step:ms}`x faster, `{decode_step:ms}` times", ["`{decode_step:ms}` shows its own unit: leave out 'x'", "`{decode_step:ms}` shows its own unit: leave out 'times'"]),
        ("`{context:token}` tokens", ["`{context:token}` shows its own unit: leave out 'tokens'"]),
        ("20 to `{decode_step:ms}`", ["20 is typed beside `{decode_step:ms}`: let a reference compute it, or mark it as meant: `{=20}`"]),
        ("8～`{decode_step:ms}`", ["8 is typed beside `{decode_step:ms}`: let a reference compute it, or mark it as meant: `{=8}`"]),
    ],
)  # fmt: skip
def test_what_makes_another_number_of_a_reference_is_told(text: str, messages: list[str]) -> None:
    """A percent sign behind a ratio is off by a hundred, and no other check would see it."""
    assert told(text) == messages


@pytest.mark.parametrize(
    "text",
    [
        f"`{{{RATIO}}}` times, `{{{RATIO}}}`×, `{{{RATIO}}}`倍",
        "`{chips}` chips, `{batch}` tokens, `{layers}`层, `{chips}` `{accelerator}`s",
        "`{chip_hour:USD/h}` × `{chips}` and `{params:million} ` parameters, `{params:billion}`个参数",
        "1 to `{max_batch}`, `{batch}`, 300; `{decode_step}` in 2026.",
        "`{kv_per_token:kB}` a token, `{user_speed}` per user, `{batch}`.\n\nms",
        "`{decode_step:mz}` s, ```{decode_step} ms```",
    ],
)
def test_what_belongs_to_the_sentence_passes(text: str) -> None:
    """Nouns behind counts, products, other sentences; what cannot be read is told elsewhere."""
    assert told(text) == []
