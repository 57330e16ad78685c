"""The machine: how long one iteration takes, whatever mix of decoded tokens and prompt rows it
serves.
"""

from dataclasses import dataclass
from typing import NamedTuple

from hooks.formula.evaluate import Scenario
from hooks.formula.quantity import Impossible, Reason


class Reach(NamedTuple):
    """Seconds that grow with the tokens already cached: all of them in some layers, those in a
    window in others.
    """

    fixed: float = 0
    per_token: float = 0
    windowed: float = 0
    window: int = 0

    def over(self, contexts: list[int]) -> float:
        """One new token for each sequence, given how much each has in its cache."""
        near = (
            self.windowed * sum(min(context, self.window) for context in contexts)
            if self.windowed
            else 0
        )
        return self.fixed * len(contexts) + self.per_token * sum(contexts) + near

    def up_to(self, tokens: int) -> float:
        """Every token of a prompt in turn: half of the square, less what lies behind the window."""
        beyond = max(0, tokens - self.window)
        return (
            self.per_token * tokens * tokens + self.windowed * (tokens * tokens - beyond * beyond)
        ) / 2

    def times(self, factor: float) -> "Reach":
        return Reach(
            self.fixed * factor, self.per_token * factor, self.windowed * factor, self.window
        )


NOTHING = Reach()


@dataclass(frozen=True)
class Machine:
    """The terms of a step in seconds, and the memory for the cache in blocks."""

    weights_time: float = 0  # what every iteration reads
    experts_time: float = 0  # all routed experts, of which an iteration reads those it touches
    untouched: float = 1  # the chance that one row leaves an expert alone
    kv_time: Reach = NOTHING  # reading one sequence's cache
    row_time: float = 0  # arithmetic of a decoded token
    attention_time: Reach = NOTHING
    prompt_row_time: float = 0  # arithmetic of a prompt token
    prompt_attention_time: Reach = NOTHING
    overhead: float = 0
    blocks: int = 1 << 20
    block_size: int = 16

    def iteration(self, contexts: list[int], chunks: list[tuple[int, int]]) -> float:
        """`contexts` hold the cached tokens of each decoding sequence; a chunk is where in its
        prompt it starts, and its rows.

        As in `decode_step` the slower clock decides, for the matrices and then for attention: the
        weights or the arithmetic of all rows, every cache that is looked at or the arithmetic on
        it. A later chunk reads again the cache that the earlier ones wrote; that is its whole
        price.
        """
        rows = len(contexts) + sum(rows for _, rows in chunks)
        weights = self.weights_time + self.experts_time * (1 - self.untouched**rows)
        cache = self.kv_time.over(contexts + [start for start, _ in chunks])
        matrices = self.row_time * len(contexts)
        attention = self.attention_time.over(contexts)
        for start, rows in chunks:
            matrices += self.prompt_row_time * rows
            attention += self.prompt_attention_time.up_to(
                start + rows
            ) - self.prompt_attention_time.up_to(start)
        return max(weights, matrices) + max(cache, attention) + self.overhead

    @classmethod
    def of(cls, scenario: Scenario) -> "Machine":
        """The scenario's machine, every term asked of the cost models' own quantities."""

        def number(name: str, **pins: float) -> float:
            value = scenario.pinned({**pins})[name]
            if isinstance(value, Reason):
                raise Impossible(value)
            return float(value)

        def reach(name: str) -> Reach:
            """A quantity that depends on `context`, taken apart into the slopes that make it up."""
            window = int(number("window"))
            empty = number(name, context=0)
            far = number(name, context=window + 1) - number(name, context=window)
            return Reach(empty, far, number(name, context=1) - empty - far if window else 0, window)

        if number("tokens_per_step") != 1:
            raise ValueError("the simulator decodes plainly, one token a step")
        experts = number("experts")
        weights = number("weights_time", experts_touched=0)
        decode_rate = number("machine_flops") * number("flops_efficiency")
        prompt_rate = number("machine_flops") * number("prefill_mfu")
        attention = reach("decode_attention_flops")
        widening = number("prefill_attention_width") / number("decode_attention_width")
        # A block is priced as part of a sequence of the scenario's length, so that windows and
        # states have their share.
        block_bytes = number("paged_bytes") / number("blocks_per_sequence")
        return cls(
            weights_time=weights,
            experts_time=number("weights_time", experts_touched=experts) - weights,
            untouched=1 - number("experts_per_token") / experts if experts else 1,
            kv_time=reach("kv_time_per_sequence"),
            row_time=number("flops_per_token") / decode_rate,
            attention_time=attention.times(1 / decode_rate),
            prompt_row_time=number("flops_per_token") / prompt_rate,
            prompt_attention_time=attention.times(widening / prompt_rate),
            overhead=number("step_overhead"),
            blocks=int(number("kv_memory") // block_bytes),
            block_size=int(number("block_size")),
        )
