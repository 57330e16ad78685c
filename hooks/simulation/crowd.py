"""The crowd: readers who are writing already, as one sequence, and prompts that arrive among them.

Everybody in a batch waits for the same beats, and a beat asks only for the sums over its sequences:
one sequence with all their caches stands for them. A dense account, without windows and experts.
"""

from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise

from hooks.simulation.machine import Machine, Reach
from hooks.simulation.report import Iteration, Request
from hooks.simulation.simulator import Arrival, Scheduler


@dataclass(frozen=True)
class Crowd:
    """Seconds of the crowd's step and of one prompt, each as the cost models say it; `tokens` are
    in all caches together.
    """

    weights: float
    cache: float
    rows: float
    attention: float
    pause: float
    tokens: float
    prompt: float
    prompt_rows: float
    prompt_attention: float

    @property
    def step(self) -> float:
        """A beat without a prompt."""
        return max(self.weights, self.rows) + max(self.cache, self.attention) + self.pause

    def machine(self) -> Machine:
        """The machine that serves them."""
        prompt = self.prompt
        return Machine(
            weights_time=self.weights,
            kv_time=Reach(per_token=self.cache / self.tokens),
            row_time=self.rows,
            attention_time=Reach(per_token=self.attention / self.tokens),
            prompt_row_time=self.prompt_rows / prompt,
            prompt_attention_time=Reach(per_token=2 * self.prompt_attention / (prompt * prompt)),
            overhead=self.pause,
            blocks=1 << 60,
        )

    def beats(self, chunk: int | None, arrivals: list[float], until: float) -> list[Iteration]:
        """Every beat until then, with prompts read in such chunks beside the crowd, or whole and
        alone; none where a step takes no time.
        """
        if min(self.step, self.tokens, self.prompt) <= 0:
            return []
        prompts = [Arrival(time, int(self.prompt), 1) for time in arrivals]
        engine = Scheduler(self.machine(), prompts, chunk and chunk + 1, None)
        tokens = int(self.tokens)
        engine.running.append(Request(0, tokens, 1 << 60, 16, tokens, [0.0]))
        while engine.clock < until:
            engine.step()
        return engine.iterations

    def gaps(
        self, chunk: int | None, arrivals: list[float], until: float
    ) -> list[tuple[float, float]]:
        """Every length of a gap between two tokens, to two digits, and the share of gaps that are
        no shorter.
        """
        ends = [beat.end for beat in self.beats(chunk, arrivals, until) if beat.decoding]
        gaps = sorted(float(f"{later - sooner:.2g}") for sooner, later in pairwise(ends))
        return [(length, 1 - bisect_left(gaps, length) / len(gaps)) for length in sorted({*gaps})]
